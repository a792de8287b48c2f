package dev.trestle.lint.rules;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Destination;
import dev.trestle.lint.Origin;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.Set;

/** A stage whose value is itself a future: the outer one is done while the inner one still runs. */
public final class NestedFuture implements Rule {
  @Override
  public String id() {
    return "nested-future";
  }

  @Override
  public String summary() {
    return "A stage whose value is a future: nobody waits for the inner one.";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    Call call = context.call(path);
    if (call == null || call.ownerName().equals("dev.trestle.bridge.SyncToAsync")) {
      return;
    }
    NestedTypes nested = new NestedTypes(context);
    TreePath inner = nested.inner(call);
    TreePath receiver = inner == null ? null : call.receiver();
    if (inner != null
        && !isByTheWay(path, inner, context)
        && !(receiver != null && nested.isNested(context.type(receiver)))
        && !new Flattening(context, nested).isDoneTo(path)) {
      context.report(path, Confidence.CERTAIN, message(call));
    }
  }

  // `f.handle((v, t) -> map.remove(key));` is about the map, and somebody else has the future.
  private static boolean isByTheWay(TreePath path, TreePath inner, RuleContext context) {
    Destination.Kind end = context.destinations().of(path).kind();
    return (end == Destination.Kind.DROPPED || end == Destination.Kind.VOID_LAMBDA)
        && RuleContext.isFunction(Parameters.plain(inner))
        && context.origins().ofResult(Parameters.plain(inner)) == Origin.HELD;
  }

  private static String message(Call call) {
    String name = call.name();
    String fix =
        name.startsWith("thenApply")
            ? "use thenCompose"
            : name.equals("map")
                ? "use the method that flattens (flatMap, compose)"
                : "flatten it with thenCompose(f -> f), or call what returns the future directly";
    return name
        + "(..) makes a future whose value is a future: it is done while the inner one still runs,"
        + " and the inner one's errors vanish; "
        + fix
        + " (see lint-rules/docs/nested-future.md)";
  }
}
