package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bridge call in progress: a node of the call graph, and the future of its result. For building
 * bridges; users see only the {@code CompletableFuture}.
 *
 * <p>Identity follows the flow of calls, not the thread: the current call is part of the {@link
 * Context}, so whatever a body or a callback calls becomes a child of the call it belongs to. A
 * call that has ended is stepped over: its callbacks make children of its nearest ancestor that has
 * not.
 *
 * @param <R> the type of the result
 */
public abstract class Call<R extends @Nullable Object> extends BridgeFuture<R> {
  final @Nullable Call<?> parent;

  /**
   * Where the thread-sensitive work of this call belongs: the {@link Lane} of a scope, a {@link
   * CallerFrame}, or null for the shared thread. Written before the call is submitted.
   */
  @Nullable Object home;

  /** {@link System#nanoTime} of the deadline; meaningless unless {@link #hasDeadline}. */
  final long deadline;

  final boolean hasDeadline;

  /** Whether the deadline is this call's own, and not one that an ancestor brought along. */
  final boolean ownsDeadline;

  /** The next in the queue of a lane; guarded by that queue's protocol. */
  @Nullable Object next;

  /** The calls below that have not ended, linked through their siblings; guarded by this. */
  private @Nullable Call<?> youngest;

  /** Guarded by the parent, as the other one. */
  private @Nullable Call<?> older;

  private @Nullable Call<?> younger;

  /** What to run when this call is cancelled; guarded by this. */
  private @Nullable CancelHooks hooks;

  Call(Delivery delivery, @Nullable Call<?> parent, CallOptions options) {
    super(delivery);
    this.parent = parent;
    this.home = parent == null ? null : parent.home;
    Duration timeout = options.timeout();
    Call<?> limit = parent != null && parent.hasDeadline && !options.shielded() ? parent : null;
    long own = timeout == null ? 0 : System.nanoTime() + nanos(timeout);
    ownsDeadline = timeout != null && (limit == null || own - limit.deadline < 0);
    hasDeadline = ownsDeadline || limit != null;
    deadline = ownsDeadline || limit == null ? own : limit.deadline;
  }

  /**
   * Returns the call that the current thread is working for.
   *
   * @return the innermost call that has not ended, or null outside of any
   */
  public static @Nullable Call<?> current() {
    return Context.current().bridgeCall() instanceof Call<?> call ? call.live() : callOfLoop();
  }

  /** A callback of a foreign future knows no call; the loop it runs on may lead back to one. */
  private static @Nullable Call<?> callOfLoop() {
    CallerLoop loop = CallerLoop.currentOrNull();
    return loop == null ? null : loop.frame().live();
  }

  /**
   * Returns the call that this one was made by.
   *
   * @return the parent, or null if it was made outside of any call
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

  /** Gives up this call and all below it. */
  abstract void cancelCall();

  /** Whether a cancelled parent leaves this call alone. */
  abstract boolean isShielded();

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

  /** Makes this call known to its parent, which cancels it when it is cancelled itself. */
  final void begin() {
    Call<?> above = parent;
    if (above != null) {
      synchronized (above) {
        older = above.youngest;
        if (older != null) {
          older.younger = this;
        }
        above.youngest = this;
      }
    }
  }

  /** Takes this call from its parent; called once, after {@link #isEnded} became true. */
  final void end() {
    Call<?> above = parent;
    if (above != null) {
      synchronized (above) {
        if (younger != null) {
          younger.older = older;
        } else {
          above.youngest = older;
        }
        if (older != null) {
          older.younger = younger;
        }
        older = null;
        younger = null;
      }
      above.childEnded();
    }
  }

  /** A call below has ended. */
  void childEnded() {}

  final synchronized boolean hasChildren() {
    return youngest != null;
  }

  /** Cancels the calls below that are not shielded, and runs the hooks. */
  final void cancelBelow() {
    List<Call<?>> below = new ArrayList<>();
    CancelHooks toRun;
    synchronized (this) {
      for (Call<?> child = youngest; child != null; child = child.older) {
        below.add(child);
      }
      toRun = hooks();
    }
    for (Call<?> child : below) {
      if (!child.isShielded()) {
        child.cancelCall();
      }
    }
    toRun.cancel();
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

  private static long nanos(Duration duration) {
    try {
      return Math.min(duration.toNanos(), Long.MAX_VALUE / 2);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2; // 146 years are as good as for ever
    }
  }
}
