package dev.trestle.threadsensitive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane with a thread of its own, which starts with the first item and ends when the lane has been
 * closed and is empty.
 */
final class ServedLane extends Lane {
  private static final Logger log = LoggerFactory.getLogger(ServedLane.class);

  private final String name;

  /** Runs {@link #serve} on a new thread. */
  private final Executor starter;

  /** The last that {@link #serve} runs. */
  private final Runnable atEnd;

  /** Whether this is an event loop, which nothing should hold for long. */
  private final boolean isLoop;

  private volatile boolean closing;

  /** Why the thread could not be made, the last time that it was tried. */
  private volatile @Nullable Throwable noThread;

  /** How many need the lane open; guarded by this. */
  private int holds = 1;

  private final CompletableFuture<@Nullable Void> terminated = new CompletableFuture<>();

  private ServedLane(String name, Executor starter, Runnable atEnd, boolean isLoop) {
    this.name = name;
    this.starter = starter;
    this.atEnd = atEnd;
    this.isLoop = isLoop;
  }

  /** A lane that gets a thread with its first item. */
  static ServedLane startedBy(Executor starter, String name) {
    return startedBy(starter, name, () -> {});
  }

  /** A lane that gets a thread with its first item, and runs something at the end of that. */
  static ServedLane startedBy(Executor starter, String name, Runnable atEnd) {
    return new ServedLane(name, starter, atEnd, false);
  }

  /** The lane of an event loop. */
  static ServedLane ofLoop(Executor starter, String name, Runnable atEnd) {
    return new ServedLane(name, starter, atEnd, true);
  }

  @Override
  boolean isCallers() {
    return false;
  }

  @Override
  BusyLanes watchers() {
    return isLoop ? BusyLanes.LOOPS : BusyLanes.HOMES;
  }

  // ---- its thread

  @Override
  boolean start() {
    noThread = null;
    try {
      starter.execute(this::serve);
      return true;
    } catch (Throwable e) {
      noThread = e;
      refuseAll(withoutThread(e));
      return false;
    }
  }

  private void refuseAll(BridgeException reason) {
    Object item = takeBack();
    while (item != null) {
      Object following = Task.next(item);
      if (item instanceof BlockingCall<?> call) {
        call.refuse(reason);
      } else if (following != null) { // the first is told by its refusal
        log.error("a task is lost", reason);
      }
      item = following;
    }
    if (closing) {
      var unused = close();
    }
  }

  /** Runs what is offered, in order, until the lane is closed and empty. */
  private void serve() {
    takeOver();
    int yields = 0;
    for (; ; ) {
      Object item = poll(null);
      if (item != null) {
        run(item);
        Thread.interrupted(); // a body must not interrupt the next
        yields = Yields.allowed();
      } else if (closing && closeIfEmpty()) {
        break;
      } else if (yields > 0) {
        yields = Yields.giveWay(yields);
      } else if (prepareToPark()) {
        if (!closing) {
          LockSupport.park(this);
        }
        afterPark();
        Thread.interrupted(); // one that came late was not meant for the next body
      }
    }
    new Task((Task.Own) atEnd::run).run();
    vacate();
    terminated.complete(null);
  }

  // ---- closing

  @Override
  boolean admits(Object item) {
    return !closing || isBelowRunning(item) || isWaitedFor(item) || isOfTask(item);
  }

  BridgeException refusal() {
    Throwable cause = noThread;
    return cause == null || closing
        ? new BridgeException(this + " is closed and did not accept a call")
        : withoutThread(cause);
  }

  private BridgeException withoutThread(Throwable cause) {
    return new BridgeException(this + " got no thread and did not accept a call", cause);
  }

  /** Keeps the lane from being closed by {@link #release}; false if it is closed. */
  synchronized boolean hold() {
    if (closing || holds == 0) {
      return false;
    }
    holds++;
    return true;
  }

  /** Closes the lane if nobody else holds it. */
  void release() {
    boolean last;
    synchronized (this) {
      holds--;
      last = holds == 0;
    }
    if (last) {
      var unused = close();
    }
  }

  boolean isClosing() {
    return closing;
  }

  /** Refuses what comes from outside, and ends the thread when the rest is done. */
  CompletableFuture<@Nullable Void> close() {
    closing = true;
    if (closeIfUnstarted()) {
      terminated.complete(null);
    } else {
      signal();
    }
    return terminated;
  }

  /** Whether an item was made by a body that runs on this lane. */
  private boolean isBelowRunning(Object item) {
    Thread thread = thread();
    if (thread == null) {
      return false;
    }
    for (Call<?> call = Task.callOf(item); call != null; call = call.parent()) {
      if (call != item && call instanceof BlockingCall<?> body && body.isRunningOn(thread)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an item is a turn of a task that has begun, or was made in one. */
  private static boolean isOfTask(Object item) {
    return Task.callOf(item) instanceof LoopTask<?> task && task.isUnderWay();
  }

  @Override
  public String toString() {
    return name;
  }
}
