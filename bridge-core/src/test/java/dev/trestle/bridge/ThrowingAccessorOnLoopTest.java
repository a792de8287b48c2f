package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.FakeThreadLocal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ThrowingAccessorOnLoopTest {
  @Test
  void anAccessorThatThrowsOnTheLoopFailsTheWaitAndTheLoopGoesOn() { // 22, 29
    IllegalStateException failure = new IllegalStateException("the accessor");
    try (FakeThreadLocal bad = FakeThreadLocal.register("trestle.test.bad");
        EventLoopThread loop = EventLoopThread.start("loop")) {
      Bystander<String> caller =
          Bystander.start(
              "caller",
              () -> {
                bad.put("request");
                bad.failSet(failure);
                return AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture(""));
              });
      assertThat(caller.failure()).isSameAs(failure);
      bad.failSet(null);
      assertThat(AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture("next")))
          .isEqualTo("next");
    }
  }
}
