package dev.trestle.examples.flow;

import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What the command line says. */
record Options(int port, int blockingPort, int requests, boolean serve, @Nullable String jdbcUrl) {
  static final String USAGE =
      """
      usage: RequestFlow [--port N] [--blocking-port N] [--requests N] [--serve] [--jdbc-url URL]
        --port N           where the async server listens, 0 to 65535; 0, the default, for any
                           port that is free
        --blocking-port N  where the blocking one does
        --requests N       how many requests to send, 1 to 20000; the default is 300
        --serve            keep serving afterwards, until Ctrl-C
        --jdbc-url URL     an H2 or PostgreSQL database to use instead of the embedded one; its
                           schema trestle_flow is DROPPED and made anew
      """;

  private static final int MAX_PORT = 65_535;
  private static final int MAX_REQUESTS = 20_000;
  private static final int REQUESTS = 300;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Options of(String... args) {
    int port = 0;
    int blockingPort = 0;
    String jdbcUrl = null;
    int requests = REQUESTS;
    boolean serve = false;
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--port" -> port = number(option, rest, 0, MAX_PORT);
        case "--requests" -> requests = number(option, rest, 1, MAX_REQUESTS);
        case "--blocking-port" -> blockingPort = number(option, rest, 0, MAX_PORT);
        case "--serve" -> serve = true;
        case "--jdbc-url" -> jdbcUrl = url(option, rest);
        default -> throw new IllegalArgumentException("unknown argument '" + option + "'");
      }
    }
    return new Options(port, blockingPort, requests, serve, jdbcUrl);
  }

  static int number(String option, Iterator<String> rest, int least, int most) {
    String text = rest.hasNext() ? rest.next() : "none";
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        option + " takes a number from " + least + " to " + most + ", but is given " + text);
  }

  static String url(String option, Iterator<String> rest) {
    String text = rest.hasNext() ? rest.next() : "none";
    if (text.startsWith("jdbc:")) {
      return text;
    }
    throw new IllegalArgumentException(
        option + " takes a URL such as jdbc:postgresql://localhost/shop, but is given " + text);
  }
}
