package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 32: completing a call from outside gives it up, also when a supplier does so later. */
class CompleteAsyncTest {
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync inScope = SyncToAsync.threadSensitive(scope);
  private final Gate busy = new Gate();
  private final AtomicBoolean ran = new AtomicBoolean();
  private final IllegalStateException failure = new IllegalStateException("the supplier's");
  private final Supplier<String> failing =
      () -> {
        throw failure;
      };

  @BeforeEach
  void keepTheThreadBusy() {
    var unused = inScope.run(busy::pass);
    busy.awaitReached();
  }

  @AfterEach
  void close() {
    busy.open();
    scope.close();
  }

  private CompletableFuture<String> queued(CancelPolicy policy) {
    return inScope
        .withCancel(policy)
        .call(
            () -> {
              ran.set(true);
              return "the body's";
            });
  }

  private void assertTheBodyNeverRuns() {
    CompletableFuture<String> next = inScope.call(() -> "next");
    busy.open();
    assertThat(Patience.result(next)).isEqualTo("next");
    assertThat(ran).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theBodyOfAQueuedCallNeverRuns(CancelPolicy policy) {
    CompletableFuture<String> call = queued(policy);
    assertThat(call.completeAsync(() -> "the supplier's")).isSameAs(call);
    assertThat(Patience.result(call)).isEqualTo("the supplier's");
    assertTheBodyNeverRuns();
  }

  @ParameterizedTest
  @EnumSource
  void theBodyOfAQueuedCallNeverRunsIfAnExecutorAsksTheSupplier(CancelPolicy policy) {
    CompletableFuture<String> call = queued(policy);
    assertThat(call.completeAsync(() -> "the supplier's", Runnable::run)).isSameAs(call);
    assertThat(call).isCompletedWithValue("the supplier's");
    assertTheBodyNeverRuns();
  }

  @ParameterizedTest
  @EnumSource
  void theBodyOfAQueuedCallNeverRunsIfTheSupplierThrows(CancelPolicy policy) {
    CompletableFuture<String> call = queued(policy);
    call.completeAsync(failing);
    Patience.end(call);
    assertTheBodyNeverRuns();
  }

  @Test
  void aSupplierThatThrowsFailsTheCallAsInTheJdk() {
    Executor direct = Runnable::run;
    CompletableFuture<String> ours = queued(CancelPolicy.DETACH).completeAsync(failing, direct);
    CompletableFuture<String> theirs =
        new CompletableFuture<String>().completeAsync(failing, direct);
    assertSame(Patience.failure(ours), Patience.failure(theirs));
    assertSame(catchThrowable(ours::join), catchThrowable(theirs::join));
    assertSame(catchThrowable(ours::get), catchThrowable(theirs::get));
    assertSame(
        Patience.failure(ours.thenApply(x -> x)), Patience.failure(theirs.thenApply(x -> x)));
    assertThat(ours.isCancelled()).isEqualTo(theirs.isCancelled());
  }

  private void assertSame(Throwable ours, Throwable theirs) {
    assertThat(theirs).hasCause(failure);
    assertThat(ours).hasSameClassAs(theirs).hasMessage(theirs.getMessage());
    assertThat(ours.getCause()).isSameAs(failure);
  }

  @Test
  void aSupplierThatComesTooLateIsNotAsked() {
    CompletableFuture<String> call = queued(CancelPolicy.DETACH);
    busy.open();
    assertThat(Patience.result(call)).isEqualTo("the body's");
    call.completeAsync(failing, Runnable::run);
    assertThat(call).isCompletedWithValue("the body's");
  }
}
