package dev.trestle.lint.rules;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import dev.trestle.lint.TypeNames;
import java.util.EnumSet;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Work is given to the default executor because the call names none. */
public final class DefaultExecutor implements Rule {
  private static final String STAGE = "java.util.concurrent.CompletionStage";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";

  @Override
  public String id() {
    return "default-executor";
  }

  @Override
  public String summary() {
    return "Work runs on the default executor, which the whole process shares.";
  }

  @Override
  public Severity severity() {
    return Severity.INFO;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MemberReferenceTree) {
      if (context.element(path) instanceof ExecutableElement method && startsWithout(method)) {
        report(path, method.getSimpleName().toString(), context);
      }
      return;
    }
    Call call = context.call(path);
    if (call != null
        && call.name().endsWith("Async")
        && (Place.isStarter(call) || Place.isStage(call))
        && Place.executor(call) == null
        && !Place.hasOwnExecutor(call, context)
        && !isForwarded(call, context)) {
      report(path, call.name(), context);
    }
  }

  /** A future that passes the call on to another one: whoever calls it has named no executor. */
  private static boolean isForwarded(Call call, RuleContext context) {
    for (TreePath at = call.path(); at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof MethodTree method) {
        return method.getName().contentEquals(call.name())
            && context.element(at) instanceof ExecutableElement element
            && TypeNames.anySuper(TypeNames.enclosingType(element), STAGE::equals);
      }
    }
    return false;
  }

  private static boolean startsWithout(ExecutableElement method) {
    TypeElement owner = TypeNames.enclosingType(method);
    String name = method.getSimpleName().toString();
    return owner != null
        && owner.getQualifiedName().contentEquals(FUTURE)
        && (name.equals("supplyAsync") || name.equals("runAsync"))
        && method.getParameters().size() == 1;
  }

  private static void report(TreePath path, String name, RuleContext context) {
    context.report(
        path,
        Confidence.CERTAIN,
        name
            + "(..) names no executor, so it runs on the default one, which the whole process"
            + " shares and which on two processors runs one blocking task at a time; name an"
            + " executor as the last argument (see lint-rules/docs/default-executor.md)");
  }
}
