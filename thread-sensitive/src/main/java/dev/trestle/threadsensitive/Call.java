package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
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
  private static final Object TOLD = new Object();
  private static final VarHandle FIRST;

  static {
    try {
      FIRST = MethodHandles.lookup().findVarHandle(Call.class, "first", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("first", e);
    }
  }

  final CallOptions options;

  /**
   * Where the thread-sensitive work of this call belongs: the {@link ServedLane} of a scope, a
   * {@link CallerFrame}, or null for the shared thread. Written before the call is submitted.
   */
  @Nullable Object home;

  /** This call's own, or one that an ancestor brought along; null if there is none. */
  final @Nullable Deadline deadline;

  /** Whether there is a deadline that is this call's own. */
  final boolean ownsDeadline;

  /**
   * The first who wants to be told of the result, which the JDK would make a future for; {@link
   * #TOLD} when that has been done.
   */
  @SuppressWarnings("unused") // through FIRST
  private volatile @Nullable Object first;

  /** The next in the queue of a lane; guarded by that queue's protocol. */
  @Nullable Object next;

  /** Whether nothing of this call runs any more, and whoever asked has been told. */
  private volatile boolean over;

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
    this.home = here == null ? null : here.home instanceof ServedLane ? here.home : homeOf(above);
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
  static @Nullable ServedLane currentScope() {
    Call<?> here = inContext();
    return here != null && here.home instanceof ServedLane scope ? scope : null;
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
      tellFirst();
      takenAway();
    }
    return isCancelled();
  }

  @Override
  public boolean complete(R result) {
    boolean isFirst = succeed(result);
    if (isFirst) {
      takenAway();
    }
    return isFirst;
  }

  @Override
  public boolean completeExceptionally(Throwable reason) {
    boolean isFirst = fail(reason);
    if (isFirst) {
      takenAway();
    }
    return isFirst;
  }

  /** Completes with what the call itself came to, which gives nothing up. */
  @SuppressWarnings("NullAway") // the value is null only where R allows it
  final boolean succeed(@Nullable R value) {
    boolean isFirst = super.complete(value);
    if (isFirst) {
      tellFirst();
    }
    return isFirst;
  }

  /** Completes with what the call itself failed with, which gives nothing up. */
  final boolean fail(Throwable failure) {
    boolean isFirst = super.completeExceptionally(failure);
    if (isFirst) {
      tellFirst();
    }
    return isFirst;
  }

  @Override
  public void obtrudeValue(R value) {
    super.obtrudeValue(value);
    tellFirst();
  }

  @Override
  public void obtrudeException(Throwable failure) {
    super.obtrudeException(failure);
    tellFirst();
  }

  // ---- who is told, in the order in which the result is written first, and looked for last

  @Override
  void observe(BiConsumer<? super R, ? super @Nullable Throwable> observer) {
    if (!FIRST.compareAndSet(this, null, observer)) {
      super.observe(observer);
    } else if (isDone()) {
      tellFirst(); // Guard against race with the end, which may not have seen it.
    }
  }

  @Override
  void observeForNow(BiConsumer<? super R, ? super @Nullable Throwable> observer) {
    if (!FIRST.compareAndSet(this, null, observer)) {
      super.observeForNow(observer);
    } else if (isDone()) {
      tellFirst(); // Guard against race with the end, which may not have seen it.
    }
  }

  @Override
  void forget(BiConsumer<? super R, ? super @Nullable Throwable> observer) {
    if (!FIRST.compareAndSet(this, observer, null)) {
      super.forget(observer);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the value is null only where R allows it
  final void tellFirst() {
    if (first == null) {
      return;
    }
    Object due = FIRST.getAndSet(this, TOLD);
    if (due == null || due == TOLD) {
      return; // Guard against race with forget, or with who registers.
    }
    var told = (BiConsumer<? super R, ? super @Nullable Throwable>) due;
    if (isCompletedExceptionally()) {
      super.observe((value, failure) -> tell(told, value, failure));
    } else {
      tell(told, getNow(null), null);
    }
  }

  /** Tells one observer, on the completing thread. */
  void tell(
      BiConsumer<? super R, ? super @Nullable Throwable> observer,
      R value,
      @Nullable Throwable failure) {
    observer.accept(value, failure);
  }

  // ---- the flight recording

  /** What a flight recording is told of this call. */
  final Hop hop() {
    Extras<R> more = extrasOrNull();
    Hop hop = more == null ? null : more.hop;
    return hop == null ? Hop.NONE : hop;
  }

  /** Begins what a flight recording is told, if there is one; before anything is below this. */
  final void record(String direction) {
    Hop hop = Hop.made(this, direction);
    if (hop != Hop.NONE) {
      extras().hop = hop;
    }
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
    Extras<R> more = extras();
    synchronized (more) {
      Set<Runnable> actions = more.atEnd;
      if (actions == null) {
        actions = ConcurrentHashMap.newKeySet();
        more.atEnd = actions;
      }
      return actions;
    }
  }

  /** Nothing of this call runs any more. */
  final void tellEnded() {
    over = true;
    Extras<R> more = extrasOrNull();
    Set<Runnable> actions = more == null ? null : more.atEnd;
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
