package dev.trestle.lint;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The door through the command line: {@code java -jar trestle-lint-rules.jar [options] PATH…}. */
public final class Main {
  private static final int CLEAN = 0;
  private static final int FINDINGS = 1;
  private static final int TROUBLE = 2;

  private Main() {}

  /**
   * Checks sources and ends the process with 0 (nothing at or above {@code --fail-on}), 1
   * (findings) or 2 (wrong usage, or a path that cannot be read).
   *
   * @param args as {@code --help} says
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  /** As {@link #main}, with the exit code returned and the streams given. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    try {
      CommandLineOptions options = CommandLineOptions.parse(args);
      if (options.help()) {
        out.print(CommandLineOptions.HELP);
        return CLEAN;
      }
      return check(options, out, err);
    } catch (UsageException e) {
      err.println("trestle-lint: " + e.getMessage());
      return TROUBLE;
    } catch (UncheckedIOException e) {
      err.println("trestle-lint: " + e.getMessage());
      return TROUBLE;
    }
  }

  private static int check(CommandLineOptions options, PrintStream out, PrintStream err) {
    Baseline baseline =
        options.baseline() == null ? Baseline.empty() : Baseline.read(options.baseline());
    List<String> troubles = new ArrayList<>();
    List<SourceFile> sources = SourceFiles.find(options.paths(), troubles::add);
    SourceCheck.Result result =
        sources.isEmpty()
            ? SourceCheck.Result.EMPTY
            : new SourceCheck(options, new Progress(err)).run(sources);
    troubles.addAll(result.unreadable());
    List<Report> reports = result.reports();
    if (options.writeBaseline() != null) {
      Baseline.of(reports).write(options.writeBaseline());
      err.println(
          "trestle-lint: wrote " + reports.size() + " findings to " + options.writeBaseline());
      reports = List.of();
    }
    reports = baseline.withoutKnown(reports);
    write(options, options.format().render(reports, result.warnings()), out);
    result.warnings().forEach(err::println);
    troubles.forEach(trouble -> err.println("trestle-lint: " + trouble));
    if (!troubles.isEmpty()) {
      return TROUBLE;
    }
    return reports.stream().anyMatch(options::fails) ? FINDINGS : CLEAN;
  }

  private static void write(CommandLineOptions options, String text, PrintStream out) {
    if (options.output() == null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.write(bytes, 0, bytes.length);
      out.flush();
      return;
    }
    try {
      Files.writeString(options.output(), text);
    } catch (IOException e) {
      throw new UsageException(
          "--output "
              + options.output()
              + " cannot be written ("
              + e
              + "); name a file in a"
              + " directory that exists and that you may write to");
    }
  }
}
