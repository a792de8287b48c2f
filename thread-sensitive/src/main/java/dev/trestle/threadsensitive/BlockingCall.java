package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of a blocking body, for building bridges: at once the future of its result, the task that
 * is queued, and the task that delivers the result.
 *
 * <p>One atomic state decides the race of start, finish and cancel:
 *
 * <pre>
 *   NEW ──────► RUNNING ◄──► IN_BRIDGE          the body starts; it waits in a bridge call
 *    │             │
 *    │             ├──► INTERRUPTING ──► INTERRUPTED     cancelled with INTERRUPT
 *    │             │                         │
 *    └──► ENDED ◄──┴─────────────────────────┘
 *           │
 *           └──► DELIVERING                     the result is on its way to the delivery
 * </pre>
 *
 * Cancelled while NEW, the body never runs. Whoever ends the body waits while INTERRUPTING and then
 * takes the interrupt back, so that it never reaches the next task of the thread. A body that is
 * IN_BRIDGE is not interrupted there: the call it waits in is below this one, and is cancelled with
 * it; the interrupt is due (INTERRUPT_DUE) when it leaves that call, if that did not tell the body.
 * Without an interrupt, a running body is told by the wait that it is in, else by the next one.
 *
 * @param <R> the type of the result
 */
public final class BlockingCall<R extends @Nullable Object> extends Call<R> implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(BlockingCall.class);

  private static final int NEW = 0;
  private static final int RUNNING = 1;
  private static final int IN_BRIDGE = 2;
  private static final int INTERRUPTING = 3;
  private static final int INTERRUPTED = 4;
  private static final int INTERRUPT_DUE = 5;
  private static final int ENDED = 6;
  private static final int DELIVERING = 7;

  private static final VarHandle STATE = handle("state", int.class);

  /** The innermost call whose body the thread runs. */
  private static final ThreadLocal<@Nullable BlockingCall<?>> ON_THREAD = new ThreadLocal<>();

  private final Context context;

  /**
   * The body until it begins; when it has ended its value, or {@link Thrown}. Written by the runner
   * before ENDED.
   */
  private @Nullable Object content;

  @SuppressWarnings("unused") // through STATE
  private volatile int state;

  /**
   * A {@link Lane}, the executor that the user gave, or {@link Permits}; null before, and for the
   * workers.
   */
  private volatile @Nullable Object queuedOn;

  /** The thread of the body, from shortly after its start. */
  private volatile @Nullable Thread runner;

  /** Whether the runner is a blocked caller's own thread; written before the runner. */
  private boolean onCaller;

  /** Whether the running body is still to be told of a cancel, by the next wait that it begins. */
  private volatile boolean cancelDue;

  /**
   * Whether the first observer is the user's, to be told on the delivery; before it is submitted.
   */
  private boolean continues;

  private record Thrown(Throwable failure) {}

  /**
   * Makes a call, a child of the current call; it still has to be submitted, once.
   *
   * <p><b>Context.</b> Captured here; if the accessor of a registered thread-local throws, the call
   * fails with that.
   *
   * @param body what to run
   * @param delivery where the result is delivered; null for the current loop, else a worker
   * @param options how it behaves
   */
  public BlockingCall(
      Callable<? extends R> body, @Nullable Delivery delivery, CallOptions options) {
    super(delivery == null ? Deliveries.here() : delivery, options);
    this.content = body;
    record(Hop.TO_BLOCKING);
    Context captured;
    try {
      captured = Context.captureValues();
    } catch (Throwable e) {
      context = Context.current();
      refuse(e);
      return;
    }
    context = captured;
    begin();
    if (ownsDeadline) {
      try {
        extras().timer = timer(this::timeOut);
      } catch (Throwable e) {
        refuse(e);
      }
    }
  }

  /**
   * Has a function told of what the call comes to, without a future of its own. Called once, before
   * the call is submitted.
   *
   * <p><b>Threads.</b> It runs on the delivery. <b>Context.</b> That in which this call was made.
   *
   * @param then gets the value, or the failure; what it throws is logged
   */
  public void continueWith(BiConsumer<? super R, ? super @Nullable Throwable> then) {
    continues = true;
    observe(then);
  }

  // ---- where it runs

  /** Queues this call on the home of its chain; a refusal fails the future. */
  public void submitHome() {
    if (!isEnded()) {
      Homes.submit(this);
    }
  }

  /**
   * Queues this call on the home of a scope; a refusal fails the future.
   *
   * @param scope the scope
   */
  public void submitTo(ThreadSensitiveScope scope) {
    if (isEnded()) {
      return;
    }
    home = scope.lane();
    if (scope.isClosedHandle()) {
      refuse(scope.lane().refusal());
    } else {
      Homes.submit(this);
    }
  }

  /** Gives this call to the shared workers; a refusal fails the future. */
  public void submitConcurrent() {
    if (isEnded()) {
      return;
    }
    try {
      Workers.runBlocking(this);
    } catch (BridgeException e) {
      refuse(e);
    } catch (Throwable e) {
      refuse(Workers.withoutThread(e));
    }
  }

  /**
   * Gives this call to an executor; a refusal fails the future.
   *
   * @param executor what runs the body
   */
  public void submitTo(Executor executor) {
    if (isEnded()) {
      return;
    }
    if (executor instanceof ThreadSensitiveExecutor one) {
      if (!one.offer(this)) {
        refuse(one.refusal());
      }
      return;
    }
    queuedOn = executor;
    try {
      executor.execute(this);
    } catch (RejectedExecutionException e) {
      String said = e.getMessage() == null ? "" : ": " + e.getMessage();
      refuse(new BridgeException("executor " + executor + " did not accept a call" + said, e));
    } catch (Throwable e) {
      refuse(e);
    }
  }

  /** Something has taken this call. */
  void queuedOn(Object taker) {
    queuedOn = taker;
  }

  void permit(Permits.Grant granted) {
    extras().permit = granted;
    if (queuedOn instanceof Permits) {
      queuedOn = null;
    }
  }

  /** The blocked frame that keeps this call from running, or from going on; null if none does. */
  @Nullable CallerFrame<?> keptBy() {
    if (!isQueued()) {
      return blockedIn();
    }
    CallerFrame<?> busy = queuedOn instanceof Lane lane ? lane.blockedIn() : null;
    return busy == null || Joins.isRelevant(this, busy) ? null : busy;
  }

  /** What has this call, or ran it: a lane, an executor or permits. */
  @Nullable Object queuedOn() {
    return queuedOn;
  }

  boolean isQueued() {
    return state == NEW;
  }

  /** The frame that the running body is blocked in; null if it is not. */
  @Nullable CallerFrame<?> blockedIn() {
    Extras<R> more = extrasOrNull();
    CallerFrame<?> frame = more == null ? null : more.waitsIn;
    return state == IN_BRIDGE ? frame : null;
  }

  /** Fails the call, which no executor has. */
  void refuse(Throwable reason) {
    if (STATE.compareAndSet(this, NEW, ENDED)) {
      content = new Thrown(reason);
      hop().ended(false, reason);
      deliver();
      released();
    }
  }

  /** Runs the body; when that has been done, delivers the result. */
  @Override
  public void run() {
    if (STATE.compareAndSet(this, NEW, RUNNING)) {
      runBody(queuedOn, false, delivery.isCurrent());
    } else if (state == DELIVERING) {
      settle();
    }
  }

  /** As {@link #run}, on the thread of a lane. */
  void runOn(Lane lane) {
    if (STATE.compareAndSet(this, NEW, RUNNING)) {
      runBody(lane, lane.isCallers(), false);
    } else if (state == DELIVERING) {
      settle();
    }
  }

  /** Whether only the delivery of the result is left. */
  boolean isDelivering() {
    return state == DELIVERING;
  }

  /**
   * Runs the body on a thread of the executor that has this call queued, which waits for it; does
   * nothing if it has started. What the executor runs later does nothing then.
   */
  void runClaimed() {
    if (STATE.compareAndSet(this, NEW, RUNNING)) {
      extras().claimed = true;
      runBody(queuedOn, true, false);
    }
  }

  private void runBody(@Nullable Object place, boolean onCallersThread, boolean completesHere) {
    onCaller = onCallersThread;
    runner = Thread.currentThread();
    Permits.Grant held = permit();
    if (held != null) {
      held.runs();
    }
    BlockingCall<?> below = ON_THREAD.get();
    if (below != null) {
      extras().outer = below;
    }
    ON_THREAD.set(this);
    Carried function = Carried.exchange(null);
    Callable<? extends R> body = takeBody();
    if (!isDone()) { // Guard against race with a cancel that came between queue and start.
      hop().begins(place);
      try {
        content = call(body);
      } catch (Throwable e) {
        content = new Thrown(e);
      }
    }
    ON_THREAD.set(below);
    if (below != null) {
      extras().outer = null;
    }
    Carried.exchange(function);
    closeHooks();
    boolean clean = STATE.compareAndSet(this, RUNNING, ENDED);
    if (!clean) {
      while (state == INTERRUPTING) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
      STATE.setVolatile(this, ENDED);
    }
    runner = null;
    if (completesHere && below == null) {
      Thread.interrupted(); // what the body left; dependents may run here
    }
    Throwable failure = failure();
    if (onCallersThread && failure instanceof InterruptedException) {
      Thread.currentThread().interrupt(); // the owner's own, which the body has passed on
    }
    boolean givenUp = isDone();
    boolean late = !givenUp && ownsDeadline && isOverdue(); // Guard against race with the timer.
    if (late) {
      extras().late = true;
    }
    hop().ended(givenUp || late, failure);
    if (givenUp || late) {
      tellDetached();
    }
    if (place instanceof Lane lane && held == null) {
      lane.goesOnWaiting(); // a permit that is given back may begin another body here
    }
    // Before the end, so that a parent that waits for the end finds this on the loop.
    if (!givenUp) {
      if (completesHere) {
        settle();
      } else {
        deliver();
      }
    }
    released();
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what the constructor was given
  private Callable<? extends R> takeBody() {
    Callable<? extends R> body = (Callable<? extends R>) content;
    content = null;
    return body;
  }

  private R call(Callable<? extends R> body) throws Exception {
    R result;
    try (Context.Scope scope = context.enterFor(this)) {
      try {
        result = body.call();
      } finally {
        Context last = Context.current();
        if (last != context) {
          extras().after = last;
        }
      }
    }
    if (result instanceof CompletionStage || result instanceof Future) {
      throw new BridgeException(
          "the blocking task returned a "
              + result.getClass().getSimpleName()
              + ", which SyncToAsync would hand on without waiting for it; call the async function"
              + " directly, or use its result with AsyncToSync inside the task");
    }
    return result;
  }

  /** What is due once when the body has ended, or will never run. */
  private void released() {
    if (isDone()) {
      stopTimer();
    }
    end();
    releasePermit();
    tellEnded();
  }

  private void stopTimer() {
    Extras<R> more = extrasOrNull();
    Future<?> timer = more == null ? null : more.timer;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private Permits.@Nullable Grant permit() {
    Extras<R> more = extrasOrNull();
    return more == null ? null : more.permit;
  }

  /** Gives the permit back, once, or the place in the line. */
  void releasePermit() {
    Permits.Grant held = permit();
    if (held != null) {
      held.release();
    } else if (queuedOn instanceof Permits permits) {
      permits.forget(this);
    }
  }

  // ---- how it completes

  /** Has the future completed where its result is delivered. */
  private void deliver() {
    Extras<R> more = extrasOrNull();
    if (more != null && more.claimed) {
      Deliveries.deliver(delivery, (Task.Own) this::settle); // the executor will yet run this call
    } else {
      STATE.setVolatile(this, DELIVERING);
      Deliveries.deliver(delivery, this);
    }
  }

  private void settle() {
    if (completeAsEnded()) {
      stopTimer();
    } else if (!isLate()) {
      tellDetached();
    }
  }

  @SuppressWarnings("unchecked") // what the body returned
  private boolean completeAsEnded() {
    Throwable thrown = isLate() ? lateness() : failure();
    return thrown == null ? succeed((R) content) : fail(thrown);
  }

  private boolean isLate() {
    Extras<R> more = extrasOrNull();
    return more != null && more.late;
  }

  /** What the body threw; null if it did not, or has not ended. */
  private @Nullable Throwable failure() {
    return content instanceof Thrown thrown ? thrown.failure : null;
  }

  private void tellDetached() {
    Throwable thrown = failure();
    if (thrown != null) {
      options.tellDetached(thrown);
    }
  }

  @Override
  void tell(
      BiConsumer<? super R, ? super @Nullable Throwable> observer,
      R result,
      @Nullable Throwable thrown) {
    if (!continues) {
      super.tell(observer, result, thrown);
    } else if (delivery.isCurrent()) {
      goOn(observer, result, thrown);
    } else {
      Deliveries.deliver(delivery, (Task.Own) () -> goOn(observer, result, thrown));
    }
  }

  private void goOn(
      BiConsumer<? super R, ? super @Nullable Throwable> then,
      R result,
      @Nullable Throwable thrown) {
    try (Context.Scope scope = context.enterFor(parent())) {
      then.accept(result, thrown);
    } catch (Throwable e) {
      log.error("what goes on after a call failed on '{}'", Thread.currentThread().getName(), e);
    }
  }

  /** What the body changed of its context is written back to whoever waits for this call. */
  @Override
  void wasAwaited() {
    Extras<R> more = extrasOrNull();
    Context last = more == null ? null : more.after;
    if (last != null && isItsOwnEnd()) {
      Context.writeBack(context, last);
    }
  }

  /** Whether this is done with what the body came to, and was not given up. */
  private boolean isItsOwnEnd() {
    Throwable[] thrown = {null};
    observe((result, failed) -> thrown[0] = failed);
    return thrown[0] == failure() && (thrown[0] != null || getNow(null) == content);
  }

  // ---- how it is given up

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (options.cancelPolicy() != CancelPolicy.WAIT) {
      return super.cancel(mayInterruptIfRunning);
    }
    if (cancelQueued() || isDone()) {
      return isCancelled();
    }
    cancelFromAbove();
    return false;
  }

  /** Cancels the call if it has not started. */
  private boolean cancelQueued() {
    boolean queued = STATE.compareAndSet(this, NEW, ENDED);
    if (queued) {
      content = null;
      hop().ended(true, null);
      fail(new CancellationException());
      released();
    }
    return queued;
  }

  private void timeOut() {
    completeExceptionally(lateness());
  }

  private BridgeTimeoutException lateness() {
    return new BridgeTimeoutException(
        "no result from a blocking call within "
            + limitText()
            + "; the call was cancelled"
            + whereItIs());
  }

  private String whereItIs() {
    Thread thread = runner;
    return state == NEW
        ? " before it started"
        : thread == null ? "" : ", and its body still runs on thread '" + thread.getName() + "'";
  }

  @Override
  void cancelTold() {
    if (options.cancelPolicy() != CancelPolicy.WAIT || isDone()) {
      super.cancelTold();
    } else if (!cancelQueued()) {
      tellBody();
    }
  }

  /** The body never starts, or is told to end. */
  @Override
  void giveUp() {
    if (STATE.compareAndSet(this, NEW, ENDED)) {
      content = null;
      hop().ended(true, null);
      released();
    } else if (!isEnded()) {
      tellBody();
    } else {
      cancelBelow(); // Guard against race with the end of the body, which may leave calls below.
    }
  }

  private void tellBody() {
    cancelDue = true; // before the calls below are looked for: one that begins now sees it
    if (options.cancelPolicy() == CancelPolicy.INTERRUPT) {
      interrupt();
    }
    cancelBelow();
  }

  private void interrupt() {
    Thread thread = runner;
    while (thread == null && state == RUNNING) {
      Thread.onSpinWait(); // it has just started
      thread = runner;
    }
    if (thread == null || onCaller) {
      return;
    }
    while (true) {
      if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
        cancelDue = false;
        thread.interrupt();
        STATE.setVolatile(this, INTERRUPTED);
        return;
      }
      if (STATE.compareAndSet(this, IN_BRIDGE, INTERRUPT_DUE)) {
        return;
      }
      if (state != RUNNING && state != IN_BRIDGE) {
        return; // it has ended, or has been interrupted
      }
    }
  }

  /** The body that this one runs on top of, asked by their thread; null if there is none. */
  @Nullable BlockingCall<?> outer() {
    Extras<R> more = extrasOrNull();
    return more == null ? null : more.outer;
  }

  /** The body of the current thread, which is running it; null if it runs none. */
  static @Nullable BlockingCall<?> onThread() {
    return ON_THREAD.get();
  }

  /** A body that was not told yet has nothing to clean up, and nobody waits for it. */
  @Override
  boolean isLeftAlone() {
    return isDone() && cancelDue && !isEnded();
  }

  boolean isCancelDue() {
    return cancelDue;
  }

  /** The wait of the body ends as cancelled, which tells it. */
  void cancelWasTold() {
    cancelDue = false;
  }

  @Override
  boolean isEnded() {
    return state >= ENDED;
  }

  /** The thread that runs the body; null before, and after. */
  @Nullable Thread runner() {
    return runner;
  }

  boolean isRunningOn(Thread thread) {
    return runner == thread;
  }

  /**
   * The body waits in a bridge call; false if it has been interrupted, which that call then sees.
   */
  boolean enterBridge(CallerFrame<?> frame) {
    extras().waitsIn = frame;
    boolean entered = STATE.compareAndSet(this, RUNNING, IN_BRIDGE);
    Permits.Grant held = permit();
    if (entered && held != null) {
      held.waits();
    }
    return entered;
  }

  /** The body goes on; a cancel in between that the bridge call did not tell is told now. */
  void leaveBridge(boolean told) {
    extras().waitsIn = null;
    Permits.Grant held = permit();
    if (held != null) {
      held.runs();
    }
    if (!STATE.compareAndSet(this, IN_BRIDGE, RUNNING)) {
      if (!told) {
        cancelDue = false;
        Thread.currentThread().interrupt();
      }
      STATE.setVolatile(this, INTERRUPTED);
    }
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(BlockingCall.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }
}
