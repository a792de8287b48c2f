package dev.trestle.lint.rules;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.Set;

/** A function on the wrong side of the bridge: async given to SyncToAsync, or the reverse. */
public final class WrappedAsync implements Rule {
  private static final String SYNC_TO_ASYNC = "dev.trestle.bridge.SyncToAsync";
  private static final String ASYNC_TO_SYNC = "dev.trestle.bridge.AsyncToSync";

  @Override
  public String id() {
    return "wrapped-async";
  }

  @Override
  public String summary() {
    return "An async function given to SyncToAsync, or a blocking one given to AsyncToSync.";
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
    if (call == null || !(call.isOn(SYNC_TO_ASYNC) || call.isOn(ASYNC_TO_SYNC))) {
      return;
    }
    if (call.arguments().isEmpty()) {
      return;
    }
    TreePath function = Parameters.plain(call.arguments().get(0));
    if (call.isOn(SYNC_TO_ASYNC)) {
      NestedTypes nested = new NestedTypes(context);
      // A void function is the business of un-awaited.
      if (!context.functions().returnsVoid(context.type(function))
          && nested.givesInner(function)
          && !new Flattening(context, nested).isDoneTo(path)) {
        report(path, asyncGiven(call), context);
      }
    } else {
      String blocking = new AlwaysBlocks(context).firstIn(function);
      if (blocking != null) {
        report(path, blockingGiven(call, blocking), context);
      }
    }
  }

  private static void report(TreePath path, String message, RuleContext context) {
    context.report(path, Confidence.CERTAIN, message + " (see lint-rules/docs/wrapped-async.md)");
  }

  private static String asyncGiven(Call call) {
    return "SyncToAsync."
        + call.name()
        + "(..) is given a function that returns a future: the call is done as soon as the function"
        + " has started its work, whose errors vanish; call the function directly";
  }

  private static String blockingGiven(Call call, String blocking) {
    return "AsyncToSync."
        + call.name()
        + "(..) is given a function that blocks in "
        + blocking
        + "(..) before it returns its future: it holds up the loop it runs on, and no time-out ends"
        + " it; call it directly, or make it async with SyncToAsync";
  }
}
