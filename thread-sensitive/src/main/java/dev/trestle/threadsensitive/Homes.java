package dev.trestle.threadsensitive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which thread the thread-sensitive work of a call chain belongs on, and the threads for it.
 *
 * <p>System property, read once: {@code trestle.sharedThread} ({@code allow}); with {@code refuse}
 * a thread-sensitive call of a chain that has neither a scope nor a blocked caller fails, for
 * services in which every request is meant to have a home.
 */
final class Homes {
  private static final boolean REFUSE_SHARED =
      Settings.is("trestle.sharedThread", "refuse", "allow", false);
  private static final int IDLE_SECONDS = 10;

  /** Threads that scopes take and give back. */
  private static final Executor PLATFORM =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          platform());

  private static final Executor PREFERRED = VirtualThreads.PREFERRED ? virtual() : PLATFORM;

  private static final ServedLane SHARED =
      ServedLane.startedBy(serve -> daemon(serve, "trestle-shared").start(), "the shared thread");

  private Homes() {}

  static ServedLane forScope(boolean platform) {
    return ServedLane.startedBy(platform ? PLATFORM : PREFERRED, "thread-sensitive scope");
  }

  /** Queues a call where its chain belongs, or further out where that has gone. */
  static void submit(BlockingCall<?> call) {
    Object home = call.home;
    if (home instanceof ServedLane scope) {
      if (!scope.offer(call)) {
        call.refuse(scope.refusal());
      }
    } else if (home instanceof CallerFrame<?> frame) {
      if (!frame.offer(call)) {
        submitOutward(call, frame);
      }
    } else {
      submitShared(call);
    }
  }

  /** The lane that the current thread is the owner of: the home of a chain, else what it serves. */
  static @Nullable Lane laneOn(Thread thread, @Nullable Object home) {
    Lane lane =
        home instanceof ServedLane scope
            ? scope
            : home instanceof CallerFrame<?> frame ? frame.laneOrNull() : SHARED;
    return lane != null && lane.isOwner(thread) ? lane : Lane.served();
  }

  /** Queues a call whose home has gone where its chain still waits, else on the shared thread. */
  static void submitOutward(BlockingCall<?> call, CallerFrame<?> gone) {
    if (gone.wasLeft()) {
      refuseLeft(call, gone);
      return;
    }
    Deque<CallerFrame<?>> outermostFirst = new ArrayDeque<>();
    for (Call<?> above = call.parent(); above != null; above = above.parent()) {
      if (above instanceof CallerFrame<?> frame && frame != gone) {
        outermostFirst.push(frame);
      }
    }
    for (CallerFrame<?> frame : outermostFirst) {
      // A frame further in that is leaving hands it on, after what it has; one further out may be
      // handing on to the one that has gone.
      boolean mayTake = frame.nesting() > gone.nesting() || !frame.hasReturned();
      if (mayTake && frame.offer(call)) {
        return;
      }
    }
    for (CallerFrame<?> frame : outermostFirst) {
      if (frame.wasLeft()) {
        refuseLeft(call, frame);
        return;
      }
    }
    submitShared(call);
  }

  private static void refuseLeft(BlockingCall<?> call, CallerFrame<?> left) {
    call.refuse(
        new BridgeException(
            "the thread-sensitive work of this call belongs on thread '"
                + left.threadName()
                + "', which has left the call: it timed out, was cancelled or interrupted, or would have"
                + " waited for ever;"
                + " such work is not moved to another thread"));
  }

  private static void submitShared(BlockingCall<?> call) {
    if (REFUSE_SHARED) {
      call.refuse(
          new BridgeException(
              "a thread-sensitive call was made on thread '"
                  + Thread.currentThread().getName()
                  + "' where its chain has no home, and trestle.sharedThread is 'refuse'; make it"
                  + " within ThreadSensitiveScope.around or run, or give the scope"));
    } else if (!SHARED.offer(call)) {
      throw new AssertionError("the shared thread is never closed");
    }
  }

  static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(null, body, name, 0, false); // inherits no thread-locals
    thread.setDaemon(true);
    return thread;
  }

  private static ThreadFactory platform() {
    AtomicLong last = new AtomicLong();
    return body -> daemon(body, "trestle-home-" + last.incrementAndGet());
  }

  private static Executor virtual() {
    ThreadFactory threads = VirtualThreads.numbered("trestle-home-");
    return body -> threads.newThread(body).start();
  }
}
