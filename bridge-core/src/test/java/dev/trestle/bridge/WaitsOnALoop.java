package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Every way to wait, on a thread that must not. */
public final class WaitsOnALoop {
  private WaitsOnALoop() {}

  /**
   * Asserts that each is refused before anything has begun, whichever loop would complete what is
   * waited for, and that the loop is unharmed.
   */
  public static void assertRefused(Executor loop, String name) throws Exception {
    AtomicBoolean invoked = new AtomicBoolean();
    Gate held = new Gate();
    try (EventLoopThread other = EventLoopThread.start("another")) {
      Supplier<CompletableFuture<Void>> call = () -> SyncToAsync.concurrent().run(held::pass);
      List<CompletableFuture<Void>> futures =
          List.of(Loops.compute(other, call::get), on(loop, call));
      on(
          loop,
          () -> {
            for (AsyncToSync way : List.of(AsyncToSync.create(), AsyncToSync.on(other))) {
              assertRefusedHere(
                  name,
                  () ->
                      way.call(
                          () -> {
                            invoked.set(true);
                            return CompletableFuture.completedFuture(null);
                          }));
            }
            for (CompletableFuture<Void> future : futures) {
              assertRefusedHere(name, future::join);
              assertRefusedHere(name, future::get);
              assertRefusedHere(name, () -> future.get(1, TimeUnit.DAYS));
            }
            return null;
          });
      assertThat(invoked).isFalse();
      held.open();
      futures.forEach(Patience::result);
    } finally {
      held.open();
    }
    assertThat(Patience.result(on(loop, () -> SyncToAsync.threadSensitive().call(() -> 7))))
        .isEqualTo(7);
  }

  /** Runs code of a test on a loop and waits for its result. */
  public static <T> T on(Executor loop, Supplier<T> body) {
    return Patience.result(CompletableFuture.supplyAsync(body, loop));
  }

  private static void assertRefusedHere(String name, ThrowingCallable wait) {
    assertThatThrownBy(wait)
        .isInstanceOf(BridgeDeadlockException.class)
        .hasMessageContaining("on the thread of event loop '" + name + "'");
  }
}
