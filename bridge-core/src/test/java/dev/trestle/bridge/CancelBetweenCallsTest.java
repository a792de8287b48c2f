package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.CheckedRunnable;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 33: a cancel that finds a body between two nested calls is told to the next of them, once. */
class CancelBetweenCallsTest {
  private final AsyncToSync async = AsyncToSync.create();
  private final Gate between = new Gate();
  private final AtomicBoolean ran = new AtomicBoolean();

  private CompletionStage<String> run() {
    ran.set(true);
    return CompletableFuture.completedFuture("ran");
  }

  private String cleanUp() {
    return async.call(() -> SyncToAsync.concurrent().call(() -> "cleaned up"));
  }

  private String nextCallIsCancelled(AsyncToSync nested) {
    assertThatThrownBy(() -> nested.call(this::run)).isInstanceOf(CancellationException.class);
    return cleanUp();
  }

  /** Cancels a body that is between two nested calls, and returns what it then came to. */
  private String cancelledBetween(
      SyncToAsync blocking, CheckedRunnable first, Callable<String> then) {
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Void> call =
        blocking.run(
            () -> {
              try {
                first.run();
                between.pass();
                seen.complete(then.call());
              } catch (Throwable e) {
                seen.completeExceptionally(e);
              }
            });
    between.awaitReached();
    call.cancel(true);
    between.open();
    return Patience.result(seen);
  }

  private void earlier() {
    assertThat(async.call(this::run)).isEqualTo("ran");
    ran.set(false);
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "WAIT"})
  void theNextCallNeverRunsAndTheOneAfterDoes(CancelPolicy policy) {
    String end =
        cancelledBetween(
            SyncToAsync.concurrent().withCancel(policy),
            this::earlier,
            () -> nextCallIsCancelled(async));
    assertThat(end).isEqualTo("cleaned up");
    assertThat(ran).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "WAIT"})
  void theNextCallNeverRunsOnAnotherLoopEither(CancelPolicy policy) {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      String end =
          cancelledBetween(
              SyncToAsync.concurrent().withCancel(policy),
              this::earlier,
              () -> nextCallIsCancelled(AsyncToSync.on(loop)));
      assertThat(end).isEqualTo("cleaned up");
      assertThat(ran).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "WAIT"})
  void itIsToldToTheFirstCallOfABodyToo(CancelPolicy policy) {
    String end =
        cancelledBetween(
            SyncToAsync.concurrent().withCancel(policy),
            () -> {},
            () -> nextCallIsCancelled(async));
    assertThat(end).isEqualTo("cleaned up");
    assertThat(ran).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "WAIT"})
  void aShieldedCallIsNotTouchedAndDoesNotUseItUp(CancelPolicy policy) {
    String end =
        cancelledBetween(
            SyncToAsync.concurrent().withCancel(policy),
            this::earlier,
            () -> {
              assertThat(async.shielded().call(this::run)).isEqualTo("ran");
              assertThat(async.shielded().call(this::run)).isEqualTo("ran");
              ran.set(false);
              return nextCallIsCancelled(async);
            });
    assertThat(end).isEqualTo("cleaned up");
    assertThat(ran).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "WAIT"})
  void aCancelThatANestedCallWasToldOfIsNotToldAgain(CancelPolicy policy) {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(policy)
            .run(
                () -> {
                  try {
                    async.call(
                        () -> {
                          waiting.countDown();
                          return never;
                        });
                  } catch (CancellationException e) {
                    seen.complete(cleanUp());
                  }
                });
    Patience.await(waiting);
    call.cancel(true);
    assertThat(Patience.result(seen)).isEqualTo("cleaned up");
  }

  /** There INTERRUPT acts as DETACH: an interrupt of that thread is its owner's. */
  @Test
  void onACallersOwnThreadACancelWithInterruptIsToldInTheSameWay() {
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<Void>> started = new CompletableFuture<>();
    Bystander<String> caller =
        Bystander.start(
            "caller",
            () ->
                async.call(
                    () -> {
                      started.complete(
                          SyncToAsync.threadSensitive()
                              .withCancel(CancelPolicy.INTERRUPT)
                              .run(
                                  () -> {
                                    between.pass();
                                    seen.complete(nextCallIsCancelled(async));
                                  }));
                      return seen;
                    }));
    assertThat(between.awaitReached()).isSameAs(caller.thread());
    Patience.result(started).cancel(true);
    between.open();
    assertThat(caller.result()).isEqualTo("cleaned up");
    assertThat(ran).isFalse();
  }
}
