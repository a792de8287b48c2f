package dev.trestle.lint.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import dev.trestle.lint.TypeNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** A future is completed while a lock is held, so that strangers' callbacks run inside the lock. */
public final class CompleteUnderLock implements Rule {
  private static final String PAGE = " (see lint-rules/docs/complete-under-lock.md)";
  private static final Set<String> COMPLETING =
      Set.of("complete", "completeExceptionally", "cancel");
  private static final Set<String> GUAVA = Set.of("set", "setException", "cancel");

  @Override
  public String id() {
    return "complete-under-lock";
  }

  @Override
  public String summary() {
    return "A future is completed while a lock is held: its callbacks run inside the lock.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    ExecutableElement method = completing(path, context);
    if (method == null) {
      return;
    }
    HeldLocks.Held held = HeldLocks.at(path, context);
    if (held == null || isUnknownToOthers(path, held, context)) {
      return;
    }
    String message =
        method.getSimpleName()
            + "(..) while "
            + held.name()
            + " is held: the future's callbacks run here, inside the lock, and may want it or"
            + " another one; take the future out under the lock and complete it after"
            + PAGE;
    context.report(path, Confidence.LIKELY, message);
  }

  private static @Nullable ExecutableElement completing(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MemberReferenceTree) {
      Call taker = Place.taker(path, context);
      return taker != null
              && Place.isInline(taker)
              && context.element(path) instanceof ExecutableElement method
              && isCompleting(method, TypeNames.enclosingType(method))
          ? method
          : null;
    }
    Call call = context.call(path);
    if (call == null || !(COMPLETING.contains(call.name()) || GUAVA.contains(call.name()))) {
      return null;
    }
    return isCompleting(call.method(), call.owner()) ? call.method() : null;
  }

  private static boolean isCompleting(ExecutableElement method, @Nullable TypeElement owner) {
    String name = method.getSimpleName().toString();
    return (COMPLETING.contains(name)
            && TypeNames.anySuper(owner, "java.util.concurrent.CompletableFuture"::equals))
        || (GUAVA.contains(name)
            && TypeNames.anySuper(
                owner, "com.google.common.util.concurrent.AbstractFuture"::equals));
  }

  /** A future that was made inside the lock, and not used since, has no callbacks yet. */
  private static boolean isUnknownToOthers(
      TreePath path, HeldLocks.Held held, RuleContext context) {
    Call call = context.call(path);
    TreePath receiver = call == null ? null : call.receiver();
    if (receiver == null) {
      return false;
    }
    if (receiver.getLeaf() instanceof NewClassTree) {
      return true;
    }
    VariableElement variable = Mentions.variable(receiver, context);
    if (variable == null) {
      return false;
    }
    if (isMadeRightBefore(variable, path, held, context)) {
      return true;
    }
    if (variable.getKind() != ElementKind.LOCAL_VARIABLE) {
      return false;
    }
    Promise promise = Promise.ofFactory(variable, path, context);
    return promise != null
        && promise.isMadeIn(held.region())
        && promise.isUnusedBefore(receiver.getLeaf());
  }

  /** Whether the statement before this one, or before one around it, makes the future. */
  private static boolean isMadeRightBefore(
      VariableElement variable, TreePath path, HeldLocks.Held held, RuleContext context) {
    TreePath inner = path;
    for (TreePath at = path.getParentPath(); at != null; inner = at, at = at.getParentPath()) {
      if (at.getLeaf() instanceof BlockTree block) {
        List<? extends StatementTree> all = block.getStatements();
        int index = all.indexOf(inner.getLeaf());
        if (index > 0 && makes(all.get(index - 1), variable, at, context)) {
          return true;
        }
        if (index > 0) {
          return false;
        }
      }
      if (at.getLeaf() == held.region().getLeaf()) {
        return false;
      }
    }
    return false;
  }

  private static boolean makes(
      StatementTree statement, VariableElement variable, TreePath block, RuleContext context) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof AssignmentTree assignment
        && assignment.getExpression() instanceof NewClassTree
        && variable.equals(context.element(new TreePath(block, assignment.getVariable())));
  }
}
