package dev.trestle.threadsensitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue and the thread of one home. Any thread offers; one thread, the owner, takes, runs and
 * sleeps: in {@link CallerFrame} when it is blocked in a bridge call, in {@link ServedLane} when it
 * is idle.
 *
 * <p>The one field {@code inbox} decides every race between them. It is the newest of the offered
 * items, each linked to the one before, or one of four marks; the owner takes all at once and puts
 * them in order. An offer that replaces PARKED wakes the owner, one that replaces UNSTARTED starts
 * it, and one that finds CLOSED is refused, so no item is left in a queue that nobody looks at, and
 * no wake-up is lost.
 */
class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private static final Object UNSTARTED = new Object();
  private static final Object PARKED = new Object();
  private static final Object CLOSED = new Object();

  private static final VarHandle INBOX;

  static {
    try {
      INBOX = MethodHandles.lookup().findVarHandle(Lane.class, "inbox", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("inbox", e);
    }
  }

  /** The lane that the current thread looks after. */
  private static final ThreadLocal<@Nullable Lane> SERVED = new ThreadLocal<>();

  /** The task for whose turn the owner stands still; null if it does not. */
  private volatile @Nullable LoopTask<?> guest;

  /** Null while empty and awake. */
  private volatile @Nullable Object inbox;

  private volatile @Nullable Thread owner;

  /** Whether the owner is waiting in a bridge call, and not running a body. */
  private volatile boolean waiting;

  // The owner's: what it took from the inbox and has not run, oldest first.
  private @Nullable Object first;
  private @Nullable Object last;

  /** The innermost frame that waits on this lane and drives a loop; the owner's. */
  private @Nullable CallerFrame<?> driver;

  /** The innermost frame that waits on this lane, whose end the thread needs to go on. */
  private volatile @Nullable CallerFrame<?> top;

  /** How often the owner has gone to sleep; written by the owner before it does. */
  private volatile int parks;

  /** What the thread of a blocked caller looked after before; the owner's. */
  private @Nullable Lane servedBefore;

  /** How many items were taken out of the queue; written by the owner. */
  private volatile int removals;

  /** Whether the watchdog knows that the thread may be kept busy while others wait. */
  private volatile boolean watched;

  private Lane(@Nullable Thread owner, @Nullable Object inbox) {
    this.owner = owner;
    this.inbox = inbox;
  }

  /** A lane that gets its thread later, by {@link #start}. */
  Lane() {
    this(null, UNSTARTED);
  }

  /** A lane of a blocked caller, which looks after it until it is closed. */
  static Lane of(Thread caller) {
    return new Lane(caller, null);
  }

  /** A lane that takes nothing. */
  static Lane closed() {
    return new Lane(null, CLOSED);
  }

  /** Whether the owner is a blocked caller. */
  boolean isCallers() {
    return true;
  }

  /**
   * Whether an item may still be queued; false if the lane is closing and it comes from outside.
   */
  boolean admits(Object item) {
    return true;
  }

  /** Gets the lane its thread; false if there was none to be had, and what is queued is refused. */
  boolean start() {
    throw new AssertionError("a caller needs no thread");
  }

  /** Who watches how long the owner is busy while others wait. */
  BusyLanes watchers() {
    return BusyLanes.HOMES;
  }

  boolean isOwner(Thread thread) {
    return owner == thread && inbox != CLOSED;
  }

  /** Queues a call or a task; false if the lane is closed, or closing and it comes from outside. */
  boolean offer(Object item) {
    if (!admits(item)) {
      return false;
    }
    for (; ; ) {
      Object head = inbox;
      if (head == CLOSED) {
        return false;
      }
      Task.setNext(item, head == PARKED || head == UNSTARTED ? null : head);
      if (INBOX.compareAndSet(this, head, item)) {
        boolean body = item instanceof BlockingCall<?> call && !call.isDelivering();
        if (body) {
          ((BlockingCall<?>) item).queuedOn(this);
        }
        if (head == PARKED) {
          LockSupport.unpark(owner);
        } else if (head == UNSTARTED) {
          return start() || body; // which has been told by its refusal
        } else if (!watched && !(isCallers() && owner == Thread.currentThread())) {
          watched = true;
          watchers().watch(this);
        }
        return true;
      }
    }
  }

  /** Wakes the owner to look again at what it waits for. */
  void signal() {
    if (inbox == PARKED && INBOX.compareAndSet(this, PARKED, null)) {
      LockSupport.unpark(owner);
    }
  }

  boolean isWaiting() {
    return waiting;
  }

  /** How many items were taken out of the queue. */
  int removals() {
    return removals;
  }

  /** Whether something may be queued, as seen from outside. */
  boolean hasQueued() {
    Object head = inbox;
    return (head != null && head != PARKED && head != CLOSED && head != UNSTARTED) || first != null;
  }

  /** Has the watchdog forget this lane until it is busy again; false if it is. */
  boolean unwatchIfIdle() {
    watched = false;
    if (hasQueued() && !isAsleep()) {
      watched = true; // Guard against race with an offer that saw it watched.
    }
    return !watched;
  }

  /** The thread that looks after this lane; null if it has none. */
  @Nullable Thread thread() {
    return owner;
  }

  /** The thread whose code the owner runs, or stands still for; null if there is none. */
  @Nullable Thread worksFor() {
    LoopTask<?> task = guest;
    Thread thread = task == null ? null : task.threadOrNull();
    return thread == null ? owner : thread;
  }

  /** The owner stands still for the turn of a task; null when it goes on. */
  void standsStillFor(@Nullable LoopTask<?> task) {
    guest = task;
  }

  /** The thread by its name, for messages. */
  String threadName() {
    Thread thread = owner;
    return thread == null ? toString() : "thread '" + thread.getName() + "'";
  }

  /** The lane that the current thread looks after, or null. */
  static @Nullable Lane served() {
    return SERVED.get();
  }

  /** The innermost frame that waits on this lane, or waits for the body that now runs; or null. */
  @Nullable CallerFrame<?> top() {
    return top;
  }

  /** The frame that keeps the thread of this lane blocked; null if it is free, or runs a body. */
  @Nullable CallerFrame<?> blockedIn() {
    CallerFrame<?> innermost = top;
    return waiting ? innermost : null;
  }

  /** Tells one sleep of the owner from another; 0 if it is awake. */
  int sleep() {
    return inbox == PARKED ? parks : 0;
  }

  boolean isAsleep() {
    return inbox == PARKED;
  }

  // ---- the owner's side

  /** The current thread looks after this lane, and has no other. */
  final void takeOver() {
    owner = Thread.currentThread();
    SERVED.set(this);
  }

  /** The current thread looks after nothing any more. */
  final void vacate() {
    SERVED.remove();
    owner = null;
  }

  /** Closes the lane unless something is queued, or its owner sleeps. */
  final boolean closeIfEmpty() {
    return INBOX.compareAndSet(this, null, CLOSED);
  }

  /** Closes the lane if it never got a thread, and needs none. */
  final boolean closeIfUnstarted() {
    return INBOX.compareAndSet(this, UNSTARTED, CLOSED);
  }

  /**
   * The owner could not be started: takes the newest of what is queued; the next offer tries it
   * again.
   */
  final @Nullable Object takeBack() {
    return INBOX.getAndSet(this, UNSTARTED);
  }

  /** Takes the first item, or the first that belongs to a frame. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the owner writes it
  @Nullable Object poll(@Nullable CallerFrame<?> frame) {
    takeInbox();
    Object before = frame == null ? null : frame.scannedTo(removals);
    for (Object item = before == null ? first : Task.next(before);
        item != null;
        item = Task.next(item)) {
      if (frame == null || isRelevant(item, frame)) {
        unlink(before, item);
        removals = removals + 1;
        if (frame != null) {
          frame.scanned(before, removals);
        }
        return item;
      }
      before = item;
    }
    if (frame != null) {
      frame.scanned(before, removals);
    }
    return null;
  }

  /** Whether an item is queued; for the owner. */
  final boolean isQueuedHere(Object item) {
    takeInbox();
    Object queued = first;
    while (queued != null && queued != item) {
      queued = Task.next(queued);
    }
    return queued != null;
  }

  private void takeInbox() {
    Object head = inbox;
    if (head == null || head == PARKED || head == CLOSED) {
      return;
    }
    link(INBOX.getAndSet(this, null));
  }

  /** Appends what was in the inbox, which is newest first. */
  private void link(@Nullable Object newest) {
    Object oldest = null;
    for (Object item = newest; item != null; ) {
      Object before = Task.next(item);
      Task.setNext(item, oldest);
      oldest = item;
      item = before;
    }
    if (last == null) {
      first = oldest;
    } else {
      Task.setNext(last, oldest);
    }
    last = newest;
  }

  private void unlink(@Nullable Object before, Object item) {
    Object after = Task.next(item);
    if (before == null) {
      first = after;
    } else {
      Task.setNext(before, after);
    }
    if (after == null) {
      last = before;
    }
    Task.setNext(item, null);
  }

  /** Announces that the owner is about to sleep; false if there is something to look at. */
  boolean prepareToPark() {
    parks = Math.max(1, parks + 1);
    return INBOX.compareAndSet(this, null, PARKED);
  }

  void afterPark() {
    INBOX.compareAndSet(this, PARKED, null);
  }

  void run(Object item) {
    try {
      if (item instanceof BlockingCall<?> call) {
        call.runOn(this);
      } else {
        Task.run(item);
      }
    } catch (Throwable e) {
      log.error("{} could not complete a call", this, e);
    }
  }

  /** Runs a body while a frame waits: loops that the owner drives get a stand-in meanwhile. */
  void runInstead(Object item) {
    stopWaiting();
    try {
      run(item);
    } finally {
      waiting = true;
    }
  }

  /**
   * The body that runs instead is over, and the owner is about to look at the loops that it drives,
   * so that they need no stand-in for what its end brings.
   */
  void goesOnWaiting() {
    if (top != null) {
      waiting = true;
    }
  }

  /** A frame begins to wait on this lane. */
  void startWaiting(CallerFrame<?> frame) {
    if (top == null && isCallers()) {
      servedBefore = SERVED.get();
      SERVED.set(this);
    }
    frame.below = top;
    top = frame;
    waiting = true;
    if (frame.drives()) {
      frame.outerDriver = driver;
      driver = frame;
    }
  }

  /** A frame has ended; the owner goes back to the body that called it. */
  void endWaiting(CallerFrame<?> frame) {
    top = frame.below;
    if (top == null && isCallers()) {
      SERVED.set(servedBefore);
    }
    stopWaiting();
    if (driver == frame) {
      driver = frame.outerDriver;
    }
  }

  private void stopWaiting() {
    waiting = false;
    for (CallerFrame<?> frame = driver; frame != null; frame = frame.outerDriver) {
      frame.loopLeft();
    }
  }

  /** Runs tasks of the loops that the owner drives. */
  boolean runLoopTasks(CallerFrame<?> top) {
    boolean ran = false;
    for (CallerFrame<?> frame = driver; frame != null; frame = frame.outerDriver) {
      ran |= frame.runLoopTasks(top);
    }
    return ran;
  }

  boolean hasLoopTasks() {
    for (CallerFrame<?> frame = driver; frame != null; frame = frame.outerDriver) {
      if (frame.hasLoopTasks()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Closes the lane of a caller that goes; what is queued goes to the next home of its chain. Only
   * an empty lane is closed, so that no later call overtakes.
   */
  void leave(CallerFrame<?> frame) {
    do {
      for (Object item = poll(null); item != null; item = poll(null)) {
        Homes.submitOutward((BlockingCall<?>) item, frame);
      }
    } while (!closeIfEmpty());
  }

  /** Whether the owner waits for an item that was made elsewhere. */
  final boolean isWaitedFor(Object item) {
    CallerFrame<?> waits = top;
    return waits != null && isRelevant(item, waits);
  }

  private static boolean isRelevant(Object item, CallerFrame<?> frame) {
    Call<?> call = Task.callOf(item);
    return call != null && Joins.isRelevant(call, frame);
  }

  @Override
  public String toString() {
    Thread thread = owner;
    return thread == null ? "a caller that has gone" : thread.getName();
  }
}
