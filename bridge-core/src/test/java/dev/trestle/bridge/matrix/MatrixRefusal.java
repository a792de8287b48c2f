package dev.trestle.bridge.matrix;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.Tasks;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What a level is told that goes the wrong way.
 *
 * @param type the very class of the exception
 * @param begins how its message begins
 */
record MatrixRefusal(Class<? extends BridgeException> type, String begins) {
  static MatrixRefusal of(MatrixLevel level, EventLoop loop) {
    return switch (level.way()) {
      case CREATE, ON_NEXT, ON_OWN ->
          deadlock("AsyncToSync was called on the thread of " + loop + ", which would block");
      case AWAIT -> deadlock("await was called in a callback on " + loop + ", which would block");
      case JOIN, GET, TIMED_GET ->
          deadlock("a future was waited for on the thread of " + loop + ", which would block");
      case RETURN ->
          new MatrixRefusal(
              BridgeException.class,
              level.colour().isBlocking()
                  ? "the blocking task returned a "
                  : "the task returned a ");
    };
  }

  private static MatrixRefusal deadlock(String begins) {
    return new MatrixRefusal(BridgeDeadlockException.class, begins);
  }

  /** Waits in a way that is to be refused. */
  @SuppressWarnings("blocking-in-async") // what the bridge does about it
  static void tryToWait(
      Way way, CompletableFuture<Object> stage, EventLoop loop, EventLoop nextLoop) {
    Callable<CompletableFuture<Object>> never =
        () -> {
          throw new AssertionError("begun by a wait that is to be refused");
        };
    unchecked(
        () ->
            switch (way) {
              case CREATE -> AsyncToSync.create().call(never);
              case ON_NEXT -> AsyncToSync.on(nextLoop).call(never);
              case ON_OWN -> AsyncToSync.on(loop).call(never);
              case AWAIT -> Tasks.await(stage);
              case JOIN -> stage.join();
              case GET -> stage.get();
              case TIMED_GET -> stage.get(1, TimeUnit.DAYS);
              case RETURN -> throw new AssertionError("not a wait");
            });
  }

  /** Whether a failure is this one, taken out of what futures put around it. */
  boolean is(Throwable failure) {
    Throwable bare = failure;
    while ((bare instanceof CompletionException || bare instanceof ExecutionException)
        && bare.getCause() != null) {
      bare = bare.getCause();
    }
    return bare.getClass() == type && bare.getMessage().startsWith(begins);
  }

  static <R> R unchecked(Callable<R> body) {
    try {
      return body.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public String toString() {
    return type.getSimpleName() + ": " + begins + " ...";
  }
}
