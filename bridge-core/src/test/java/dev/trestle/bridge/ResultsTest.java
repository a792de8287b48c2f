package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** 41: null is a result like any other; a future where a value is expected is not. */
class ResultsTest {
  @Test
  void nullPassesInBothDirections() {
    assertThat(Patience.result(SyncToAsync.concurrent().<String>call(() -> null))).isNull();
    assertThat(AsyncToSync.create().<String>call(() -> CompletableFuture.completedFuture(null)))
        .isNull();
    assertThat(
            AsyncToSync.create().<String>call(() -> SyncToAsync.threadSensitive().call(() -> null)))
        .isNull();
    assertThat(Patience.result(SyncToAsync.concurrent().run(() -> {}))).isNull();
  }

  @Test
  @SuppressWarnings("null-future") // what the bridge says to it
  void aNullStageFailsWithWhatToReturnInstead() {
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> null))
        .isInstanceOf(BridgeException.class)
        .hasMessage(
            "the task returned null where a CompletionStage was expected; return"
                + " CompletableFuture.completedFuture(null) for no value");
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      assertThatThrownBy(() -> AsyncToSync.on(loop).call(() -> null))
          .isInstanceOf(BridgeException.class)
          .hasMessageStartingWith("the task returned null where a CompletionStage was expected;");
    }
  }

  @Test
  @SuppressWarnings("wrapped-async") // what the bridge says to it
  void aBlockingTaskThatReturnsAStageFailsWithWhatToDo() {
    CompletableFuture<Object> call =
        SyncToAsync.concurrent().call(() -> CompletableFuture.completedFuture("value"));
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("AsyncToSync");
  }

  @Test
  @SuppressWarnings("wrapped-async") // what the bridge says to it
  void aBlockingTaskThatReturnsAFutureFailsWithWhatToDo() {
    CompletableFuture<Object> call =
        SyncToAsync.threadSensitive().call(() -> new FutureTask<>(() -> "value"));
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("FutureTask");
  }

  @Test
  void wrapMakesOneCallEachTime() {
    var length = SyncToAsync.concurrent().<String, Integer>wrap(String::length);
    assertThat(Patience.result(length.apply("four"))).isEqualTo(4);
    assertThat(Patience.result(length.apply(""))).isZero();
    var doubled =
        AsyncToSync.create().<Integer, Integer>wrap(i -> CompletableFuture.completedFuture(2 * i));
    assertThat(doubled.apply(4)).isEqualTo(8);
    assertThat(doubled.apply(21)).isEqualTo(42);
  }
}
