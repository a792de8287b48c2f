package dev.trestle.lint;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The door through javac: {@code -Xplugin:TrestleLint [options]}. Findings are the compiler's own
 * errors, warnings and notes, at the expression.
 */
public final class TrestleLintPlugin implements Plugin {

  /** Creates the plugin; javac does this through its service loader. */
  public TrestleLintPlugin() {}

  @Override
  public String getName() {
    return "TrestleLint";
  }

  @Override
  public void init(JavacTask task, String... args) {
    task.addTaskListener(new Listener(task, args));
  }

  /** Looks at each class when the compiler has attributed it, and before it is desugared. */
  private static final class Listener implements TaskListener {
    private final Compilation compilation;
    private final Inspector inspector;
    private @Nullable CompilationUnitTree current;
    private @Nullable String wrongUsage;

    Listener(JavacTask task, String... args) {
      PluginOptions options;
      try {
        options = PluginOptions.parse(args);
      } catch (UsageException e) {
        // Only a diagnostic reaches the user as one line, and there must be a file to hang it on.
        wrongUsage = e.getMessage();
        options = PluginOptions.defaults();
      }
      compilation = new Compilation(task, options.rules(), options.futureTypes());
      inspector = new Inspector(compilation, Rules.all(), this::note);
    }

    @Override
    public void finished(TaskEvent event) {
      CompilationUnitTree unit = event.getCompilationUnit();
      if (unit == null) {
        return;
      }
      if (event.getKind() == TaskEvent.Kind.PARSE) {
        if (wrongUsage != null) {
          String message = "-Xplugin:TrestleLint: " + wrongUsage;
          compilation.trees().printMessage(Diagnostic.Kind.ERROR, message, unit, unit);
          wrongUsage = null;
        }
        compilation.shapes().read(unit);
      } else if (event.getKind() == TaskEvent.Kind.ANALYZE && inspector.hasWork()) {
        current = unit;
        TreePath path =
            event.getTypeElement() == null
                ? null
                : compilation.trees().getPath(event.getTypeElement());
        if (path != null) {
          report(inspector.inspect(path), unit);
        }
      }
    }

    // Where the class itself does not compile, what its calls return is a guess.
    private void report(Inspector.Inspection inspection, CompilationUnitTree unit) {
      if (!inspection.unresolved()) {
        for (Finding finding : inspection.findings()) {
          compilation
              .trees()
              .printMessage(
                  kind(finding.severity()), finding.labelled(), anchor(finding.tree()), unit);
        }
      }
    }

    // The compiler marks a call at its parenthesis, which may stand on a later line than its name.
    private static Tree anchor(Tree tree) {
      return tree instanceof MethodInvocationTree methodInvocationTree
          ? methodInvocationTree.getMethodSelect()
          : tree;
    }

    private void note(String message) {
      if (current != null) {
        compilation.trees().printMessage(Diagnostic.Kind.NOTE, message, current, current);
      }
    }

    private static Diagnostic.Kind kind(Severity severity) {
      return switch (severity) {
        case ERROR -> Diagnostic.Kind.ERROR;
        case WARNING -> Diagnostic.Kind.WARNING;
        default -> Diagnostic.Kind.NOTE;
      };
    }
  }
}
