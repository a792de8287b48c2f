package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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
public abstract class Call<R extends @Nullable Object> extends CallNode<R> {
  final CallOptions options;

  /**
   * Where the thread-sensitive work of this call belongs: the {@link Lane} of a scope, a {@link
   * CallerFrame}, or null for the shared thread. Written before the call is submitted.
   */
  @Nullable Object home;

  /** This call's own, or one that an ancestor brought along; null if there is none. */
  final @Nullable Deadline deadline;

  /** Whether there is a deadline that is this call's own. */
  final boolean ownsDeadline;

  /** What a flight recording is told of this call; written before anything is below it. */
  Hop hop = Hop.NONE;

  /** The next in the queue of a lane; guarded by that queue's protocol. */
  @Nullable Object next;

  /** Whether nothing of this call runs any more, and whoever asked has been told. */
  private volatile boolean over;

  /** What is to be told then; made when first needed. */
  private volatile @Nullable Set<Runnable> atEnd;

  /**
   * Makes a call in the current context.
   *
   * @param delivery where the result is delivered
   * @param options how the call behaves
   */
  Call(Delivery delivery, CallOptions options) {
    this(delivery, options, inContext());
  }

  private Call(Delivery delivery, CallOptions options, @Nullable Call<?> here) {
    super(delivery, here == null ? null : here.live(), options.shielded());
    this.options = options;
    Call<?> above = parent();
    this.home = here == null ? null : here.home instanceof Lane ? here.home : homeOf(above);
    Duration limit = options.timeout();
    Deadline own = limit == null ? null : new Deadline(limit);
    Deadline outer = above == null || options.shielded() ? null : above.deadline;
    ownsDeadline = own != null && (outer == null || own.isBefore(outer));
    deadline = ownsDeadline ? own : outer;
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
    if (Context.currentCall() instanceof Call<?> call) {
      return call;
    }
    // A callback of a foreign future knows no call; the loop it runs on may lead back to one.
    CallerLoop loop = Context.isCurrentDetached() ? null : CallerLoop.currentOrNull();
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
    return (Call<?>) above();
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

  // ---- its end, which may come after the result

  /**
   * Registers what is to be told when nothing of this call runs any more; at once if that is so.
   *
   * @param action runs once, on whatever thread ends the call; should be quick, and throws nothing
   * @return takes it back
   */
  public final Registration whenEnded(Runnable action) {
    Set<Runnable> actions = atEnd();
    actions.add(action);
    if (over && actions.remove(action)) {
      action.run(); // Guard against race with the end, which may not have seen it.
    }
    return () -> actions.remove(action);
  }

  private Set<Runnable> atEnd() {
    Set<Runnable> actions = atEnd;
    if (actions == null) {
      synchronized (this) {
        actions = atEnd;
        if (actions == null) {
          actions = ConcurrentHashMap.newKeySet();
          atEnd = actions;
        }
      }
    }
    return actions;
  }

  /** Nothing of this call runs any more. */
  final void tellEnded() {
    over = true;
    Set<Runnable> actions = atEnd;
    if (actions != null) {
      for (Runnable action : List.copyOf(actions)) {
        if (actions.remove(action)) { // Guard against race with who registers it, or takes it back.
          action.run();
        }
      }
    }
  }

  /** Completes when nothing of this call runs any more. */
  final CompletableFuture<Void> ended() {
    DependentFuture<Void> told = new DependentFuture<>(delivery, this);
    Registration unused = whenEnded(() -> Deliveries.complete(told, null));
    return told;
  }

  /**
   * Returns to whom belongs what straight-line code takes hold of here: to the body, task or scope
   * that it is part of, if that has not ended; else to the thread.
   *
   * @return a {@link Call} or a {@link Thread}; null in a callback, which may hand on what it takes
   */
  public static @Nullable Object holderHere() {
    boolean straight =
        LoopTask.isRunning() || (Carried.onThread() == null && Deliveries.currentLoop() == null);
    Call<?> call = straight ? current() : null;
    while (call instanceof CallerFrame<?> frame) {
      call = frame.parent();
    }
    return call != null ? call : straight ? Thread.currentThread() : null;
  }

  // ---- the deadline

  /** Has this call's own deadline end it; null if that is not its own. */
  final @Nullable Future<?> timer(Runnable timeOut) {
    return deadline == null || !ownsDeadline ? null : Timers.after(deadline.remaining(), timeOut);
  }

  final boolean isOverdue() {
    return deadline != null && deadline.isOver();
  }

  /** Whether the deadline came a while ago, so that what it could end has ended. */
  final boolean isLongOverdue() {
    return deadline != null && deadline.isLongOver();
  }

  /** The time limit, for messages. */
  final String limitText() {
    Duration limit = deadline == null ? null : deadline.limit;
    return ownsDeadline ? String.valueOf(limit) : limit + ", the time limit of a call further out";
  }
}
