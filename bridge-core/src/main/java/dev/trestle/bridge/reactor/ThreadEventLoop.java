package dev.trestle.bridge.reactor;

import dev.trestle.bridge.EventLoop;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** The one thread of an executor that a scheduler of Reactor's has. */
record ThreadEventLoop(ScheduledThreadPoolExecutor executor, Thread thread) implements EventLoop {
  private static final ThreadLocal<@Nullable ThreadEventLoop> OF_THREAD = new ThreadLocal<>();

  static @Nullable EventLoop ofThisThreadOrNull() {
    return OF_THREAD.get();
  }

  /** Lets the threads that an executor of a new scheduler is going to have know where they are. */
  static ScheduledExecutorService recognised(
      Scheduler scheduler, ScheduledExecutorService executor) {
    // Another decorator may have come first, whose executor cannot be looked into.
    if (executor instanceof ScheduledThreadPoolExecutor pool && pool.getCorePoolSize() == 1) {
      ThreadFactory factory = pool.getThreadFactory();
      if (!(factory instanceof Telling)) { // one executor may serve any number of schedulers
        pool.setThreadFactory(new Telling(factory, pool));
      }
    }
    return executor;
  }

  /** Tells each new thread where it is. */
  private record Telling(ThreadFactory factory, ScheduledThreadPoolExecutor pool)
      implements ThreadFactory {
    @Override
    public @Nullable Thread newThread(Runnable body) {
      return factory.newThread(
          () -> {
            OF_THREAD.set(new ThreadEventLoop(pool, Thread.currentThread()));
            body.run();
          });
    }
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public boolean isClosed() {
    return executor.isShutdown();
  }

  @Override
  public String toString() {
    return "event loop '" + thread.getName() + "'";
  }

  /** The executor would say nothing of what a task throws; Reactor's handler logs it. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }
}
