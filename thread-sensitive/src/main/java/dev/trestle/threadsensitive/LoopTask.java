package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Code on an event loop that waits without blocking the loop: at once the future of its result, and
 * what is queued on the loop for each of its turns. For building bridges.
 *
 * <p>The body has a thread of its own, and runs in its turns only. The loop's thread begins a turn
 * and stands still until it is over, so nothing else of the loop runs between two waits of the
 * body. One atomic state decides who ends a wait:
 *
 * <pre>
 *   NEW ──► STARTING ──► RUNNING ◄──► a {@link Wait}        given up before its end: taken back
 *               │         │   ▲         │
 *               │         │   └─ QUEUED ┘                  its stage is done, or it is given up
 *               ▼         ▼
 *              ENDED ◄────┘ ──► DELIVERING
 * </pre>
 *
 * Each wait is an object of its own, so whoever ends it ends no later one. Whoever does queues one
 * turn.
 *
 * @param <R> the type of the result
 */
public final class LoopTask<R extends @Nullable Object> extends WaitingCall<R> implements Runnable {
  private static final Object NEW = "new";
  private static final Object STARTING = "starting";
  private static final Object RUNNING = "running";
  private static final Object QUEUED = "queued";
  private static final Object ENDED = "ended";
  private static final Object DELIVERING = "delivering";

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(LoopTask.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("state", e);
    }
  }

  /** The task whose body the thread runs. */
  private static final ThreadLocal<@Nullable LoopTask<?>> ON_THREAD = new ThreadLocal<>();

  private static final String BEGUN = "a body that runs has a turn";

  /** After so many waits that were over at once, others get a turn. */
  private static final int MOST_AT_ONCE = 64;

  private final Delivery loop;
  private final Context context;
  private @Nullable Callable<? extends R> body;

  private volatile Object state = NEW;

  /** The thread of the body, from its first turn on. */
  private volatile @Nullable Thread thread;

  /** The turn that the body has; null while it waits. */
  private volatile @Nullable Turn turn;

  /** Whether the body is still to be told that the task is given up, by a wait. */
  private volatile boolean cancelDue;

  /** Why each wait fails from now on; null while none does. */
  private volatile @Nullable BridgeException abandoned;

  private volatile @Nullable Future<?> timer;

  /** Whether the thread of the body has to be woken when it has its turn. */
  private volatile boolean parked;

  // The thread's of the body.
  private @Nullable R value;
  private @Nullable Throwable failure;
  private int atOnce;

  /** The last turn that it was given, which it may have lost since. */
  private @Nullable Turn given;

  /**
   * Makes a task, a child of the current call; it still has to be submitted, once.
   *
   * <p><b>Context.</b> Captured here; if the accessor of a registered thread-local throws, the task
   * fails with that.
   *
   * @param body what to run
   * @param loop the loop to run it on
   * @param options how it behaves
   */
  public LoopTask(Callable<? extends R> body, Delivery loop, CallOptions options) {
    super(Deliveries.here(), options);
    this.body = body;
    this.loop = loop;
    record(Hop.TASK);
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
      timer = timer(() -> completeExceptionally(whyGivenUp()));
    }
  }

  /**
   * Returns the task whose body the current thread runs.
   *
   * @return the task; null if there is none, or a callback runs on top of it, which is not part of
   *     it
   */
  public static @Nullable LoopTask<?> current() {
    return Carried.onThread() == null ? ON_THREAD.get() : null;
  }

  /**
   * Tells whether there is a {@link #current} task.
   *
   * @return true if there is, so that the current thread may wait in it
   */
  public static boolean isRunning() {
    return Carried.onThread() == null && ON_THREAD.get() != null;
  }

  /**
   * Returns the loop that stands still while the current thread runs.
   *
   * @return the loop of the thread's task, or null
   */
  public static @Nullable Delivery currentLoop() {
    LoopTask<?> task = ON_THREAD.get();
    return task == null ? null : task.loop;
  }

  /**
   * Returns the loop that this task runs on.
   *
   * @return the loop
   */
  @Override
  public Delivery delivery() {
    return loop;
  }

  /** Queues this task on its loop; a refusal fails the future. */
  public void submit() {
    if (STATE.compareAndSet(this, NEW, STARTING)) {
      try {
        loop.taskBegins(this);
        TaskWatch.begins(this);
        if (isEnded()) { // Guard against race with a cancel that came before it was known.
          TaskWatch.ends(this);
          loop.taskEnds(this);
        }
        loop.execute(this);
      } catch (RejectedExecutionException e) {
        refuse(new BridgeException(loop + " is closed and did not accept a task", e));
      } catch (Throwable e) {
        refuse(e);
      }
    }
  }

  private void refuse(Throwable reason) {
    if (STATE.compareAndSet(this, NEW, ENDED) || STATE.compareAndSet(this, STARTING, ENDED)) {
      failure = reason;
      hop().ended(false, reason);
      deliver();
      released();
    }
  }

  // ---- on the loop

  /** Gives the task its next turn, and waits for the end of that; or delivers the result. */
  @Override
  public void run() {
    Object now = state;
    if (now == DELIVERING) {
      settle();
    } else if (now == QUEUED) {
      giveTurn();
    } else if (STATE.compareAndSet(this, STARTING, RUNNING)) {
      Turn first = new Turn();
      turn = first;
      try {
        TaskThreads.start(this::runBody);
      } catch (Throwable e) {
        failure = new BridgeException("there was no thread for a task of " + loop, e);
        bodyEnded();
        first.end(true);
      }
      await(first);
    }
  }

  private void giveTurn() {
    if (STATE.compareAndSet(this, QUEUED, RUNNING)) {
      Turn next = new Turn();
      turn = next;
      if (parked) {
        LockSupport.unpark(thread);
      }
      await(next);
    }
  }

  private void await(Turn begun) {
    Lane lane = Lane.served();
    if (lane != null) {
      lane.standsStillFor(this);
    }
    boolean ended = begun.await();
    if (lane != null) {
      lane.standsStillFor(null);
    }
    if (ended) {
      if (isDone()) {
        tellDetached();
      } else if (delivery.isCurrent()) {
        settle();
      } else {
        deliver();
      }
    }
  }

  private void deliver() {
    state = DELIVERING;
    Deliveries.deliver(delivery, this);
  }

  private void settle() {
    Throwable thrown = failure;
    if (!(thrown == null ? succeed(value) : fail(thrown))) {
      tellDetached();
    }
  }

  private void tellDetached() {
    Throwable thrown = failure;
    if (thrown != null) {
      options.tellDetached(thrown);
    }
  }

  // ---- the body's thread

  private void runBody() {
    thread = Thread.currentThread();
    given = turn;
    ON_THREAD.set(this);
    try {
      call();
    } catch (Throwable e) {
      failure = e;
    }
    ON_THREAD.remove();
    Turn last = lastTurn();
    if (!closeHooksIfIdle()) {
      turn = null;
      last.end(false); // the hook in progress may need the loop
      bodyEnded();
      deliver();
      return;
    }
    try {
      bodyEnded();
    } finally {
      last.end(true);
    }
  }

  /**
   * The turn that the body ends with. If it has none, since an error such as a stack overflow came
   * in the middle of a wait, it waits for another.
   */
  private Turn lastTurn() {
    if (turn == null) {
      if (state instanceof Wait<?> wait) {
        STATE.compareAndSet(this, wait, QUEUED);
      }
      Objects.requireNonNull(given, BEGUN).end(false);
      Deliveries.deliver(loop, (Task.Own) this::giveTurn); // who should queue one may have failed
      awaitTurn(null);
    }
    return Objects.requireNonNull(turn, BEGUN);
  }

  private void call() throws Exception {
    Callable<? extends R> own = body;
    if (isDone() || own == null) { // Guard against race with a cancel before the first turn.
      return;
    }
    hop().begins(loop);
    try (Context.Scope scope = context.enterFor(this)) {
      value = own.call();
    }
    if (value instanceof CompletionStage || value instanceof Future) {
      String type = value.getClass().getSimpleName();
      value = null;
      throw new BridgeException(
          "the task returned a "
              + type
              + ", for which nobody would wait; return what await makes of it");
    }
  }

  private void bodyEnded() {
    closeHooks();
    hop().ended(isDone(), failure);
    state = ENDED;
    released();
  }

  /** What is due once when the body has ended, or will never run. */
  private void released() {
    body = null;
    Future<?> pending = timer;
    if (pending != null) {
      pending.cancel(false);
    }
    end();
    TaskWatch.ends(this);
    try {
      loop.taskEnds(this);
    } finally {
      tellEnded();
    }
  }

  /**
   * Waits for a stage, while others have the loop. Called by the body.
   *
   * <p><b>Cancellation.</b> If the task is cancelled, or its time is over, this throws, once; the
   * stage is cancelled as well. A result that is there is returned nevertheless; then the next wait
   * throws. <b>Context.</b> What the body behind the stage set is written back, if the stage is a
   * call's own future.
   *
   * @param awaited the stage
   * @param <T> the type of the result
   * @return the value of the stage
   * @throws CancellationException if the task was cancelled
   * @throws BridgeTimeoutException if the time of the task is over
   * @throws BridgeInterruptedException if the thread of the body was interrupted
   * @throws BridgeDeadlockException if the result can never come
   * @throws BridgeException if the loop was closed
   * @throws Throwable what the stage failed with
   */
  public <T extends @Nullable Object> T await(CompletionStage<? extends T> awaited)
      throws Throwable {
    Wait<T> wait = new Wait<>(this, awaited);
    if (!cancelDue && abandoned == null) {
      wait.begin();
      if (!wait.isDone()) {
        suspend(wait);
      } else if (++atOnce >= MOST_AT_ONCE) {
        letOthers();
      }
    }
    if (!wait.isDone()) {
      Throwable reason = wait.reason();
      if (!(reason instanceof BridgeDeadlockException) || awaited instanceof Waiting<?>) {
        cancelStage(awaited);
      }
      wait.end();
      if (!wait.hasValue()) {
        cancelDue = false;
        throw reason;
      }
    }
    if (cancelDue && !wait.hasValue()) {
      cancelDue = false;
      throw whyGivenUp();
    }
    if (awaited instanceof BridgeFuture<?> ours) {
      ours.wasAwaited();
    }
    return wait.result();
  }

  /**
   * Lets others have a turn, as a wait for what is there does. Called by the body.
   *
   * @throws CancellationException as {@link #await}
   * @throws BridgeException as {@link #await}
   */
  public void giveWay() {
    if (!isToEnd()) {
      letOthers();
    }
    if (isToEnd()) {
      cancelDue = false;
      throw whyGivenUp();
    }
  }

  private void letOthers() {
    atOnce = 0;
    if (abandoned != null) {
      return;
    }
    Turn mine = Objects.requireNonNull(turn, BEGUN);
    turn = null;
    state = QUEUED;
    try {
      loop.execute(this);
    } catch (Throwable e) {
      turn = mine; // the loop is closed, or broken: there are no others
      state = RUNNING;
      return;
    }
    mine.end(false);
    awaitTurn(null);
  }

  private void suspend(Wait<?> wait) {
    atOnce = 0;
    Turn mine = Objects.requireNonNull(turn, BEGUN);
    turn = null;
    state = wait;
    if (wait.isOver() && STATE.compareAndSet(this, wait, RUNNING)) {
      turn = mine; // Guard against race with who ended the wait before it was to be seen.
      return;
    }
    mine.end(false);
    awaitTurn(wait);
  }

  private void awaitTurn(@Nullable Wait<?> wait) {
    for (int yields = Yields.allowed(); turn == null && yields > 0; ) {
      yields = Yields.giveWay(yields);
    }
    boolean interrupted = false;
    parked = true;
    while (turn == null) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupted = true;
        if (wait != null) {
          wait.interrupt();
        }
      }
    }
    parked = false;
    given = turn;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a wait, if nobody else has. */
  void resume(Wait<?> ended) {
    if (STATE.compareAndSet(this, ended, QUEUED)) {
      Deliveries.deliver(loop, this);
    }
  }

  // ---- how it is given up

  @Override
  void giveUp() {
    if (STATE.compareAndSet(this, NEW, ENDED) || STATE.compareAndSet(this, STARTING, ENDED)) {
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
    cancelBelow();
    endWait();
  }

  /**
   * Has each wait fail from now on, since there will be no turn after it. For a loop that is
   * closed.
   *
   * @param reason what the waits throw
   */
  public void abandon(BridgeException reason) {
    abandoned = reason;
    endWait();
  }

  private void endWait() {
    if (state instanceof Wait<?> wait) {
      resume(wait);
    }
  }

  /** Whether somebody has given the task up, and the body does not know. */
  boolean isToEnd() {
    return cancelDue || abandoned != null;
  }

  /** Why a wait ends without a result, unless it knows better. */
  RuntimeException whyGivenUp() {
    BridgeException closed = abandoned;
    if (closed != null) {
      return closed;
    }
    return isOverdue()
        ? new BridgeTimeoutException(
            "a task of " + loop + " did not end within " + limitText() + "; it was cancelled")
        : new CancellationException("the task of " + loop + " was cancelled");
  }

  /** A body that was not told yet has nothing to clean up, and nobody waits for it. */
  @Override
  boolean isLeftAlone() {
    return isDone() && cancelDue && !isEnded();
  }

  @Override
  boolean isEnded() {
    Object now = state;
    return now == ENDED || now == DELIVERING;
  }

  // ---- asked by other threads

  @Override
  @Nullable CompletionStage<?> awaitedStage() {
    Wait<?> wait = waitOrNull();
    return wait == null ? null : wait.stage();
  }

  /** The wait that nobody has ended; null if there is none. */
  @Nullable Wait<?> waitOrNull() {
    return state instanceof Wait<?> wait ? wait : null;
  }

  @Override
  boolean isForEver() {
    Wait<?> wait = waitOrNull();
    return wait != null && deadline == null && !wait.isOver() && !mayBeCancelled();
  }

  @Override
  long since() {
    Wait<?> wait = waitOrNull();
    return wait == null ? System.nanoTime() : wait.since;
  }

  /** Whether the body has begun, and has not ended. */
  boolean isUnderWay() {
    return thread != null && !isEnded();
  }

  /** The thread of the body; null before its first turn. */
  @Nullable Thread threadOrNull() {
    return thread;
  }

  @Override
  Thread thread() {
    return Objects.requireNonNull(thread, "a task that waits has begun");
  }

  @Override
  String who() {
    return "a task of " + loop + ", on thread '" + thread().getName() + "'";
  }

  @Override
  void lookNow() {
    Wait<?> wait = waitOrNull();
    String proof = wait == null ? null : DeadlockSearch.proofFor(this);
    if (wait != null && proof != null) {
      wait.isInVain(proof);
    }
  }

  /**
   * Looks once whether a wait that has lasted for a moment is in vain, then whenever that has
   * doubled. Called by one thread at a time.
   *
   * @return whether there is a wait that has not been looked at
   */
  boolean lookIfNew(long now, long moment) {
    Wait<?> wait = waitOrNull();
    if (wait == null) {
      return false;
    }
    boolean isNew = wait.lookAfter == 0;
    if (now - wait.since >= Math.max(moment, wait.lookAfter)) {
      wait.lookAfter = 2 * (now - wait.since);
      lookNow();
    }
    return isNew;
  }

  /**
   * One wait of a task.
   *
   * @param <T> the type of the result
   */
  static final class Wait<T extends @Nullable Object>
      implements BiConsumer<T, @Nullable Throwable> {
    private final LoopTask<?> task;
    private final CompletionStage<? extends T> stage;
    private final long since = System.nanoTime();

    /** How long it has lasted when it is looked at next; of who looks. */
    private long lookAfter;

    // Written before done.
    private @Nullable T value;
    private @Nullable Throwable failure;

    private volatile boolean done;
    private volatile boolean interrupted;

    /** Why it would last for ever; null if that is not known. */
    private volatile @Nullable String proof;

    Wait(LoopTask<?> task, CompletionStage<? extends T> stage) {
      this.task = task;
      this.stage = stage;
    }

    CompletionStage<? extends T> stage() {
      return stage;
    }

    void begin() {
      if (lookForValue()) {
        return;
      }
      if (stage instanceof BridgeFuture<? extends T> ours) {
        ours.joinedHere();
        ours.observeForNow(this);
      } else {
        var unused = stage.whenComplete(this);
      }
    }

    /** Whether there is a value already; who completes the stage may not have told yet. */
    private boolean lookForValue() {
      if (Deliveries.hasValue(stage)) {
        value = stage.toCompletableFuture().getNow(null);
        done = true;
      }
      return done;
    }

    /** Nobody waits any more. */
    void end() {
      lookForValue(); // Guard against race with a value that came nevertheless.
      if (stage instanceof BridgeFuture<? extends T> ours) {
        ours.forget(this);
      }
    }

    @Override
    public void accept(T result, @Nullable Throwable thrown) {
      value = result;
      failure = thrown;
      done = true;
      task.resume(this);
    }

    void interrupt() {
      interrupted = true;
      task.resume(this);
    }

    void isInVain(String why) {
      proof = why;
      task.resume(this);
    }

    boolean isDone() {
      return done;
    }

    boolean hasValue() {
      return done && failure == null;
    }

    /** Whether the body has nothing to wait for. */
    boolean isOver() {
      return done || interrupted || task.isToEnd();
    }

    /** Why the wait ended without its result. */
    RuntimeException reason() {
      String inVain = proof;
      if (inVain != null && !task.isToEnd() && !interrupted) {
        return new BridgeDeadlockException(inVain);
      }
      return interrupted && !task.isToEnd()
          ? new BridgeInterruptedException(
              "interrupted while a task of " + task.loop + " waited for a stage; it was cancelled")
          : task.whyGivenUp();
    }

    @SuppressWarnings("NullAway") // the value is null only where T allows it
    T result() throws Throwable {
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }
}
