package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Gate;
import dev.trestle.Patience;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 31: what is over is forgotten, though something that is not over goes on. */
class KeptAliveTest {
  private final Gate gate = new Gate();
  private final SyncToAsync concurrent = SyncToAsync.concurrent();
  private final CompletableFuture<String> pending =
      concurrent.call(
          () -> {
            gate.pass();
            return "";
          });

  @AfterEach
  void open() {
    gate.open();
  }

  @Test
  void aFailedChainForgetsItsPast() {
    CompletableFuture<String> last =
        concurrent.call(
            () -> {
              throw new IllegalStateException("the first");
            });
    Patience.end(last);
    last = last.thenComposeAsync(CompletableFuture::completedFuture);
    Patience.end(last);
    WeakReference<CompletableFuture<String>> middle = new WeakReference<>(last);
    for (int i = 0; i < 3; i++) {
      last = last.thenCompose(CompletableFuture::completedFuture);
    }
    Patience.collected(middle);
    assertThat(last).isCompletedExceptionally();
  }

  /** What is in a body whose wait was over long ago. */
  private WeakReference<CompletableFuture<Integer>> waitedInVain() {
    CompletableFuture<Integer> request =
        concurrent.call(
            () -> {
              assertThat(catchThrowable(() -> pending.get(1, TimeUnit.MILLISECONDS)))
                  .isInstanceOf(TimeoutException.class);
              return 1;
            });
    assertThat(Patience.result(request)).isEqualTo(1);
    return new WeakReference<>(request);
  }

  @Test
  void aPendingFutureForgetsWhoWaitedForItInVain() {
    List<WeakReference<CompletableFuture<Integer>>> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(waitedInVain());
    }
    Patience.collected(requests.get(0));
  }

  @Test
  void aPendingFutureForgetsAnAnyThatIsDone() {
    CompletableFuture<String> any =
        Stages.any(pending, concurrent.call(() -> "quick")).thenApply(quick -> quick);
    assertThat(Patience.result(any)).isEqualTo("quick");
    WeakReference<CompletableFuture<String>> gone =
        new WeakReference<>(Stages.any(pending, concurrent.call(() -> "quick")));
    Patience.collected(gone);
  }
}
