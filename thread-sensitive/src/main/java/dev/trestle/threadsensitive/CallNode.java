package dev.trestle.threadsensitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a call in the tree of calls: who made it, what it made, and how a cancel goes down.
 *
 * <p>A call that ends hands what it leaves below to the next one out, so the tree holds only calls
 * that have not ended. Each is told once that it is cancelled; what it begins after that, to clean
 * up, is left alone. A cancel marks the calls that it is about to tell, and whoever hands up the
 * calls of a marked one tells them too: so no end in between hides a call from the cancel.
 */
abstract class CallNode<R extends @Nullable Object> extends BridgeFuture<R> {
  private static final Logger log = LoggerFactory.getLogger(CallNode.class);

  private static final byte NONE = 0;
  private static final byte SOME = 1;
  private static final byte CLOSED = 2;
  private static final VarHandle BELOW = handle("below", byte.class);
  private static final VarHandle TOLD = handle("told", boolean.class);

  /** Written while holding the lock of the old one. */
  private volatile @Nullable CallNode<?> parent;

  // The calls below that have not ended, linked through their siblings; guarded by this. Of two
  // locks the lower one is taken first.
  private @Nullable CallNode<?> youngest;

  /**
   * NONE, SOME or CLOSED. A call below that begins or ends takes the lock; without any, none is.
   */
  private volatile byte below;

  /** Whether a cancelled parent leaves this call alone; written while holding the parent's lock. */
  private volatile boolean shielded;

  /** Whether this call was told that it is cancelled, which happens once. */
  @SuppressWarnings("unused") // through TOLD
  private volatile boolean told;

  // Guarded by the parent.
  private boolean begun;

  /**
   * Whether the parent is being cancelled, so that what is handed up meanwhile is to be as well.
   */
  private boolean doomed;

  /** Whether it began when its parent had been told, to clean up, and is left alone. */
  private boolean spared;

  private @Nullable CallNode<?> older;
  private @Nullable CallNode<?> younger;

  CallNode(Delivery delivery, @Nullable CallNode<?> parent, boolean shielded) {
    super(delivery);
    this.parent = parent;
    this.shielded = shielded;
  }

  /** The parent, or the nearest call further out that has not ended; null if there is none. */
  final @Nullable CallNode<?> above() {
    return parent;
  }

  /** Whether nothing of this call is left to run. */
  abstract boolean isEnded();

  /** The result is no longer wanted: cancelled, or completed by somebody else. */
  abstract void giveUp();

  /** The future is done: has the first observer told. */
  abstract void tellFirst();

  /** Cancelled with the call that it was made by; what it does afterwards is left alone. */
  final void cancelFromAbove() {
    if (isTheFirstToTell()) {
      cancelTold();
    }
  }

  /** Whether nobody has told this call yet that it is cancelled; from now on somebody has. */
  private boolean isTheFirstToTell() {
    return TOLD.compareAndSet(this, false, true);
  }

  /** Cancels this call, which may be done and still have calls below. */
  void cancelTold() {
    if (!isDone() && super.cancel(true)) {
      tellFirst();
      giveUp();
    } else {
      cancelBelow();
    }
  }

  /** Somebody else has completed this call. */
  final void takenAway() {
    if (isTheFirstToTell()) {
      giveUp();
    }
  }

  // ---- the tree of calls

  /** This call, or its nearest ancestor that has not ended; a frame left too early stays. */
  final @Nullable Call<?> live() {
    CallNode<?> call = this;
    while (call != null && call.isEnded()) {
      call = call.parent;
    }
    return (Call<?>) call;
  }

  final boolean isBelow(CallNode<?> ancestor) {
    CallNode<?> call = this;
    while (call != null && call != ancestor) {
      call = call.parent;
    }
    return call != null;
  }

  /**
   * Makes this call known to its parent, which cancels it when it is cancelled itself. Called by
   * whoever comes first: the call when it has something to cancel, or the first that begins below.
   */
  final void begin() {
    for (CallNode<?> above = parent; above != null && !begun; above = parent) {
      if (above.adopts()) {
        above.begin();
        synchronized (above) {
          if (begun || below == CLOSED) {
            return; // Guard against race with the end of this call, seen by who begins below it.
          }
          if (above.below != CLOSED) {
            begun = true;
            spared = above.told;
            above.link(this);
            return;
          }
        }
      }
      synchronized (above) {
        if (parent == above && !begun) { // Guard against race with another who does the same.
          parent = above.parent;
        }
      }
    }
  }

  /** Whether a call may still begin below. */
  private boolean adopts() {
    return below == SOME || BELOW.compareAndSet(this, NONE, SOME) || below == SOME;
  }

  final boolean isShielded() {
    return shielded;
  }

