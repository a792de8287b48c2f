package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bridge call in progress: a node of the call graph, and the future of its result. For building
 * bridges; users see only the {@code CompletableFuture}.
 *
 * <p>Identity follows the flow of calls, not the thread: the current call is part of the {@link
 * Context}, so whatever a body or a callback calls becomes a child of the call it belongs to. A
 * call that has ended is stepped over: its callbacks make children of its nearest ancestor that has
 * not, which also takes over what the call leaves behind.
 *
 * @param <R> the type of the result
 */
public abstract class Call<R extends @Nullable Object> extends BridgeFuture<R> {
  private static final Logger log = LoggerFactory.getLogger(Call.class);

  private static final int NONE = 0;
  private static final int SOME = 1;
  private static final int CLOSED = 2;
  private static final VarHandle BELOW = handle("below", int.class);
  private static final VarHandle TOLD = handle("told", boolean.class);

  final CallOptions options;

  /**
   * Where the thread-sensitive work of this call belongs: the {@link Lane} of a scope, a {@link
   * CallerFrame}, or null for the shared thread. Written before the call is submitted.
   */
  @Nullable Object home;

  /** {@link System#nanoTime} of the deadline; meaningless unless there is a {@link #limit}. */
  final long deadline;

  /** The time limit that the deadline comes from, this call's own or one further out. */
  final @Nullable Duration limit;

  /** Whether the deadline is this call's own, and not one that an ancestor brought along. */
  final boolean ownsDeadline;

  /** The next in the queue of a lane; guarded by that queue's protocol. */
  @Nullable Object next;

  /** Written while holding the lock of the old one. */
  private volatile @Nullable Call<?> parent;

  // The calls below that have not ended, linked through their siblings; guarded by this. Of two
  // locks the lower one is taken first.
  private @Nullable Call<?> youngest;

  /**
   * NONE, SOME or CLOSED. A call below that begins or ends takes the lock; without any, none is.
   */
  private volatile int below;

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

  private @Nullable Call<?> older;
  private @Nullable Call<?> younger;

  /** What to run when this call is cancelled; guarded by this. */
  private @Nullable CancelHooks hooks;

  /**
   * Makes a call in the current context.
   *
   * @param delivery where the result is delivered
   * @param options how the call behaves
   */
  Call(Delivery delivery, CallOptions options) {
    super(delivery);
    this.options = options;
    Call<?> here = inContext();
    Call<?> above = here == null ? null : here.live();
    this.parent = above;
    this.home = here == null ? null : here.home instanceof Lane ? here.home : homeOf(above);
    Duration own = options.timeout();
    shielded = options.shielded();
    Call<?> outer = above != null && above.limit != null && !options.shielded() ? above : null;
    long ownDeadline = own == null ? 0 : System.nanoTime() + nanos(own);
    ownsDeadline = own != null && (outer == null || ownDeadline - outer.deadline < 0);
    limit = ownsDeadline || outer == null ? own : outer.limit;
    deadline = ownsDeadline || outer == null ? ownDeadline : outer.deadline;
  }

  /**
   * Returns the call that the current thread is working for.
   *
   * @return the innermost call that has not ended, or null outside of any
   */
  public static @Nullable Call<?> current() {
    Call<?> here = inContext();
    return here == null ? null : here.live();
  }

  /** The call of the current context, which may have ended. */
  private static @Nullable Call<?> inContext() {
    Context context = Context.current();
    if (context.bridgeCall() instanceof Call<?> call) {
      return call;
    }
    // A callback of a foreign future knows no call; the loop it runs on may lead back to one.
    CallerLoop loop = context.isDetached() ? null : CallerLoop.currentOrNull();
    return loop == null ? null : loop.call();
  }

  /** The scope of the current chain of calls, which may be closed. */
  static @Nullable Lane currentScope() {
    Call<?> here = inContext();
    return here != null && here.home instanceof Lane scope ? scope : null;
  }

  private static @Nullable Object homeOf(@Nullable Call<?> call) {
    return call == null ? null : call.home;
  }

  /**
   * Returns the call that this one was made by.
   *
   * @return the parent, or the nearest call further out that has not ended; null if there is none
   */
  public final @Nullable Call<?> parent() {
    return parent;
  }

  /**
   * Returns where the result of this call is delivered.
   *
   * @return the delivery
   */
  public Delivery delivery() {
    return delivery;
  }

  @Override
  @Nullable Call<?> origin() {
    return this;
  }

  /** Whether nothing of this call is left to run. */
  abstract boolean isEnded();

  /** The result is no longer wanted: cancelled, or completed by somebody else. */
  abstract void giveUp();

  /** Cancelled with the call that it was made by; what it does afterwards is left alone. */
  final void cancelFromAbove() {
    if (isTheFirstToTell()) {
      cancelTold();
    }
  }

  /** Whether nobody has told this call yet that it is cancelled; from now on somebody has. */
  final boolean isTheFirstToTell() {
    return TOLD.compareAndSet(this, false, true);
  }

  /** Cancels this call, which may be done and still have calls below. */
  void cancelTold() {
    if (!isDone() && super.cancel(true)) {
      giveUp();
    } else {
      cancelBelow();
    }
  }

