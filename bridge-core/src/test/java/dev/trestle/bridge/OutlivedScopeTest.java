package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A context that was captured in a scope stays there when the body of the scope has ended. */
class OutlivedScopeTest {
  private final AtomicReference<Thread> ranOn = new AtomicReference<>();

  // 10 ★
  @Test
  void callInTheContextOfAScopeThatIsStillOpenRunsOnItsThread() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      Thread home = Patience.result(SyncToAsync.threadSensitive(scope).call(Thread::currentThread));
      Context inside = scope.run(Context::capture);
      assertThat(
              Patience.result(
                  inside.call(() -> SyncToAsync.threadSensitive().call(Thread::currentThread))))
          .isSameAs(home);
    }
  }

  // 15
  @Test
  void ambientCallInAClosedScopeFailsAndGetsNoOtherThread() throws Exception {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    Context inside = scope.run(Context::capture);
    scope.close();
    assertRefused(inside.call(() -> SyncToAsync.threadSensitive().run(this::run)));
  }

  // 15
  @Test
  void callAfterTheStageOfAroundHasCompletedIsRefused() throws Exception {
    AtomicReference<Context> inside = new AtomicReference<>();
    Patience.result(
        ThreadSensitiveScope.around(
            () -> {
              inside.set(Context.capture());
              return SyncToAsync.threadSensitive().run(() -> {});
            }));
    assertRefused(inside.get().call(() -> SyncToAsync.threadSensitive().run(this::run)));
  }

  private void run() {
    ranOn.set(Thread.currentThread());
  }

  private void assertRefused(CompletableFuture<?> call) throws Exception {
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("closed");
    assertThat(ranOn).hasNullValue();
  }
}
