package dev.trestle.examples;

import java.util.Arrays;
import java.util.Iterator;

/** What the command line says. */
record Options(int port, int requests, boolean serve) {
  static final String USAGE =
      """
      usage: OrderService [--port N] [--requests N] [--serve]
        --port N      listen there, 0 to 65535; 0, the default, takes any free port
        --requests N  how many requests to send, 1 to 20000; the default is 300
        --serve       keep serving afterwards, until Ctrl-C
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
    int requests = REQUESTS;
    boolean serve = false;
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--port" -> port = number(option, rest, 0, MAX_PORT);
        case "--requests" -> requests = number(option, rest, 1, MAX_REQUESTS);
        case "--serve" -> serve = true;
        default -> throw new IllegalArgumentException("unknown argument '" + option + "'");
      }
    }
    return new Options(port, requests, serve);
  }

  private static int number(String option, Iterator<String> rest, int least, int most) {
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
}