  /** Takes this call from its parent, which gets what it leaves below; called once. */
  final void end() {
    Extras<?> more = extrasOrNull();
    if (more != null) {
      more.joins = null;
    }
    if (!begun && isEnded() && BELOW.compareAndSet(this, NONE, CLOSED)) {
      return;
    }
    CallNode<?> above = null;
    List<CallNode<?>> missed = List.of();
    synchronized (this) {
      boolean closes = isEnded(); // what comes late to a frame that was left stays there
      if (closes) {
        below = CLOSED;
      }
      for (boolean isDone = false; !isDone; ) {
        above = parent;
        if (above == null) {
          missed = closes ? handTo(null) : missed;
          break;
        }
        synchronized (above) {
          isDone = above == parent; // Guard against race with the end of the parent.
          if (isDone) {
            above.unlink(this);
            begun = true;
            missed = closes ? handTo(above) : missed;
          }
        }
      }
    }
    for (int i = 0; i < missed.size(); i++) { // most often none, for which an iterator is garbage
      missed.get(i).cancelFromAbove();
    }
    if (above != null) {
      above.childEnded();
    }
  }

  /**
   * Moves the calls below to a call further out, if there is one; both are locked. Returns those
   * that a cancel may have missed.
   */
  private List<CallNode<?>> handTo(@Nullable CallNode<?> above) {
    if (youngest == null) {
      return List.of();
    }
    List<CallNode<?>> missed = new ArrayList<>();
    for (CallNode<?> child = youngest; child != null; ) {
      CallNode<?> following = child.older;
      child.older = null;
      child.younger = null;
      child.parent = above;
      child.shielded |= shielded;
      if (above != null) {
        above.link(child);
      }
      if (doomed && !child.spared && !child.shielded) {
        child.doomed = true;
        missed.add(child); // Guard against race with a cancel that finds this call ended.
      }
      child = following;
    }
    youngest = null;
    return missed;
  }

  private void link(CallNode<?> child) {
    child.younger = null;
    child.older = youngest;
    if (youngest != null) {
      youngest.younger = child;
    }
    youngest = child;
  }

  private void unlink(CallNode<?> child) {
    if (child.younger != null) {
      child.younger.older = child.older;
    } else if (youngest == child) {
      youngest = child.older;
    }
    if (child.older != null) {
      child.older.younger = child.younger;
    }
    child.older = null;
    child.younger = null;
  }

  /** A call below has ended. */
  void childEnded() {}

  /** Whether a call below may still need this one, after all were cancelled. */
  final synchronized boolean isNeededBelow() {
    for (CallNode<?> child = youngest; child != null; child = child.older) {
      if (!child.isLeftAlone()) {
        return true;
      }
    }
    return false;
  }

  /** Whether nobody waits for this call, which was cancelled and goes on. */
  boolean isLeftAlone() {
    return false;
  }

  // ---- cancelling what is below

  /** Cancels the calls below that are not shielded, and runs the hooks. */
  final void cancelBelow() {
    List<CallNode<?>> unshielded = new ArrayList<>();
    CancelHooks toRun;
    synchronized (this) {
      for (CallNode<?> child = youngest; child != null; child = child.older) {
        if (!child.shielded) {
          child.doomed = true;
          unshielded.add(child);
        }
      }
      toRun = hooks();
    }
    unshielded.forEach(CallNode::cancelFromAbove);
    toRun.cancel();
  }

  /** Cancels a stage of this call, or the call it is derived from, whose end then reaches it. */
  final void cancelStage(CompletionStage<?> stage) {
    Call<?> origin = stage instanceof BridgeFuture<?> ours ? ours.origin() : null;
    boolean leads =
        origin != null && (origin == stage || (origin.isBelow(this) && !origin.isDone()));
    if (origin == null || !leads) {
      cancelForeign(stage);
    } else if (!origin.isShielded()) {
      origin.cancelFromAbove();
    }
  }

  static void cancelForeign(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (RuntimeException e) {
      log.debug("a stage could not be cancelled, and goes on unwatched", e);
    }
  }

  // ---- who else waits

  final @Nullable Joins joinsOrNull() {
    Extras<?> more = extrasOrNull();
    return more == null ? null : more.joins;
  }

  /** Made when first needed; null if this call has ended, so that nobody waits for more. */
  final synchronized @Nullable Joins joins() {
    Joins joins = joinsOrNull();
    if (joins == null && !isEnded()) {
      joins = new Joins();
      extras().joins = joins;
    }
    return joins;
  }

  /** The hooks of this call, made when first asked for. */
  final synchronized CancelHooks hooks() {
    Extras<?> more = extras();
    if (more.hooks == null) {
      more.hooks = new CancelHooks();
    }
    return more.hooks;
  }

  /** Waits for a hook in progress, and lets no other begin. */
  final void closeHooks() {
    CancelHooks toClose = hooksOrNull();
    if (toClose != null) {
      toClose.close();
    }
  }

  /** Lets no other hook begin; false if one is in progress. */
  final boolean closeHooksIfIdle() {
    CancelHooks toClose = hooksOrNull();
    return toClose == null || toClose.closeIfIdle();
  }

  private @Nullable CancelHooks hooksOrNull() {
    Extras<?> more = extrasOrNull();
    if (more == null) {
      return null;
    }
    synchronized (this) {
      return more.hooks;
    }
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(CallNode.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }
}
