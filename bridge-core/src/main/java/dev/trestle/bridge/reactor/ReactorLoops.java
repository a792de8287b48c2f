package dev.trestle.bridge.reactor;

import dev.trestle.bridge.EventLoop;
import java.util.Objects;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's schedulers as event loops. */
public final class ReactorLoops {
  private static final String KEY = "dev.trestle";

  private ReactorLoops() {}

  /**
   * Lets a call that is made on a non-blocking thread of Reactor's be delivered back on that very
   * thread, for each scheduler that is made from now on. The first bridge call does so by itself:
   * this is for programs in which Reactor has work before that, and belongs at their start.
   *
   * <p><b>Threads.</b> It starts none, and may be called any number of times.
   */
  public static void install() {
    Schedulers.addExecutorServiceDecorator(KEY, ThreadEventLoop::recognised);
  }

  /**
   * Makes an event loop of a scheduler, to be named where there is none to be found: {@code
   * AsyncToSync.on(loop)}, {@code SyncToAsync.completingOn(loop)}.
   *
   * <p><b>Threads.</b> It is one worker of the scheduler, so it runs one task at a time, in order,
   * on a thread that the scheduler chooses. To calls made from its tasks it is the current loop.
   * With {@code fromExecutor} and the like this holds only if the executor has one thread, or with
   * the scheduler's trampoline. A worker of {@code boundedElastic()} keeps its thread for as long
   * as the scheduler lives.
   *
   * @param scheduler where tasks run
   * @return a new event loop, closed when the scheduler is disposed of
   * @throws IllegalArgumentException if it is {@code Schedulers.immediate()}, which is no place
   */
  public static EventLoop on(Scheduler scheduler) {
    Objects.requireNonNull(scheduler, "scheduler");
    if (scheduler == Schedulers.immediate()) {
      throw new IllegalArgumentException(
          "Schedulers.immediate() runs each task in place, on whichever thread comes, and so cannot"
              + " be an event loop; give a scheduler with threads, such as Schedulers.single()");
    }
    return new WorkerEventLoop(scheduler, scheduler.toString());
  }
}
