package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.CheckedRunnable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 33 and 37: a shield keeps off the deadlines further out, not the call's own. */
class ShieldedDeadlineTest {
  private static final Duration NEAR = Duration.ofMillis(50);
  private static final Duration FAR = Duration.ofMinutes(10);

  private final Gate gate = new Gate();
  private final CompletableFuture<String> held = new CompletableFuture<>();
  private final CompletableFuture<Object> seen = new CompletableFuture<>();

  @AfterEach
  void letGo() {
    gate.open();
  }

  /** The time of a call is over while its body runs; a busy machine may start it too late. */
  private static void runOutOfTime(CheckedRunnable body) {
    AtomicBoolean begun = new AtomicBoolean();
    do {
      CompletableFuture<Void> outer =
          SyncToAsync.concurrent()
              .withTimeout(NEAR)
              .run(
                  () -> {
                    begun.set(true);
                    body.run();
                  });
      assertThat(Patience.failure(outer)).isInstanceOf(BridgeTimeoutException.class);
    } while (!begun.get());
  }

  private String passGate() {
    gate.pass();
    return "saved";
  }

  @Test
  void aBlockingCallOutlivesTheDeadlineOfTheCallerAbove() {
    CompletableFuture<CompletableFuture<String>> shielded = new CompletableFuture<>();
    Throwable thrown =
        Bystander.start(
                "caller",
                () ->
                    AsyncToSync.create()
                        .withTimeout(NEAR)
                        .call(
                            () -> {
                              shielded.complete(
                                  SyncToAsync.concurrent().shielded().call(this::passGate));
                              return new CompletableFuture<>();
                            }))
            .failure();
    assertThat(thrown).isInstanceOf(BridgeTimeoutException.class);
    assertThat(Patience.result(shielded)).isNotDone();
    gate.open();
    assertThat(Patience.result(Patience.result(shielded))).isEqualTo("saved");
  }

  @Test
  void aWaitOutlivesTheDeadlineOfTheCallAbove() {
    runOutOfTime(() -> seen.complete(AsyncToSync.create().shielded().call(() -> held)));
    assertThat(held).isNotDone();
    held.complete("saved");
    assertThat(Patience.result(seen)).isEqualTo("saved");
  }

  @Test
  void whatIsCalledInAShieldOutlivesItToo() {
    runOutOfTime(
        () ->
            seen.complete(
                AsyncToSync.create()
                    .shielded()
                    .call(
                        () ->
                            SyncToAsync.concurrent()
                                .call(() -> AsyncToSync.create().call(() -> held)))));
    assertThat(held).isNotDone();
    held.complete("saved");
    assertThat(Patience.result(seen)).isEqualTo("saved");
  }

  @Test
  void aBlockingCallKeepsItsOwn() {
    Throwable thrown =
        catchThrowable(
            () ->
                AsyncToSync.create()
                    .withTimeout(FAR)
                    .call(
                        () ->
                            SyncToAsync.concurrent()
                                .shielded()
                                .withTimeout(NEAR)
                                .call(this::passGate)));
    assertThat(thrown)
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.05S")
        .hasMessageNotContaining("further out");
  }

  @Test
  void aWaitKeepsItsOwn() {
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .withTimeout(FAR)
            .run(
                () ->
                    seen.complete(
                        catchThrowable(
                            () ->
                                AsyncToSync.create()
                                    .shielded()
                                    .withTimeout(NEAR)
                                    .call(() -> held))));
    Patience.result(outer);
    assertThat((Throwable) Patience.result(seen))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.05S")
        .hasMessageNotContaining("further out");
    assertThat(held).isCancelled();
  }

  @Test
  void anOwnDeadlineThatIsLongerThanTheOneFurtherOutCounts() {
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .withTimeout(NEAR)
            .run(
                () ->
                    seen.complete(
                        AsyncToSync.create().shielded().withTimeout(FAR).call(() -> held)));
    assertThat(Patience.failure(outer)).isInstanceOf(BridgeTimeoutException.class);
    held.complete("saved");
    assertThat(Patience.result(seen)).isEqualTo("saved");
  }
}
