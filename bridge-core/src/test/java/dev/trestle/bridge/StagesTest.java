package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Several stages as one, which a blocked thread sees through. */
class StagesTest {
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync home = SyncToAsync.threadSensitive(scope);
  private final CompletableFuture<String> never = new CompletableFuture<>();

  @Test
  void allHasTheValuesInTheOrderOfTheStages() {
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<List<String>> all =
        Stages.all(late, SyncToAsync.concurrent().call(() -> "second"), completed(null));
    assertThat(all).isNotDone();
    late.complete("first");
    assertThat(Patience.result(all)).containsExactly("first", "second", null);
    assertThat(Patience.result(Stages.all(List.of()))).isEmpty();
  }

  @Test
  void allWaitsForAllAndFailsAsTheFirstInOrder() {
    IllegalStateException first = new IllegalStateException("first");
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<List<String>> all =
        Stages.all(
            completed("value"), late, CompletableFuture.failedFuture(new Error("came earlier")));
    assertThat(all).isNotDone();
    late.completeExceptionally(first);
    assertThat(Patience.failure(all)).isSameAs(first);
  }

  @Test
  void anyIsTheFirstThatIsDone() {
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> any = Stages.any(never, second);
    second.complete("second");
    assertThat(Patience.result(any)).isEqualTo("second");
    IllegalStateException failure = new IllegalStateException("failed");
    assertThat(Patience.failure(Stages.any(never, CompletableFuture.failedFuture(failure))))
        .isSameAs(failure);
  }

  @Test
  void anyOfNothingIsRefused() {
    assertThatThrownBy(() -> Stages.any(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  // 18 ★
  @Test
  void aThreadThatWaitsForAllRunsWhatIsQueuedOnIt() {
    assertThat(
            Patience.result(
                home.call(
                    () -> {
                      CompletableFuture<Integer> one = home.call(() -> 1);
                      CompletableFuture<Integer> two = home.call(() -> 2);
                      return AsyncToSync.create().call(() -> Stages.all(one, two));
                    })))
        .containsExactly(1, 2);
  }

  // 19 ★
  @Test
  void aDeadlockIsFoundThroughAll() {
    CompletableFuture<CompletableFuture<String>> own = new CompletableFuture<>();
    CompletableFuture<String> call =
        home.call(
            () -> {
              CompletableFuture<String> itself = Patience.result(own);
              return Stages.all(completed("value"), itself).join().get(0);
            });
    own.complete(call);
    assertThat(Patience.failure(call)).isInstanceOf(BridgeDeadlockException.class);
  }

  // 20
  @Test
  void anAnyOfWhichOneIsStuckIsNoProof() {
    CompletableFuture<CompletableFuture<String>> own = new CompletableFuture<>();
    CompletableFuture<String> open = new CompletableFuture<>();
    CompletableFuture<String> call =
        home.call(
            () -> {
              return Stages.any(Patience.result(own), open).join();
            });
    own.complete(call);
    await().pollDelay(Duration.ofMillis(150)).until(() -> true); // it looks a few times
    open.complete("opened");
    assertThat(Patience.result(call)).isEqualTo("opened");
  }

  private static CompletableFuture<String> completed(String value) {
    return CompletableFuture.completedFuture(value);
  }
}
