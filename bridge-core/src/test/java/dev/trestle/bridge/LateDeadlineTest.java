package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** 37: what a deadline does does not hang on the timer, which may be late. */
class LateDeadlineTest {
  private static final Duration NEAR = Duration.ofMillis(40);
  private static final Duration FAR = Duration.ofMinutes(10);

  private final List<Throwable> detached = new CopyOnWriteArrayList<>();

  private final IllegalStateException failure = new IllegalStateException("the body's");
  private final SyncToAsync blocking =
      SyncToAsync.concurrent().withTimeout(NEAR).withDetachedFailures(detached::add);

  private static void awaitDeadline(long start) {
    await().pollDelay(Duration.ZERO).until(() -> System.nanoTime() - start > NEAR.toNanos());
  }

  private static ConditionFactory quickly() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
  }

  private CompletableFuture<String> outlastedBy(Callable<String> end) {
    return blocking.call(
        () -> {
          awaitDeadline(System.nanoTime());
          return end.call();
        });
  }

  private void assertTimedOut(CompletableFuture<String> call) {
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.04S");
  }

  @Test
  void aBodyThatEndsAfterItsDeadlineHasTimedOut() {
    assertTimedOut(outlastedBy(() -> "late"));
    assertThat(detached).isEmpty();
  }

  @Test
  void theFailureOfABodyThatEndsAfterItsDeadlineGoesToTheHandler() {
    assertTimedOut(
        outlastedBy(
            () -> {
              throw failure;
            }));
    await().untilAsserted(() -> assertThat(detached).containsExactly(failure));
  }

  @Test
  void aNestedWaitThatEndsByADeadlineFurtherOutNamesThatOne() {
    CompletableFuture<Throwable> inner = new CompletableFuture<>();
    var unused =
        blocking.run(
            () ->
                inner.complete(
                    catchThrowable(
                        () -> AsyncToSync.create().withTimeout(FAR).call(CompletableFuture::new))));
    assertThat(Patience.result(inner))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.04S")
        .hasMessageContaining("further out")
        .hasMessageNotContaining("PT10M");
  }

  @Test
  void aTimerThatComesWhileALateResultIsOnItsWayIsNoFailureOfTheBody() {
    for (int i = 0; i < 50; i++) {
      CompletableFuture<Runnable> delivery = new CompletableFuture<>();
      CompletableFuture<String> call =
          blocking
              .withTimeout(Duration.ofMillis(2))
              .completingOn(delivery::complete)
              .call(
                  () -> {
                    long start = System.nanoTime();
                    while (System.nanoTime() - start < 2_000_000) {
                      Thread.onSpinWait();
                    }
                    return "late";
                  });
      quickly().until(() -> call.isDone() || delivery.isDone());
      quickly().until(call::isDone); // the timer's, if not ours
      delivery.getNow(() -> {}).run();
    }
    assertThat(detached).isEmpty();
  }

  @Test
  void theMessageSaysWhatBecameOfTheBody() {
    Gate gate = new Gate();
    CompletableFuture<Void> running = blocking.run(gate::pass);
    String thread = gate.awaitReached().getName();
    assertThat(Patience.failure(running))
        .hasMessageEndingWith("cancelled, and its body still runs on thread '" + thread + "'");
    gate.open();
    assertThat(Patience.failure(SyncToAsync.on(task -> {}).withTimeout(NEAR).run(() -> {})))
        .hasMessageEndingWith("cancelled before it started");
  }
}
