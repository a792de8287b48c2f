package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.FutureMethods;
import dev.trestle.lint.FutureTypes;
import dev.trestle.lint.Origin;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** A loop or a stream starts one future at a time and waits for it before it starts the next. */
public final class SequentialAwait implements Rule {
  private static final Set<String> GROUPS = Set.of("allOf", "anyOf", "take", "poll", "fork");

  @Override
  public String id() {
    return "sequential-await";
  }

  @Override
  public String summary() {
    return "Each turn of a loop or stream starts a future and waits for it: one after the other.";
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
    if (path.getLeaf() instanceof MemberReferenceTree) {
      if (context.element(path) instanceof ExecutableElement method
          && Waits.isWait(method, context)) {
        checkPipeline(path, path, path.getLeaf().toString(), context);
      }
      return;
    }
    Call wait = Waits.at(path, context);
    if (wait == null) {
      return;
    }
    TreePath start = start(wait, context);
    if (start != null) {
      Repetition repetition = Repetition.around(path, context);
      if (repetition != null && !repetition.depends(path, start)) {
        report(path, Waits.describe(wait), repetition.name(), context);
      }
    } else if (isParameter(Waits.awaited(path, context), context)) {
      TreePath function = Place.enclosing(path);
      if (function != null) {
        checkPipeline(path, function, Waits.describe(wait), context);
      }
    }
  }

  private static void report(TreePath path, String wait, String loop, RuleContext context) {
    String message =
        wait
            + " waits for what the same turn of the "
            + loop
            + " started, so that each one runs alone and the times add up; start them all first,"
            + " then wait for allOf of them (see lint-rules/docs/sequential-await.md)";
    context.report(path, Confidence.LIKELY, message);
  }

  /** The call that starts what is awaited in the same breath, or null. */
  private static @Nullable TreePath start(Call wait, RuleContext context) {
    if (wait.ownerName().equals("dev.trestle.bridge.AsyncToSync")) {
      return startsAnything(wait, context) ? wait.path() : null;
    }
    if (wait.ownerName().equals(Waits.TASKS)) {
      return null; // holds no thread, and one after the other is what straight-line code says
    }
    TreePath awaited = Waits.awaited(wait.path(), context);
    if (awaited == null) {
      return null;
    }
    VariableElement variable = Mentions.variable(awaited, context);
    return variable == null ? root(awaited, context) : startBefore(variable, wait.path(), context);
  }

  /** Whether the bridge's function starts something, and does not hand out what runs already. */
  private static boolean startsAnything(Call bridge, RuleContext context) {
    return !bridge.arguments().isEmpty()
        && context.origins().ofResult(Parameters.plain(bridge.arguments().get(0))) == Origin.FRESH;
  }

  /** What starts the work at the beginning of a chain, or null if it was started elsewhere. */
  private static @Nullable TreePath root(TreePath path, RuleContext context) {
    Tree tree = path.getLeaf();
    if (tree instanceof ParenthesizedTree inner) {
      return root(new TreePath(path, inner.getExpression()), context);
    }
    if (tree instanceof TypeCastTree cast) {
      return root(new TreePath(path, cast.getExpression()), context);
    }
    Call call = context.call(path);
    FutureMethods methods = context.origins().methods();
    if (call == null || context.futures().kindOf(context.type(path)) == FutureTypes.Kind.NETTY) {
      return null;
    }
    TreePath givenBack = methods.givenBack(call);
    if (givenBack != null) {
      return root(givenBack, context);
    }
    TreePath receiver = call.receiver();
    if (receiver != null && methods.isOnFuture(call)) {
      return root(receiver, context);
    }
    return context.origins().of(path) == Origin.FRESH && !GROUPS.contains(call.name())
        ? path
        : null;
  }

  /** The start in the statement right before, if that is where the awaited variable comes from. */
  private static @Nullable TreePath startBefore(
      VariableElement variable, TreePath wait, RuleContext context) {
    TreePath inner = wait;
    for (TreePath at = wait.getParentPath(); at != null; inner = at, at = at.getParentPath()) {
      if (at.getLeaf() instanceof BlockTree block) {
        List<? extends StatementTree> all = block.getStatements();
        int index = all.indexOf(inner.getLeaf());
        if (index < 1 || !(all.get(index - 1) instanceof VariableTree before)) {
          return null;
        }
        TreePath declaration = new TreePath(at, before);
        return before.getInitializer() != null && variable.equals(context.element(declaration))
            ? root(new TreePath(declaration, before.getInitializer()), context)
            : null;
      }
    }
    return null;
  }

  private static boolean isParameter(@Nullable TreePath path, RuleContext context) {
    return path != null
        && path.getLeaf() instanceof IdentifierTree
        && context.futures().isFuture(context.type(path));
  }

  /**
   * {@code map(this::save).map(CompletableFuture::join)}: a stream takes one element all through.
   */
  private static void checkPipeline(
      TreePath path, TreePath function, String wait, RuleContext context) {
    Call step = Place.taker(function, context);
    if (step == null || !StreamSteps.isStep(step)) {
      return;
    }
    for (TreePath at = step.receiver(); at != null; ) {
      Call before = context.call(at);
      if (before == null || !StreamSteps.isLazy(before)) {
        return;
      }
      if (StreamSteps.isMapping(before)) {
        TreePath start = before.arguments().get(0);
        if (context.futures().isFuture(context.functions().result(context.type(start)))
            && context.origins().ofResult(start) == Origin.FRESH
            && !StreamSteps.isUnordered(step, context)) {
          report(path, wait, "stream", context);
        }
        return;
      }
      at = before.receiver();
    }
  }
}
