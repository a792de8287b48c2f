package dev.trestle.lint;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** One run of the command line: compiles sources as far as they compile, and inspects them. */
final class SourceCheck {
  private final CommandLineOptions options;
  private final Progress progress;
  private final List<String> warnings = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();

  SourceCheck(CommandLineOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * What came of a run.
   *
   * @param reports the findings, in order
   * @param warnings lines about sources that could not be checked fully
   * @param unreadable what makes the run fail as a whole
   */
  record Result(List<Report> reports, List<String> warnings, List<String> unreadable) {
    static final Result EMPTY = new Result(List.of(), List.of(), List.of());
  }

  Result run(List<SourceFile> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      return new Result(
          List.of(),
          List.of(),
          List.of("this Java has no compiler; run with a JDK instead of a JRE"));
    }
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ENGLISH, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classpath());
      files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
      progress.say("parsing " + sources.size() + " sources");
      inspect(parsable(sources, compiler, files), compiler, files);
    } catch (IOException e) {
      return new Result(List.of(), warnings, List.of("cannot be read: " + e));
    } finally {
      progress.done();
    }
    reports.sort(Report.IN_ORDER);
    return new Result(reports, warnings, List.of());
  }

  /** The sources without syntax errors: one that has some would stop the compiler for all. */
  private List<SourceFile> parsable(
      List<SourceFile> sources, JavaCompiler compiler, StandardJavaFileManager files)
      throws IOException {
    CompilerMessages messages = new CompilerMessages();
    task(compiler, files, messages, sources).parse();
    Set<JavaFileObject> broken = messages.broken();
    warnings.addAll(messages.firstErrors("does not parse, and is left out"));
    return sources.stream().filter(source -> !broken.contains(source)).toList();
  }

  private void inspect(
      List<SourceFile> sources, JavaCompiler compiler, StandardJavaFileManager files)
      throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    CompilerMessages messages = new CompilerMessages();
    JavacTask task = task(compiler, files, messages, sources);
    Compilation compilation = new Compilation(task, options.rules(), options.futureTypes());
    Inspector inspector =
        new Inspector(compilation, Rules.all(), note -> warnings.add("note: " + note));
    Map<URI, SourceFile> byUri = new HashMap<>();
    sources.forEach(source -> byUri.put(source.toUri(), source));
    List<CompilationUnitTree> units = new ArrayList<>();
    task.parse().forEach(units::add);
    units.forEach(compilation.shapes()::read);
    progress.say("compiling " + units.size() + " sources");
    analyze(task);
    int done = 0;
    for (CompilationUnitTree unit : units) {
      progress.say("checking " + ++done + " of " + units.size());
      // The compiler wraps the file objects it is given, so they are found again by name.
      SourceFile source = byUri.get(unit.getSourceFile().toUri());
      if (source == null) {
        continue;
      }
      Reporter reporter = new Reporter(compilation, unit, source);
      for (Finding finding : inspector.inspect(new TreePath(unit)).findings()) {
        reports.add(reporter.report(finding));
      }
    }
    warnings.addAll(messages.summary());
  }

  // What broken sources or a broken class path do to the compiler must not cost the other findings.
  private void analyze(JavacTask task) throws IOException {
    try {
      task.analyze();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      warnings.add("warning: the compiler stopped with " + e + "; findings may be incomplete");
    }
  }

  private JavacTask task(
      JavaCompiler compiler,
      StandardJavaFileManager files,
      CompilerMessages messages,
      List<SourceFile> sources) {
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xmaxerrs", "1000000", "-implicit:none"));
    if (options.release() != null) {
      arguments.add("--release");
      arguments.add(options.release());
    }
    try {
      return (JavacTask) compiler.getTask(null, files, messages, arguments, null, sources);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--release "
              + options.release()
              + " is not known to this JDK ("
              + Runtime.version().feature()
              + "): "
              + e.getMessage());
    }
  }

  private List<Path> classpath() throws IOException {
    Set<Path> entries = new LinkedHashSet<>();
    Set<String> missing = new HashSet<>();
    for (String entry : options.classpath()) {
      if (entry.endsWith("*")) {
        Path directory = Path.of(entry.substring(0, entry.length() - 1));
        if (Files.isDirectory(directory)) {
          try (Stream<Path> all = Files.list(directory)) {
            all.filter(path -> path.toString().endsWith(".jar")).sorted().forEach(entries::add);
          }
        }
      } else if (Files.exists(Path.of(entry))) {
        entries.add(Path.of(entry));
      } else if (!entry.isEmpty() && missing.add(entry)) {
        warnings.add("warning: --classpath: there is no " + entry);
      }
    }
    return List.copyOf(entries);
  }
}
