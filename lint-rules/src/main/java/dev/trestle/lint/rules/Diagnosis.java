package dev.trestle.lint.rules;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Texts that tell people about a future itself: in them its state is news. */
final class Diagnosis {
  private static final Set<String> TRACING =
      Set.of("debug", "trace", "fine", "finer", "finest", "log");

  private Diagnosis() {}

  /** Whether the text describes an object or an error, where the future's state is news. */
  static boolean isMeantForPeople(TreePath path, RuleContext context) {
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (tree instanceof MethodTree method) {
        return method.getName().toString().startsWith("toString")
            || method.getName().toString().startsWith("format");
      }
      if (tree instanceof ThrowTree || tree instanceof AssertTree || isDiagnosis(at, context)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamedFuture(Tree tree) {
    String name = tree.toString().toLowerCase(Locale.ROOT);
    return name.contains("future") || name.contains("promise") || name.contains("stage");
  }

  /**
   * Whether the text is a trace of what says that it is a future, as {@code log.debug("done: " +
   * future)}: whoever calls it so knows what will be in the log.
   */
  static boolean isTraced(Tree future, TreePath path, RuleContext context) {
    if (!isNamedFuture(future)) {
      return false;
    }
    for (TreePath at = path; at.getLeaf() instanceof ExpressionTree; at = at.getParentPath()) {
      Call call = context.call(at);
      if (call != null && TRACING.contains(call.name())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDiagnosis(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof NewClassTree) {
      return context.type(path) instanceof DeclaredType made
          && TypeNames.anySuper((TypeElement) made.asElement(), "java.lang.Throwable"::equals);
    }
    Call call = context.call(path);
    return call != null
        && (call.name().equals("fail")
            || call.name().startsWith("assert")
            || call.name().startsWith("check")
            || call.name().startsWith("requireNonNull"));
  }
}
