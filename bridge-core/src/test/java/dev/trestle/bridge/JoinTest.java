package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * {@code join} and {@code get} of a call's future are waits of the bridge, and keep their contract.
 */
class JoinTest {
  private final Gate gate = new Gate();
  private final SyncToAsync concurrent = SyncToAsync.concurrent();

  private CompletableFuture<String> pending() {
    return concurrent.call(
        () -> {
          gate.pass();
          return "done";
        });
  }

  private void openSoon() {
    Bystander.run(
        "opens",
        () -> {
          gate.awaitReached();
          gate.open();
        });
  }

  @Test
  void joinAndGetWaitForTheResult() throws Exception {
    CompletableFuture<String> call = pending();
    openSoon();
    assertThat(call.join()).isEqualTo("done");
    assertThat(call.get()).isEqualTo("done");
    assertThat(call.get(1, TimeUnit.NANOSECONDS)).isEqualTo("done");
  }

  @Test
  void aFailureComesAsTheContractHasIt() {
    IllegalStateException failure = new IllegalStateException("the body's");
    CompletableFuture<String> call =
        concurrent.call(
            () -> {
              gate.pass();
              throw failure;
            });
    openSoon();
    assertThatThrownBy(call::join).isInstanceOf(CompletionException.class).hasCause(failure);
    assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class).hasCause(failure);
  }

  @Test
  void cancelledMeanwhileTheWaitSaysSo() {
    CompletableFuture<String> call = pending();
    Bystander<String> waits = Bystander.start("waits", call::join);
    waits.awaitParked();
    call.cancel(true);
    assertThat(waits.failure()).isInstanceOf(CancellationException.class);
    gate.open();
  }

  @Test
  void getEndsWithItsTimeAndLeavesTheCallAlone() throws Exception {
    CompletableFuture<String> call = pending();
    assertThatThrownBy(() -> call.get(30, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> call.get(0, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    openSoon();
    assertThat(call.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo("done");
  }

  @Test
  void getIsInterruptedAndLeavesTheCallAlone() {
    CompletableFuture<String> call = pending();
    Bystander<Boolean> waits =
        Bystander.start(
            "waits",
            () -> {
              assertThatThrownBy(call::get).isInstanceOf(InterruptedException.class);
              return Thread.interrupted();
            });
    waits.awaitParked();
    waits.thread().interrupt();
    assertThat(waits.result()).isFalse();
    gate.open();
    assertThat(Patience.result(call)).isEqualTo("done");
  }

  @Test
  void joinGoesOnWhenInterruptedAndSetsTheFlagAgain() {
    CompletableFuture<String> call = pending();
    Bystander<Boolean> waits =
        Bystander.start(
            "waits",
            () -> {
              assertThat(call.join()).isEqualTo("done");
              return Thread.interrupted();
            });
    waits.awaitParked();
    waits.thread().interrupt();
    openSoon();
    assertThat(waits.result()).isTrue();
  }

  @Test
  void aWaitOnALoopIsRefused() throws Exception {
    CompletableFuture<String> call = pending();
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      Throwable thrown = Loops.compute(loop, () -> catchThrowable(call::join));
      assertThat(thrown)
          .isInstanceOf(BridgeDeadlockException.class)
          .hasMessage(
              "a future was waited for on the thread of event loop 'L', which would block that"
                  + " loop; register a dependent with it instead");
      gate.open();
      Patience.end(call);
      assertThat(Loops.compute(loop, call::join)).isEqualTo("done");
    }
  }

  @Test
  void aWaitInABodyEndsWithItsCall() {
    CompletableFuture<String> foreign = pending();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> call =
        concurrent.call(
            () -> {
              begun.countDown();
              return thrown.complete(catchThrowable(foreign::join));
            });
    Patience.await(begun);
    call.cancel(true);
    assertThat(Patience.result(thrown)).isInstanceOf(CancellationException.class);
    gate.open();
    assertThat(Patience.result(foreign)).isEqualTo("done");
  }

  @Test
  void aWaitInABodyEndsWithTheDeadlineOfItsCall() {
    CompletableFuture<String> foreign = pending();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Boolean> call =
        concurrent
            .withTimeout(Duration.ofMillis(50))
            .call(() -> thrown.complete(catchThrowable(foreign::join)));
    assertThat(Patience.failure(call)).isInstanceOf(BridgeTimeoutException.class);
    assertThat(Patience.result(thrown))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.05S");
    gate.open();
    assertThat(Patience.result(foreign)).isEqualTo("done");
  }

  @Test
  void workersOfAForkJoinPoolAreReplacedWhileTheyWait() {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      CompletableFuture<String> call = pending();
      CompletableFuture<String> waits = CompletableFuture.supplyAsync(call::join, pool);
      gate.awaitReached();
      CompletableFuture<Void> opens = CompletableFuture.runAsync(gate::open, pool);
      Patience.result(opens);
      assertThat(Patience.result(waits)).isEqualTo("done");
    } finally {
      pool.shutdownNow();
    }
  }
}
