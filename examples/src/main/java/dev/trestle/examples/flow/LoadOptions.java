package dev.trestle.examples.flow;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the command line of a load test says. */
record LoadOptions(
    List<Integer> connections,
    int seconds,
    long seed,
    List<Contender> contenders,
    @Nullable String jdbcUrl) {
  static final String USAGE =
      """
      usage: Load [--connections N,N..] [--seconds N] [--seed N] [--contenders NAME,NAME..]
                  [--jdbc-url URL]
        --connections N,N..  how many clients, 1 to 256, in each step; 1,16,64,256 by default
        --seconds N          how long a step lasts, 1 to 60; the one with faults twice as
                             long; 5 by default
        --seed N             for what is asked for, and when what fails; 1 by default
        --contenders NAME..  some of blocking, trestle, supplyAsync, executeBlocking
        --jdbc-url URL       a PostgreSQL database to use instead of one in this JVM; its schema
                             trestle_flow is DROPPED and made anew
      """;

  static final LoadOptions DEFAULT =
      new LoadOptions(List.of(1, 16, 64, 256), 5, 1, List.of(Contender.values()), null);

  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_SECONDS = 60;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static LoadOptions of(String... args) {
    LoadOptions options = DEFAULT;
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      options = options.with(rest.next(), rest);
    }
    return options;
  }

  private LoadOptions with(String option, Iterator<String> rest) {
    return switch (option) {
      case "--connections" ->
          new LoadOptions(
              list(
                  rest,
                  text -> Options.number(option, List.of(text).iterator(), 1, MAX_CONNECTIONS)),
              seconds,
              seed,
              contenders,
              jdbcUrl);
      case "--seconds" ->
          new LoadOptions(
              connections, Options.number(option, rest, 1, MAX_SECONDS), seed, contenders, jdbcUrl);
      case "--seed" ->
          new LoadOptions(
              connections,
              seconds,
              Options.number(option, rest, 0, Integer.MAX_VALUE),
              contenders,
              jdbcUrl);
      case "--contenders" ->
          new LoadOptions(connections, seconds, seed, list(rest, Contender::named), jdbcUrl);
      case "--jdbc-url" ->
          new LoadOptions(connections, seconds, seed, contenders, url(option, rest));
      default -> throw new IllegalArgumentException("unknown argument '" + option + "'");
    };
  }

  private static String url(String option, Iterator<String> rest) {
    return DatabaseHost.partsOf(Options.url(option, rest)).group();
  }

  private static <T> List<T> list(Iterator<String> rest, Function<String, T> read) {
    return Stream.of((rest.hasNext() ? rest.next() : "none").split(",", -1)).map(read).toList();
  }
}
