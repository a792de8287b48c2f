package dev.trestle.lint.rules;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Reason;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import dev.trestle.lint.TypeNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** A blocking call where a thread must not be held: in a callback, the common pool, on a loop. */
public final class BlockingInAsync implements Rule {
  private static final String PAGE = " (see lint-rules/docs/blocking-in-async.md)";

  @Override
  public String id() {
    return "blocking-in-async";
  }

  @Override
  public String summary() {
    return "A blocking call in a stage callback, on the default executor or on an event loop.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        new Reason("callback", Severity.WARNING, "The thread that completes the future blocks."),
        new Reason("default-executor", Severity.WARNING, "The pool of the whole process blocks."),
        new Reason("loop", Severity.WARNING, "An event loop blocks."));
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    ExecutableElement method = method(path, context);
    BlockingMethod blocking = method == null ? null : BlockingMethod.find(method);
    boolean wait = method != null && Waits.isWait(method, context);
    if (method == null || (blocking == null && !wait) || isPoll(path, context, blocking, wait)) {
      return;
    }
    Place place = Place.of(path, context);
    if (place == null
        || place.kind() == Place.Kind.NAMED_EXECUTOR
        || (Place.startsTask(place.taker()) && isAwait(method))
        || (wait && KnownComplete.at(path, context))) {
      return;
    }
    String instead = blocking == null ? "chain on the future" : blocking.alternative();
    context.report(path, reason(place), Confidence.LIKELY, message(name(method), place, instead));
  }

  /** Whether the method gives the loop to others while it waits in a task. */
  private static boolean isAwait(ExecutableElement method) {
    TypeElement owner = TypeNames.enclosingType(method);
    return owner != null && owner.getQualifiedName().contentEquals(Waits.TASKS);
  }

  private static @Nullable ExecutableElement method(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MemberReferenceTree) {
      return context.element(path) instanceof ExecutableElement method ? method : null;
    }
    Call call = context.call(path);
    return call == null ? null : call.method();
  }

  /** A time-out of zero only looks; the wait of a fork-join task helps with the others. */
  private static boolean isPoll(
      TreePath path, RuleContext context, @Nullable BlockingMethod blocking, boolean wait) {
    if (blocking != null && blocking.owner().equals("java.util.concurrent.Future") && !wait) {
      return true;
    }
    Call call = context.call(path);
    return call != null
        && !call.name().equals("sleep")
        && !call.arguments().isEmpty()
        && call.arguments().get(0).getLeaf().toString().matches("0L?")
        && call.arguments().size() == 2;
  }

  private static String name(ExecutableElement method) {
    TypeElement owner = TypeNames.enclosingType(method);
    return (owner == null ? "" : owner.getSimpleName() + ".") + method.getSimpleName();
  }

  private static String reason(Place place) {
    return switch (place.kind()) {
      case LOOP -> "loop";
      case DEFAULT_EXECUTOR -> "default-executor";
      default -> "callback";
    };
  }

  private static String message(String blocking, Place place, String instead) {
    String taker = place.taker().name() + "(..)";
    String where =
        switch (place.kind()) {
          case LOOP -> "the event loop that " + taker + " runs it on, and all else there waits";
          case DEFAULT_EXECUTOR ->
              "a thread of the default executor in "
                  + taker
                  + ", which the whole process shares and which has few threads";
          default ->
              "the thread that completes the future in "
                  + taker
                  + ", often an event loop, and may deadlock it";
        };
    return blocking
        + " blocks "
        + where
        + "; instead: "
        + instead
        + "; or name an executor for blocking work"
        + PAGE;
  }
}
