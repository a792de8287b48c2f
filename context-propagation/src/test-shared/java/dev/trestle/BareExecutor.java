package dev.trestle;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thread that runs tasks and, unlike the JDK's pools, leaves its interrupt flag to them. */
public final class BareExecutor implements Executor, AutoCloseable {
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Starts the thread. */
  public BareExecutor() {
    Thread thread =
        new Thread(
            () -> {
              while (!closed.get()) {
                Runnable task = tasks.poll(); // take() would be interrupted
                if (task == null) {
                  Thread.yield();
                } else {
                  task.run();
                }
              }
            },
            "bare");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs a task that takes the interrupt flag, and tells whether it was set. */
  public boolean takeInterrupt() {
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    execute(() -> flag.complete(Thread.interrupted()));
    return Patience.result(flag);
  }

  /** Ends the thread after its current task. */
  @Override
  public void close() {
    closed.set(true);
  }
}
