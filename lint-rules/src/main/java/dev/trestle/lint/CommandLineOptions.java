package dev.trestle.lint;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the user asked for on the command line. */
final class CommandLineOptions {
  static final String HELP =
      """
      Usage: java -jar trestle-lint-rules.jar [options] PATH...

      Finds futures that nobody awaits. PATH is a Java file, a source tree or a sources jar.

        --classpath CP          what the sources compile against; may be incomplete
        --release N             the Java version of the sources (default: of this JDK)
        --format FORMAT         text (default), sarif or github
        --output FILE           write the report there instead of to standard output
        --rules LIST            change the defaults, for example
                                sync-throw,-default-executor,un-awaited/netty=warning
        --future-types LIST     qualified names of further types that are futures
        --fail-on SEVERITY      error (default), warning, info or never
        --baseline FILE         report only findings that are not in FILE
        --write-baseline FILE   record all present findings in FILE
        --help                  show this

      Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a PATH that
      cannot be read or has no sources; what could be read is reported all the same.
      """;

  private static final List<String> NAMES =
      List.of(
          "--classpath",
          "--release",
          "--format",
          "--output",
          "--rules",
          "--future-types",
          "--fail-on",
          "--baseline",
          "--write-baseline",
          "--help");

  private final Map<String, String> values = new HashMap<>();
  private final List<String> paths = new ArrayList<>();
  private RuleSelection rules = RuleSelection.defaults();
  private ReportFormat format = ReportFormat.TEXT;
  private Optional<Severity> failOn = Optional.of(Severity.ERROR);

  private CommandLineOptions() {}

  /**
   * Reads the arguments; values follow their option as the next word or after {@code =}.
   *
   * @throws UsageException if one of them cannot be understood
   */
  static CommandLineOptions parse(List<String> args) {
    CommandLineOptions options = new CommandLineOptions();
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      options.take(rest.next(), rest);
    }
    if (!options.help()) {
      options.understand();
    }
    return options;
  }

  boolean help() {
    return values.containsKey("--help");
  }

  List<String> paths() {
    return paths;
  }

  RuleSelection rules() {
    return rules;
  }

  ReportFormat format() {
    return format;
  }

  /** Whether this finding makes the run fail. */
  boolean fails(Report report) {
    return failOn.isPresent() && report.severity().compareTo(failOn.get()) >= 0;
  }

  List<String> futureTypes() {
    String list = values.get("--future-types");
    return list == null ? List.of() : List.of(list.split(","));
  }

  List<String> classpath() {
    String list = values.get("--classpath");
    return list == null || list.isEmpty() ? List.of() : List.of(list.split(File.pathSeparator));
  }

  @Nullable String release() {
    return values.get("--release");
  }

  @Nullable Path output() {
    return file("--output");
  }

  @Nullable Path baseline() {
    return file("--baseline");
  }

  @Nullable Path writeBaseline() {
    return file("--write-baseline");
  }

  private void take(String word, Iterator<String> rest) {
    if (!word.startsWith("-")) {
      paths.add(word);
      return;
    }
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (!NAMES.contains(name)) {
      throw new UsageException(
          "there is no option '"
              + name
              + "'; did you mean '"
              + NearestName.among(NAMES, name)
              + "'? --help lists all");
    }
    String value = equals < 0 ? null : word.substring(equals + 1);
    if (value == null && !name.equals("--help")) {
      if (!rest.hasNext()) {
        throw new UsageException(name + " needs a value after it; --help says which");
      }
      value = rest.next();
    }
    values.put(name, value == null ? "" : value);
  }

  private void understand() {
    if (paths.isEmpty()) {
      throw new UsageException(
          "no PATH to check; name a Java file, a source tree or a sources jar (--help shows more)");
    }
    String list = values.get("--rules");
    if (list != null) {
      rules = RuleSelection.parse(list);
    }
    format = ReportFormat.named(values.getOrDefault("--format", "text"));
    failOn = severity(values.getOrDefault("--fail-on", "error"));
    String release = release();
    if (release != null && !release.matches("[0-9]{1,3}")) {
      throw new UsageException("--release " + release + " is not a Java version; write a number");
    }
    output();
    baseline();
    writeBaseline();
  }

  private static Optional<Severity> severity(String word) {
    if (word.equals("never")) {
      return Optional.empty();
    }
    Optional<Severity> severity = Severity.named(word).filter(named -> named != Severity.OFF);
    if (severity.isEmpty()) {
      throw new UsageException("--fail-on " + word + ": write error, warning, info or never");
    }
    return severity;
  }

  private @Nullable Path file(String option) {
    String value = values.get(option);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw new UsageException(option + " '" + value + "' is not a file name: " + e.getReason());
    }
  }
}
