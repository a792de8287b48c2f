package dev.trestle.bridge;

import static dev.trestle.bridge.CancelAroundTest.assertGivenBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** 33: the stage of a cancelled scope is cancelled also when it is derived from a call. */
class CancelAroundDerivedStageTest {
  private final CompletableFuture<Void> never = new CompletableFuture<>();
  private final CompletableFuture<Thread> home = new CompletableFuture<>();
  private CompletableFuture<Void> stage;

  @Test
  void afterThatCallHasEnded() {
    CompletableFuture<Void> result =
        ThreadSensitiveScope.around(
            () -> {
              stage =
                  SyncToAsync.threadSensitive()
                      .call(Thread::currentThread)
                      .thenAccept(home::complete)
                      .thenCompose(x -> never);
              return stage;
            });
    Thread thread = Patience.result(home);
    assertThat(result.cancel(true)).isTrue();
    Patience.end(stage);
    assertThat(stage).isCancelled();
    assertGivenBack(thread);
  }
}
