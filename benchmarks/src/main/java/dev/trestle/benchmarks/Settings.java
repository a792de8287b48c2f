package dev.trestle.benchmarks;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the command line says. */
final class Settings {
  static final String USAGE =
      """
      usage: mvn -q -Pbench -Dargs="[GROUP..] [--case REGEX] [--quick] [--pinned] [--fresh]"
             mvn -q -Pbench -Dargs="--bytes [--pinned]"
        GROUP..       what to measure; all groups by default
        --case REGEX  only what it is found in, of "hop.OneAtATime(work=empty) netty"
        --quick       a first look: too short to be trusted
        --pinned      on one core
        --fresh       measures also what was measured before
        --bytes       only checks that nothing of ours allocates more than it may; ends with 1
                      if something does
        --help        prints this\
      """;

  final Set<String> groups = new LinkedHashSet<>();
  Pattern cases = Pattern.compile("");
  boolean quick;
  boolean pinned;
  boolean fresh;
  boolean bytes;
  boolean help;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  Settings(String... args) {
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      read(rest.next(), rest);
    }
    if (bytes && (quick || fresh || !groups.isEmpty() || !cases.pattern().isEmpty())) {
      throw new IllegalArgumentException(
          "--bytes checks every gate, always; it goes with --pinned only");
    }
  }

  private void read(String argument, Iterator<String> rest) {
    switch (argument) {
      case "--case" -> cases = pattern(rest);
      case "--quick" -> quick = true;
      case "--pinned" -> pinned = true;
      case "--fresh" -> fresh = true;
      case "--bytes" -> bytes = true;
      case "--help" -> help = true;
      default -> {
        if (argument.startsWith("-")) {
          throw new IllegalArgumentException("unknown option '" + argument + "'");
        }
        groups.add(argument);
      }
    }
  }

  private static Pattern pattern(Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("--case needs a regular expression");
    }
    String regex = rest.next();
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--case '" + regex + "' is no regular expression: " + e.getDescription(), e);
    }
  }
}
