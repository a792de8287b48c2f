package dev.trestle;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A plain thread that the library has never seen, and what its body did. */
public final class Bystander<T> {
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final Thread thread;

  private Bystander(String name, Callable<T> body) {
    thread =
        new Thread(
            () -> {
              try {
                outcome.complete(body.call());
              } catch (Throwable thrown) {
                outcome.completeExceptionally(thrown);
              }
            },
            name);
    thread.setDaemon(true);
  }

  /** Starts a thread. */
  public static <T> Bystander<T> start(String name, Callable<T> body) {
    Bystander<T> started = new Bystander<>(name, body);
    started.thread.start();
    return started;
  }

  /** Starts a thread for a body without a result. */
  public static Bystander<Void> run(String name, ThrowingRunnable body) {
    return start(
        name,
        () -> {
          body.run();
          return null;
        });
  }

  /** Starts a thread and waits for what its body returns. */
  public static <T> T call(Callable<T> body) {
    return start("plain", body).result();
  }

  /** Returns the thread. */
  public Thread thread() {
    return thread;
  }

  /** Waits for what the body returned. */
  public T result() {
    return Patience.result(outcome);
  }

  /** Waits for what the body threw. */
  public Throwable failure() {
    return Patience.failure(outcome);
  }

  /** Waits until the thread is parked. */
  public void awaitParked() {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(20, SECONDS)
        .until(
            () ->
                outcome.isDone()
                    || thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
    if (outcome.isDone()) {
      throw new AssertionError("the thread ended instead of waiting: " + outcome);
    }
  }

  /** A body without a result. */
  public interface ThrowingRunnable {
    void run() throws Exception;
  }
}
