package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.CallerFrame;
import dev.trestle.threadsensitive.LoopTask;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop with a thread of its own, for programs that have no other, and for tests.
 *
 * <pre>{@code
 * try (EventLoopThread loop = EventLoopThread.start("orders")) {
 *   AsyncToSync.on(loop).call(() -> client.fetch(id));
 * }
 * }</pre>
 */
public final class EventLoopThread implements EventLoop, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventLoopThread.class);
  private static final ThreadLocal<@Nullable EventLoopThread> CURRENT = new ThreadLocal<>();

  private final String name;
  private final ThreadSensitiveExecutor executor;
  private final Set<CallerFrame<?>> waiting = ConcurrentHashMap.newKeySet();
  private final Set<LoopTask<?>> tasks = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private EventLoopThread(String name) {
    this.name = name;
    this.executor = ThreadSensitiveExecutor.eventLoop(name, this::abandonWaiting);
  }

  /**
   * Starts an event loop.
   *
   * @param name the name of its thread, a daemon
   * @return the loop, to be closed by whoever started it
   */
  public static EventLoopThread start(String name) {
    EventLoopThread loop = new EventLoopThread(Objects.requireNonNull(name, "name"));
    loop.executor.execute(() -> CURRENT.set(loop));
    return loop;
  }

  private void abandonWaiting() {
    for (CallerFrame<?> caller : waiting) {
      String left = "thread '" + caller.threadName() + "' still waited for a result";
      log.warn("{} was closed while {}", this, left);
      caller.abandon(
          new BridgeException(
              this
                  + " was closed while "
                  + left
                  + "; end what waits for a loop before closing it"));
    }
  }

  static @Nullable EventLoopThread currentOrNull() {
    return CURRENT.get();
  }

  /**
   * {@inheritDoc}
   *
   * <p><b>Context.</b> The task runs in the context of the thread that queues it; what it sets does
   * not reach the next task. What it throws is logged.
   */
  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      throw new RejectedExecutionException(this + " is closed and did not accept a task", e);
    }
  }

  @Override
  public void waitBegins(CallerFrame<?> caller) {
    waiting.add(caller);
  }

  @Override
  public void waitEnds(CallerFrame<?> caller) {
    waiting.remove(caller);
  }

  @Override
  public void taskBegins(LoopTask<?> task) {
    tasks.add(task);
    if (closed) {
      abandon(task); // Guard against race with close, which may not have seen it.
    }
  }

  @Override
  public void taskEnds(LoopTask<?> task) {
    tasks.remove(task);
  }

  private void abandon(LoopTask<?> task) {
    task.abandon(
        new BridgeException(
            this + " was closed while a task waited; end the tasks of a loop before closing it"));
  }

  @Override
  public boolean isCurrent() {
    return CURRENT.get() == this;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  /**
   * Refuses further tasks, and waits until those already queued are done. Then a thread that is
   * still blocked in a call of {@link AsyncToSync} to this loop gets a {@link BridgeException}. A
   * task that waits gets one first, and has a last turn to clean up.
   *
   * <p><b>Threads.</b> On an event loop, its own or another, this returns at once; {@link
   * #closeAsync} tells the end. If the waiting thread is interrupted, this returns early with the
   * flag set, and the closing goes on.
   */
  @Override
  public void close() {
    beginClosing();
    executor.close();
  }

  /** Whatever waits has its last turn before the executor refuses it. */
  private void beginClosing() {
    closed = true;
    tasks.forEach(this::abandon);
  }

  /**
   * Refuses further tasks, without waiting for those already queued.
   *
   * @return completes when they are done
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    beginClosing();
    return executor.closeAsync();
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return "event loop '" + name + "'";
  }
}