  private void takenAway() {
    if (isTheFirstToTell()) {
      giveUp();
    }
  }

  // ---- how it completes

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (super.cancel(mayInterruptIfRunning)) {
      takenAway();
    }
    return isCancelled();
  }

  @Override
  public boolean complete(R result) {
    boolean first = super.complete(result);
    if (first) {
      takenAway();
    }
    return first;
  }

  @Override
  public boolean completeExceptionally(Throwable reason) {
    boolean first = super.completeExceptionally(reason);
    if (first) {
      takenAway();
    }
    return first;
  }

  /** Completes with what the call itself came to, which gives nothing up. */
  @SuppressWarnings("NullAway") // the value is null only where R allows it
  final boolean succeed(@Nullable R value) {
    return super.complete(value);
  }

  /** Completes with what the call itself failed with, which gives nothing up. */
  final boolean fail(Throwable failure) {
    return super.completeExceptionally(failure);
  }

  // ---- the tree of calls

  /** This call, or its nearest ancestor that has not ended; a frame left too early stays. */
  final @Nullable Call<?> live() {
    Call<?> call = this;
    while (call != null && call.isEnded()) {
      call = call.parent;
    }
    return call;
  }

  final boolean isBelow(Call<?> ancestor) {
    Call<?> call = this;
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
    for (Call<?> above = parent; above != null && !begun; above = parent) {
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
      parent = above.parent; // Guard against race with the end of the parent.
    }
  }

  /** Whether a call may still begin below. */
  private boolean adopts() {
    return below == SOME || BELOW.compareAndSet(this, NONE, SOME) || below == SOME;
  }

  /** Takes this call from its parent, which gets what it leaves below; called once. */
  final void end() {
    if (!begun && isEnded() && BELOW.compareAndSet(this, NONE, CLOSED)) {
      return;
    }
    List<Call<?>> missed = new ArrayList<>();
    Call<?> above = endBelow(missed);
    missed.forEach(Call::cancelFromAbove);
    if (above != null) {
      above.childEnded();
    }
  }

  private @Nullable Call<?> endBelow(List<Call<?>> missed) {
    synchronized (this) {
      boolean closes = isEnded(); // what comes late to a frame that was left stays there
      if (closes) {
        below = CLOSED;
      }
      for (Call<?> above = parent; above != null; above = parent) {
        synchronized (above) {
          if (above == parent) { // Guard against race with the end of the parent.
            above.unlink(this);
            begun = true;
            if (closes) {
              handTo(above, missed);
            }
            return above;
          }
        }
      }
      if (closes) {
        handTo(null, missed);
      }
      return null;
    }
  }

  /** Moves the calls below to a call further out, if there is one; both are locked. */
  private void handTo(@Nullable Call<?> above, List<Call<?>> missed) {
    for (Call<?> child = youngest; child != null; ) {
      Call<?> following = child.older;
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
  }

  private void link(Call<?> child) {
    child.younger = null;
    child.older = youngest;
    if (youngest != null) {
      youngest.younger = child;
    }
    youngest = child;
  }

  private void unlink(Call<?> child) {
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

  final synchronized boolean hasChildren() {
    return youngest != null;
  }

  // ---- cancelling what is below

  /** Cancels the calls below that are not shielded, and runs the hooks. */
  final void cancelBelow() {
    List<Call<?>> unshielded = new ArrayList<>();
    CancelHooks toRun;
    synchronized (this) {
      for (Call<?> child = youngest; child != null; child = child.older) {
        if (!child.shielded) {
          child.doomed = true;
          unshielded.add(child);
        }
      }
      toRun = hooks();
    }
    unshielded.forEach(Call::cancelFromAbove);
    toRun.cancel();
  }

  /** Cancels a stage of this call, or the call it is derived from, whose end then reaches it. */
  final void cancelStage(CompletionStage<?> stage) {
    Call<?> origin = stage instanceof BridgeFuture<?> ours ? ours.origin() : null;
    boolean leads =
        origin != null && (origin == stage || (origin.isBelow(this) && !origin.isDone()));
    if (origin == null || !leads) {
      cancelForeign(stage);
    } else if (!origin.shielded) {
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

  /** The hooks of this call, made when first asked for. */
  final synchronized CancelHooks hooks() {
    if (hooks == null) {
      hooks = new CancelHooks();
    }
    return hooks;
  }

  /** Waits for a hook in progress, and lets no other begin. */
  final void closeHooks() {
    CancelHooks toClose;
    synchronized (this) {
      toClose = hooks;
    }
    if (toClose != null) {
      toClose.close();
    }
  }

  // ---- the deadline

  final boolean isOverdue() {
    return limit != null && deadline - System.nanoTime() <= 0;
  }

  /** The time limit, for messages. */
  final String limitText() {
    return ownsDeadline ? String.valueOf(limit) : limit + ", the time limit of a call further out";
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Call.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }

  private static long nanos(Duration duration) {
    try {
      return Math.min(duration.toNanos(), Long.MAX_VALUE / 2);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2; // 146 years are as good as for ever
    }
  }
}
