package dev.trestle.lint;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources that exist only as text and runs the rules over them. */
final class InMemoryCompiler {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private InMemoryCompiler() {}

  static Result inspect(List<String> texts, String rules) {
    return inspect(texts, rules, Rules.all());
  }

  static Result inspect(List<String> texts, String rules, List<Rule> known) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<JavaFileObject> files = new ArrayList<>();
    texts.forEach(text -> files.add(new Text(text)));
    JavacTask task =
        (JavacTask)
            COMPILER.getTask(
                null, null, diagnostics, List.of("-proc:none", "-nowarn"), null, files);
    RuleSelection selection =
        rules.isEmpty() ? RuleSelection.defaults() : RuleSelection.parse(rules);
    Compilation compilation = new Compilation(task, selection, List.of());
    List<String> notes = new ArrayList<>();
    Inspector inspector = new Inspector(compilation, known, notes::add);
    List<Found> found = new ArrayList<>();
    try {
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      units.forEach(compilation.shapes()::read);
      task.analyze();
      Positions positions = new Positions(compilation.trees());
      for (int i = 0; i < units.size(); i++) {
        for (Finding finding : inspector.inspect(new TreePath(units.get(i))).findings()) {
          long line = positions.of(finding).line();
          found.add(new Found(i, line, finding.rule().id(), finding.reason(), finding.message()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> errors =
        diagnostics.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(d -> d.getLineNumber() + ": " + d.getMessage(Locale.ENGLISH))
            .toList();
    return new Result(found, errors, notes);
  }

  record Found(int file, long line, String rule, String reason, String message) {}

  record Result(List<Found> findings, List<String> errors, List<String> notes) {}

  /** A source file named after the first type in it. */
  static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String text) {
      super(URI.create("string:///" + path(text)), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return !simpleName.endsWith("-info");
    }

    static String path(String text) {
      Matcher type = TYPE.matcher(text);
      String name = type.find() ? type.group(1) : "Unnamed";
      Matcher in = PACKAGE.matcher(text);
      return (in.find() ? in.group(1).replace('.', '/') + "/" : "") + name + ".java";
    }
  }
}
