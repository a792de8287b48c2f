package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A thread that is blocked in a call of async code, and meanwhile runs the work that belongs to its
 * call. For building bridges.
 *
 * <p>All methods that are not marked otherwise are the blocked thread's own. It polls, tests
 * whether it has its result, announces that it will sleep, tests once more and sleeps; whoever
 * brings a result or work writes first and then looks for a sleeper. So each sees the other's
 * write.
 *
 * <p>When the call is given up, by its deadline, by an interrupt or by a cancelled parent, what is
 * below is cancelled, once, and the thread goes on serving it for a {@link Grace}.
 *
 * @param <R> the type of the result
 */
public final class CallerFrame<R extends @Nullable Object> extends WaitingCall<R>
    implements BiConsumer<R, @Nullable Throwable> {
  private static final Lane GONE = Lane.closed();

  /** Frames of one chain are on one stack, or on a few; a megabyte of it holds about 400. */
  private static final int MAX_NESTING = Settings.positive("trestle.maxNesting", 200);

  private static final VarHandle LANE = handle("lane", Lane.class);
  private static final VarHandle LOOP = handle("loop", CallerLoop.class);
  private static final VarHandle EXIT = handle("exit", Exit.class);

  private enum State {
    OPEN,
    /** Its queue is being handed on, and takes what comes meanwhile, so that nothing overtakes. */
    LEAVING,
    /** Its thread has given up the call, and gone. */
    LEFT,
    ENDED
  }

  private final Thread thread = Thread.currentThread();

  /** Whether this only waits for a future, and calls nothing that it could cancel. */
  private final boolean plain;

  /** Whether this waits for a stage that the caller has, as {@link #callFor} does; the owner's. */
  private boolean awaitsGiven;

  /** Whether an interrupt ends the wait. */
  private final boolean interruptible;

  /** How many frames the chain has, this one included. */
  private final int nesting;

  /** How many frames are on the stack of the thread, as far as they wait on one lane. */
  private final int depth;

  /** The loop that the async function runs on; null if this frame drives it. */
  private final @Nullable Delivery target;

  private final Function<CallerFrame<?>, CallerLoop> loops;

  /** The body that this frame blocks, if one runs on this thread. */
  private final @Nullable BlockingCall<?> body;

  /** The function of a dependent future that this frame blocks, if one runs on this thread. */
  private final @Nullable Carried function = Carried.onThread();

  /** Whether the lane is that of the chain's home, on which this frame is a guest. */
  private final boolean guest;

  /** Made when first needed, by whichever thread needs it; {@link #GONE} if that was never. */
  private volatile @Nullable Lane lane;

  @SuppressWarnings("unused") // through LOOP
  private volatile @Nullable CallerLoop loop;

  private volatile boolean functionRuns;
  private volatile State state = State.OPEN;

  /** How the wait ends; whoever gives the call up cancels what is below, once. */
  private volatile @Nullable Exit exit;

  /** Whether what is below has been cancelled. */
  private volatile boolean toldBelow;

  // The owner's.
  private boolean interrupted;
  private @Nullable Grace grace;

  // The owner's: the last of the lane's queue that is known to be no concern of this frame, as long
  // as only so many items have been taken out of the queue.
  private @Nullable Object scanned;
  private int scannedAt;

  /** When the wait began, as {@link System#nanoTime}; written before the lane knows this frame. */
  private long since;

  /** Once that is a while ago. */
  private volatile @Nullable LongWait longWait;

  /** Whether that may have changed, since this frame waits for more. */
  private volatile boolean looksAgain;

  /** The next frame further out that waits on the same lane; the owner's. */
  @Nullable CallerFrame<?> below;

  /** The next driving frame further out on the same lane; the owner's. */
  @Nullable CallerFrame<?> outerDriver;

  // Written by the thread that runs the async function.
  private volatile @Nullable CompletionStage<? extends R> stage;

  /** Whether the stage is a call whose body this call waits for; before the stage. */
  private boolean hasBody;

  /**
   * Makes a frame of the current thread, a child of the current call.
   *
   * @param target the loop on which to run the async function; null to drive it here
   * @param loops makes the loop that this thread then is, when something asks for it
   * @param options how the call behaves
   * @throws BridgeException if too many frames are nested in one chain, or on one thread
   */
  public CallerFrame(
      @Nullable Delivery target, Function<CallerFrame<?>, CallerLoop> loops, CallOptions options) {
    this(target, loops, options, false, true);
  }

  private CallerFrame(
      @Nullable Delivery target,
      Function<CallerFrame<?>, CallerLoop> loops,
      CallOptions options,
      boolean plain,
      boolean interruptible) {
    super(target == null ? Workers.DELIVERY : target, options);
    this.target = target;
    this.loops = loops;
    this.plain = plain;
    this.interruptible = interruptible;
    this.nesting = nestingBelow(parent());
    this.body = BlockingCall.onThread();
    if (!plain && home == null && body == null) {
      home = this;
    }
    this.lane = home == this ? Lane.served() : Homes.laneOn(thread, home);
    this.guest = lane != null;
    this.depth = depthOn(Lane.served());
    if (Math.max(nesting, depth) > MAX_NESTING) {
      throw new BridgeException(
          MAX_NESTING
              + " calls that wait for async code are nested in one another, the innermost on thread"
              + " '"
              + threadName()
              + "'; more would overflow its stack. Return the CompletionStage instead of waiting"
              + " for it at each level, or raise trestle.maxNesting together with the stack size");
    }
  }

  private static int nestingBelow(@Nullable Call<?> parent) {
    int frames = 1;
    for (Call<?> call = parent; call != null; call = call.parent()) {
      if (call instanceof CallerFrame) {
        frames++;
      }
    }
    return frames;
  }

  private static int depthOn(@Nullable Lane served) {
    CallerFrame<?> outer = served == null ? null : served.top();
    return outer == null ? 1 : outer.depth + 1;
  }

  /**
   * Runs an async function and waits for the stage that it returns.
   *
   * <p><b>Context.</b> What the function set before it returned, and what the body behind the stage
   * set if the stage is a call's own future, is written back to the calling thread.
   *
   * @param function the async function
   * @return the value of the stage
   * @throws BridgeTimeoutException if the deadline came first
   * @throws BridgeInterruptedException if the thread was interrupted first
   * @throws BridgeException if the function returned null, or the loop accepts no tasks
   * @throws CancellationException if the call was cancelled with its parent
   * @throws Throwable what the function threw, or the stage failed with
   */
  public R call(Callable<? extends CompletionStage<? extends R>> function) throws Throwable {
    record(Hop.TO_ASYNC);
    R result;
    try {
      result = callInHop(function);
    } catch (Throwable e) {
      hop().ended(isGivenUp() && exit != Exit.DEADLOCK, e);
      throw e;
    }
    hop().ended(false, null);
    return result;
  }

  private R callInHop(Callable<? extends CompletionStage<? extends R>> function) throws Throwable {
    Context own = Context.captureValues();
    BlockingCall<?> bridged = waitBegins();
    Future<?> timer = null;
    try {
      // This thread may be busy with a body when it comes; what is below should know.
      timer = ownsDeadline ? timer(() -> giveUp(Exit.DEADLINE)) : null;
      if (target != null) {
        startOn(target, own, function);
      } else {
        functionRuns = true;
        Object outer = CallerLoop.enter(this);
        try {
          start(own, function);
        } finally {
          CallerLoop.exit(outer);
        }
      }
      if (!isDone() || target != null) {
        serve();
      } else {
        functionEnded();
      }
    } finally {
      if (timer != null) {
        timer.cancel(false);
      }
      waitEnds(bridged);
    }
    return outcome(own);
  }

  /**
   * Waits for a stage that the caller has, as {@link #call} does for one that a function makes.
   * What the body behind it set is written back, whoever made the call.
   *
   * @param given the stage
   * @return the value of the stage
   * @throws Throwable as {@link #call}
   */
  public R callFor(CompletionStage<? extends R> given) throws Throwable {
    awaitsGiven = true;
    return call(() -> given);
  }

  /**
   * Waits until a future is done, and meanwhile runs what it waits for. Gives up nothing but the
   * wait.
   *
   * @param timeout how long at most; null for ever
   * @throws InterruptedException if the thread was interrupted and that matters
   * @throws TimeoutException if the time was over first
   */
  static void await(BridgeFuture<?> future, boolean interruptible, @Nullable Duration timeout)
      throws InterruptedException, TimeoutException {
    CallOptions options =
        timeout == null ? CallOptions.DEFAULT : CallOptions.DEFAULT.withTimeout(timeout);
    new CallerFrame<Object>(null, CallerFrame::noLoop, options, true, interruptible).await(future);
  }

  private static CallerLoop noLoop(CallerFrame<?> plain) {
    throw new AssertionError("nothing is called below the wait of " + plain.threadName());
  }

  private void await(BridgeFuture<? extends R> future)
      throws InterruptedException, TimeoutException {
    BlockingCall<?> bridged = waitBegins();
    try {
      stage = future;
      watch(future);
      if (!isDone()) {
        Workers.compensating(this::serve, this::isDone);
      }
    } finally {
      waitEnds(bridged);
    }
    if (exit == Exit.INTERRUPT) {
      throw new InterruptedException();
    }
    if (exit == Exit.DEADLINE) {
      throw new TimeoutException("no result within " + limitText());
    }
    if (exit != Exit.RESULT) {
      throw whyGivenUp();
    }
  }

  /** The body and the function of this thread wait from now on; returns the body if it does. */
  private @Nullable BlockingCall<?> waitBegins() {
    takeCancelDue();
    BlockingCall<?> bridged = body != null && body.enterBridge(this) ? body : null;
    if (function != null) {
      function.waitsIn(this);
    }
    return bridged;
  }

  private void waitEnds(@Nullable BlockingCall<?> bridged) {
    leave();
    if (function != null) {
      function.waitsIn(null);
    }
    if (bridged != null) {
      Exit end = exit;
      bridged.leaveBridge(end != null && end.tellsBody());
    }
  }

  /** The body that waits here was cancelled when it was in no wait: that is told now. */
  private void takeCancelDue() {
    if (body != null && body.isCancelDue() && !options.shielded()) {
      cancelTold();
    }
  }

  private boolean isGivenUp() {
    Exit reason = exit;
    return reason != null && reason != Exit.RESULT;
  }

  // ---- the async function, here or on the loop

  private void startOn(
      Delivery loop, Context own, Callable<? extends CompletionStage<? extends R>> function) {
    loop.waitBegins(this);
    try {
      loop.execute((Task.Own) () -> start(own, function));
    } catch (RejectedExecutionException e) {
      settle(null, new BridgeException(loop + " is closed and did not accept a task", e));
    }
  }

  private void start(Context own, Callable<? extends CompletionStage<? extends R>> function) {
    if (isGivenUp()) {
      settle(null, new CancellationException("the call was given up before it began"));
      return;
    }
    hop().begins(target != null ? target : thread);
    CompletionStage<? extends R> started;
    try (Context.Scope scope = own.enterFor(this)) {
      try {
        started = function.call();
      } finally {
        Context last = Context.current();
        if (last != own) {
          extras().after = last;
        }
      }
    } catch (Throwable e) {
      settle(null, e);
      return;
    }
    if (started == null) {
      settle(
          null,
          new BridgeException(
              "the task returned null where a CompletionStage was expected; return"
                  + " CompletableFuture.completedFuture(null) for no value"));
      return;
    }
    hasBody = started instanceof BlockingCall<?> call && (awaitsGiven || call.isBelow(this));
    stage = started;
    watch(started);
    if (isGivenUp()) { // Guard against race with who gave up before there was a stage.
      cancelBelow();
      cancelStage(started);
    }
  }

  private void watch(CompletionStage<? extends R> started) {
    if (Deliveries.hasValue(started)) {
      settle(started.toCompletableFuture().getNow(null), null);
    } else if (started instanceof BridgeFuture<? extends R> ours) {
      joinAwaited();
      if (mayForget()) {
        ours.observeForNow(this);
      } else {
        ours.observe(this);
      }
    } else {
      try {
        var unused = started.whenComplete(this);
      } catch (Throwable e) {
        settle(null, e);
      }
    }
  }

  /** Whether this may stop to wait for the stage before that is done. */
  private boolean mayForget() {
    return plain || deadline != null;
  }

  /** Brings what the stage came to, on any thread; for the stage alone. */
  @Override
  public void accept(@Nullable R result, @Nullable Throwable thrown) {
    settle(result, thrown);
  }

  private void settle(@Nullable R result, @Nullable Throwable thrown) {
    if (thrown == null ? succeed(result) : fail(thrown)) {
      signal();
    }
  }

  /**
   * Ends the wait, since what it waits for will not come. For a loop that was closed.
   *
   * @param reason what the caller throws, if it has no result yet
   */
  public void abandon(BridgeException reason) {
    if (fail(reason)) {
      cancelBelow();
      signal();
    }
  }

  // ---- the wait

  private void serve() {
    begin();
    takeCancelDue(); // Guard against race with a cancel that came before this was begun.
    Lane queue = lane();
    since = System.nanoTime();
    queue.startWaiting(this);
    boolean spared = Workers.waitBegins();
    try {
      functionEnded();
      serveOn(queue);
    } finally {
      if (spared) {
        Workers.waitEnds();
      }
      queue.endWaiting(this);
    }
  }

  private void serveOn(Lane queue) {
    int yields = Yields.allowed();
    while (!isOver()) {
      boolean ran = queue.runLoopTasks(this);
      Object item = queue.poll(this);
      if (item == null && longWait != null) {
        item = longWait.takeClaimed();
      }
      if (item != null) {
        queue.runInstead(item);
      }
      if (ran || item != null) {
        yields = Yields.allowed();
      } else if (yields > 0) {
        yields = Yields.giveWay(yields);
      } else if (queue.prepareToPark()) {
        try {
          sleep(queue);
        } finally {
          queue.afterPark();
        }
      }
    }
  }

  /** Sleeps until somebody wakes this thread, and looks around now and then. */
  private void sleep(Lane queue) {
    long now = System.nanoTime();
    LongWait watch = longWait;
    if (watch != null) {
      watch.wasWoken(now);
    }
    while (queue.isAsleep() && !isOver() && !looksAgain && !queue.hasLoopTasks()) {
      long pause = LongWait.untilLook(watch, since, now);
      if (grace != null) {
        LockSupport.parkNanos(queue, grace.remaining());
      } else if (pause > 0) {
        LockSupport.parkNanos(
            queue, deadline == null ? pause : Math.min(pause, deadline.remaining()));
      } else {
        if (watch == null) {
          watch = new LongWait(this);
          longWait = watch;
        }
        if (watch.look(now)) {
          return;
        }
      }
      now = System.nanoTime();
    }
  }

  private boolean isOver() {
    if (exit == null) {
      if (isDone()) {
        return true;
      }
      Exit reason = reasonToExit();
      if (reason == null) {
        return false;
      }
      if (!decide(reason)) {
        return exit == null || isOver(); // it has its result after all, or another was first
      }
      if (!plain) {
        Workers.runPromptlyOrHere(this::tellBelow); // a home completes nothing that others hold
      }
    }
    if (plain || exit == Exit.DEADLOCK) {
      return true;
    }
    interrupted |= Thread.interrupted();
    if (grace == null) {
      grace = new Grace(this);
    }
    return grace.isOver();
  }

  private @Nullable Exit reasonToExit() {
    if (Thread.interrupted()) {
      interrupted = true;
    }
    if (interrupted && interruptible) {
      return Exit.INTERRUPT;
    }
    if (isOverdue()) {
      return plain && !ownsDeadline ? Exit.DEADLINE_ABOVE : Exit.DEADLINE;
    }
    LongWait watch = longWait;
    return watch != null && watch.proof() != null ? Exit.DEADLOCK : null;
  }

  // ---- the end

  private void leave() {
    boolean ends = EXIT.compareAndSet(this, null, Exit.RESULT);
    state = ends ? State.LEAVING : State.LEFT;
    if (!guest && !LANE.compareAndSet(this, null, GONE)) {
      lane().leave(this);
    }
    if (ends) {
      state = State.ENDED;
      CallerLoop driven = loop;
      if (driven != null) {
        driven.callEnded();
      }
    }
    loopLeft();
    if (target != null) {
      target.waitEnds(this);
    }
    end();
    if (interrupted && !(plain && exit == Exit.INTERRUPT)) {
      thread.interrupt(); // else an InterruptedException says so
    }
    LongWait watch = longWait;
    if (watch != null) {
      watch.ended();
    }
    CompletionStage<? extends R> given = stage;
    if (mayForget() && !isDone() && given instanceof BridgeFuture<? extends R> ours) {
      ours.forget(this);
    }
    boolean shielded = given instanceof Call<?> call && call.isShielded();
    if (given instanceof Waiting<?> && exit != Exit.RESULT && !plain) {
      cancelForeign(given); // at once: else it may be given what nobody takes
    } else if (!isDone() && given != null && !shielded && !plain && exit != Exit.DEADLOCK) {
      Workers.runPromptlyOrHere(() -> cancelForeign(given));
    }
  }

  @SuppressWarnings("NullAway") // the value is null only where R allows it
  private R outcome(Context own) throws Throwable {
    Exit reason = exit;
    if (reason != Exit.RESULT
        && stage instanceof Waiting<? extends R> given
        && given.isDone()
        && !given.isCompletedExceptionally()) {
      given.wasAwaited();
      return given.getNow(null); // it came at the last moment, and is not to be lost
    }
    if (!isDone() || (reason != Exit.RESULT && reason != Exit.CANCEL)) {
      throw whyGivenUp();
    }
    if (reason == Exit.RESULT) {
      writeBack(own);
    }
    if (isCompletedExceptionally()) {
      throw failure();
    }
    if (stage instanceof Waiting<?> given) {
      given.wasAwaited();
    }
    return join();
  }

  private RuntimeException whyGivenUp() {
    Exit reason = exit;
    if (reason == Exit.DEADLINE || reason == Exit.DEADLINE_ABOVE) {
      return new BridgeTimeoutException(
          "no result from " + where() + " within " + limitText() + "; the call was cancelled");
    }
    if (reason == Exit.INTERRUPT) {
      return new BridgeInterruptedException(
          "interrupted while waiting for " + where() + "; the call was cancelled");
    }
    LongWait watch = longWait;
    if (reason == Exit.DEADLOCK && watch != null) {
      return new BridgeDeadlockException(String.valueOf(watch.proof()));
    }
    return new CancellationException("the call was cancelled with the call that made it");
  }

  private void writeBack(Context own) {
    Extras<R> more = extrasOrNull();
    Context last = more == null ? null : more.after;
    if (last != null) {
      Context.writeBack(own, last);
    }
    if (hasBody && stage instanceof BlockingCall<?> call) {
      call.wasAwaited();
    }
  }

  private Throwable failure() {
    Throwable[] thrown = new Throwable[1];
    observe((value, failure) -> thrown[0] = failure);
    return thrown[0];
  }

  /** Where the async function runs, for messages. */
  String where() {
    return target != null
        ? target.toString()
        : plain ? "a future" : "async code driven by thread '" + threadName() + "'";
  }

  // ---- asked by other threads

  /**
   * Returns the name of the blocked thread.
   *
   * @return the name
   */
  public String threadName() {
    return thread.getName();
  }

  /** Whether the wait is over because the result is there, and not because it was given up. */
  boolean hasResult() {
    return exit == null && isDone();
  }

  /** How many frames the chain has, down to this one. */
  int nesting() {
    return nesting;
  }

  boolean drives() {
    return target == null;
  }

  boolean wasLeft() {
    return state == State.LEFT;
  }

  /** Queues a call on the lane, unless this has returned from one that goes on without it. */
  boolean offer(BlockingCall<?> call) {
    return !(guest && hasReturned()) && lane().offer(call);
  }

  boolean hasReturned() {
    return state != State.OPEN;
  }

  @Override
  boolean isEnded() {
    return state == State.ENDED || (plain && state == State.LEFT); // nothing is below it
  }

  private void giveUp(Exit reason) {
    if (decide(reason)) {
      if (plain) {
        signal();
      } else {
        tellBelow();
      }
    }
  }

  /** Whether nobody else has decided how the wait ends. */
  private boolean decide(Exit reason) {
    boolean first = !isDone() && EXIT.compareAndSet(this, null, reason);
    if (first && body != null && reason.tellsBody()) {
      body.cancelWasTold();
    }
    return first;
  }

  private void tellBelow() {
    try {
      cancelBelow();
      CompletionStage<? extends R> started = stage;
      if (started != null) {
        cancelStage(started);
      }
    } finally {
      toldBelow = true;
      signal();
    }
  }

  boolean isToldBelow() {
    return toldBelow;
  }

  @Override
  void giveUp() {
    cancelBelow();
    signal();
  }

  /** The call may still end as it likes: what is below is cancelled, and brings the result. */
  @Override
  void cancelTold() {
    giveUp(isOverdue() ? Exit.DEADLINE_ABOVE : Exit.CANCEL);
  }

  @Override
  void childEnded() {
    if (exit != null) {
      signal();
    }
  }

  /** Lets this thread run what is queued on its lane for what it waits for. */
  void joinAwaited() {
    CompletionStage<?> awaited = stage;
    if (awaited instanceof BlockingCall<?> call && call.isQueued()) {
      Joins.join(call, this); // the usual case
    } else if (awaited != null) {
      Awaited.byStages(awaited, call -> Joins.join(call, this));
    }
  }

  /** Null if the function has not returned a stage. */
  @Override
  @Nullable CompletionStage<? extends R> awaitedStage() {
    return stage;
  }

  @Override
  Thread thread() {
    return thread;
  }

  @Override
  String who() {
    return "thread '" + threadName() + "'";
  }

  @Nullable BlockingCall<?> body() {
    return body;
  }

  /** Whether a call is queued on an executor whose thread this frame blocks; the owner's. */
  boolean keepsExecutorFrom(BlockingCall<?> call) {
    Object executor = call.isQueued() ? call.queuedOn() : null;
    for (BlockingCall<?> blocked = body; blocked != null; blocked = blocked.outer()) {
      if (executor != null && executor == blocked.queuedOn()) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean isForEver() {
    return exit == null
        && deadline == null
        && !isDone()
        && !thread.isInterrupted()
        && !mayBeCancelled();
  }

  /** Whether this thread has something to do. */
  boolean hasWork(Lane queue) {
    return looksAgain || queue.hasLoopTasks();
  }

  @Override
  long since() {
    return since;
  }

  @Override
  void lookNow() {
    LongWait watch = longWait;
    if (watch != null) {
      watch.ask();
    }
  }

  /** The frame waits for more than before: what is queued already may now concern it. */
  void lookAgain() {
    looksAgain = true;
    signal();
  }

  @Nullable Object scannedTo(int removals) {
    boolean again = looksAgain;
    looksAgain = false; // before looking: a join from now on makes it look once more
    return again || scannedAt != removals ? null : scanned;
  }

  void scanned(@Nullable Object last, int removals) {
    scanned = last;
    scannedAt = removals;
  }

  void signal() {
    Lane queue = lane;
    if (queue != null) {
      queue.signal();
    }
  }

  @Nullable Lane laneOrNull() {
    return lane;
  }

  /** The lane, made now if this is the first who needs it. */
  Lane lane() {
    Lane existing = lane;
    if (existing == null) {
      LANE.compareAndSet(this, null, Lane.of(thread));
      existing = lane;
    }
    if (existing == null) {
      throw new AssertionError("the lane was just made");
    }
    return existing;
  }

  /** Returns the loop that the async function of this call runs on. */
  @Override
  public Delivery delivery() {
    return target != null ? target : loop();
  }

  /** The loop that this thread is while it drives, made now if this is the first who asks. */
  CallerLoop loop() {
    CallerLoop existing = loop;
    if (existing == null) {
      LOOP.compareAndSet(this, null, loops.apply(this));
      existing = loop;
      if (existing == null) {
        throw new AssertionError("the loop was just made");
      }
      if (!functionRuns) {
        existing.functionEnded(); // Guard against race with a function that ended meanwhile.
      }
    }
    return existing;
  }

  private void functionEnded() {
    functionRuns = false;
    CallerLoop existing = loop;
    if (existing != null) {
      existing.functionEnded();
    }
  }

  boolean runLoopTasks(CallerFrame<?> top) {
    CallerLoop existing = loop;
    return existing != null && existing.runTasks(top);
  }

  boolean hasLoopTasks() {
    CallerLoop existing = loop;
    return existing != null && existing.hasTasks();
  }

  void loopLeft() {
    CallerLoop existing = loop;
    if (existing != null) {
      existing.dispatchIfAny();
    }
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(CallerFrame.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }
}
