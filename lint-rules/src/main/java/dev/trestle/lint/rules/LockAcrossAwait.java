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
import org.jspecify.annotations.Nullable;

/** A thread waits for a future while it holds a lock, or a callback unlocks what it never took. */
public final class LockAcrossAwait implements Rule {
  private static final String PAGE = " (see lint-rules/docs/lock-across-await.md)";
  private static final String LOCK = "java.util.concurrent.locks.Lock";

  @Override
  public String id() {
    return "lock-across-await";
  }

  @Override
  public String summary() {
    return "A lock is held while its thread waits for a future, or is unlocked in a callback.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        new Reason("wait", Severity.WARNING, "A future is awaited while a lock is held."),
        new Reason("unlock", Severity.ERROR, "A callback unlocks a lock it did not take."));
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MemberReferenceTree reference) {
      if (context.element(path) instanceof ExecutableElement method) {
        if (isUnlock(method)) {
          checkUnlock(path, reference.getQualifierExpression().toString(), context);
        } else if (Waits.isWait(method, context)) {
          checkReference(path, context);
        }
      }
      return;
    }
    Call call = context.call(path);
    if (call == null) {
      return;
    }
    if (isUnlock(call.method())) {
      checkUnlock(path, HeldLocks.nameOf(call), context);
    } else if (Waits.isWait(call, context)) {
      checkWait(path, Waits.describe(call), context);
    }
  }

  private static boolean isUnlock(ExecutableElement method) {
    return method.getSimpleName().contentEquals("unlock")
        && TypeNames.anySuper(TypeNames.enclosingType(method), LOCK::equals);
  }

  private static void checkReference(TreePath path, RuleContext context) {
    Call taker = Place.taker(path, context);
    if (taker != null && Place.isInline(taker)) {
      checkWait(path, path.getLeaf().toString(), context);
    }
  }

  private static void checkWait(TreePath path, String wait, RuleContext context) {
    HeldLocks.Held held = HeldLocks.at(path, context);
    if (held != null && !KnownComplete.at(path, context)) {
      String message =
          wait
              + " waits for a future while "
              + held.name()
              + " is held: what completes the future may need that lock, and all others wait as"
              + " long; start it under the lock, and wait after it"
              + PAGE;
      context.report(path, "wait", Confidence.LIKELY, message);
    }
  }

  private static void checkUnlock(TreePath path, String lock, RuleContext context) {
    Place place = Place.of(path, context);
    if (place == null || locksItself(place.function(), lock, context)) {
      return;
    }
    String message =
        lock
            + ".unlock() in "
            + place.taker().name()
            + "(..) runs on the thread that completes the future, which does not own the lock: it"
            + " throws, and the lock stays held; unlock in the method that locked, or use a"
            + " Semaphore"
            + PAGE;
    context.report(path, "unlock", Confidence.LIKELY, message);
  }

  private static boolean locksItself(
      TreePath function, @Nullable String lock, RuleContext context) {
    return Mentions.anyCallDeep(
        function,
        context,
        call ->
            (call.name().startsWith("lock")
                    || call.name().startsWith("tryLock")
                    || call.name().equals("isHeldByCurrentThread"))
                && HeldLocks.nameOf(call).equals(lock));
  }
}
