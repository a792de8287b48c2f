package dev.trestle;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A platform thread that no library has seen before, for one body. */
public final class PlainThread<R> extends Thread {
  private final Callable<R> body;
  private final CompletableFuture<R> result = new CompletableFuture<>();

  private PlainThread(String name, Callable<R> body) {
    super(name);
    this.body = body;
    setDaemon(true);
  }

  public static <R> PlainThread<R> start(String name, Callable<R> body) {
    PlainThread<R> thread = new PlainThread<>(name, body);
    thread.start();
    return thread;
  }

  public static PlainThread<Void> run(String name, ThrowingRunnable body) {
    return start(
        name,
        () -> {
          body.run();
          return null;
        });
  }

  /** Starts a thread and waits for what its body returns or throws. */
  public static <R> R call(Callable<R> body) throws Exception {
    return start("plain", body).result();
  }

  @Override
  public void run() {
    try {
      result.complete(body.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** Waits for what the body returns or throws. */
  public R result() throws Exception {
    return Waiting.result(result);
  }

  /** A body without a result. */
  public interface ThrowingRunnable {
    void run() throws Exception;
  }
}
