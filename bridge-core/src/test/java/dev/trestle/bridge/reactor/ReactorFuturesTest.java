package dev.trestle.bridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class ReactorFuturesTest {
  private final IOException failure = new IOException("told by the test");
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final Mono<String> never = Mono.<String>never().doOnCancel(cancelled::countDown);

  @Test
  void aStageHasTheValueOfItsMono() {
    assertThat(Patience.result(ReactorFutures.toStage(Mono.just("value")))).isEqualTo("value");
  }

  @Test
  void theStageOfAnEmptyMonoHasNull() {
    assertThat(Patience.result(ReactorFutures.<String>toStage(Mono.empty()))).isNull();
  }

  @Test
  void aStageFailsWithTheVeryExceptionOfItsMono() {
    assertThat(Patience.failure(ReactorFutures.toStage(Mono.error(failure)))).isSameAs(failure);
  }

  @Test
  void aPlainThreadWaitsForAMonoOnAnotherThread() {
    String result =
        AsyncToSync.create()
            .call(
                () ->
                    ReactorFutures.toStage(
                        Mono.delay(Duration.ofMillis(1), Schedulers.parallel())
                            .map(tick -> "fired")));

    assertThat(result).isEqualTo("fired");
  }

  @Test
  void dependentsOfAStageRunOnTheLoopThatMadeIt() throws Exception {
    Sinks.One<String> sink = Sinks.one();
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      CompletableFuture<Thread> dependent = new CompletableFuture<>();
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      loop.execute(
          () -> {
            thread.complete(Thread.currentThread());
            Patience.forward(
                ReactorFutures.toStage(sink.asMono()).thenApply(value -> Thread.currentThread()),
                dependent);
          });
      Patience.result(thread);

      sink.emitValue("value", Sinks.EmitFailureHandler.FAIL_FAST); // on the test's thread

      assertThat(Patience.result(dependent)).isSameAs(Patience.result(thread));
    }
  }

  @Test
  void cancellingAStageCancelsTheSubscriptionAtOnce() {
    assertThat(ReactorFutures.toStage(never).cancel(false)).isTrue();

    assertThat(cancelled.getCount()).isZero();
  }

  @Test
  void aStageThatIsCompletedFromOutsideCancelsTheSubscription() {
    CompletableFuture<String> stage = ReactorFutures.toStage(never);
    stage.complete("given up");

    assertThat(cancelled.getCount()).isZero();
    assertThat(Patience.result(stage)).isEqualTo("given up");
  }

  @Test
  void aStageThatTimesOutCancelsTheSubscription() {
    CompletableFuture<String> stage =
        ReactorFutures.toStage(never).orTimeout(1, TimeUnit.MILLISECONDS);

    Patience.end(stage);
    Patience.await(cancelled);
  }

  @Test
  void theSubscriptionIsCancelledWithTheCallThatWaitsForItsStage() {
    CountDownLatch made = new CountDownLatch(1);
    Bystander<String> caller =
        Bystander.start(
            "caller",
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          CompletableFuture<String> stage = ReactorFutures.toStage(never);
                          made.countDown();
                          return stage;
                        }));
    Patience.await(made);
    caller.thread().interrupt();

    assertThat(caller.failure()).isInstanceOf(BridgeInterruptedException.class);

    Patience.await(cancelled);
  }

  @Test
  void aMonoThatHasEndedIsNotCancelled() {
    assertThat(
            Patience.result(ReactorFutures.toStage(Mono.just(1).doOnCancel(cancelled::countDown))))
        .isEqualTo(1);

    assertThat(cancelled.getCount()).isEqualTo(1);
  }

  @Test
  void aMonoHasTheValueOfItsStage() {
    assertThat(ReactorFutures.toMono(CompletableFuture.completedFuture("value")).block())
        .isEqualTo("value");
    assertThat(
            ReactorFutures.<String>toMono(() -> SyncToAsync.concurrent().call(() -> "body"))
                .block())
        .isEqualTo("body");
  }

  @Test
  void theMonoOfAStageWithNullIsEmpty() {
    assertThat(
            ReactorFutures.toMono(CompletableFuture.completedFuture(null))
                .defaultIfEmpty("empty")
                .block())
        .isEqualTo("empty");
  }

  @Test
  void aMonoFailsWithTheExceptionAndNotWithAWrapperAroundIt() {
    CompletableFuture<String> dependent =
        CompletableFuture.<String>failedFuture(failure).thenApply(value -> value);

    assertThat(Patience.failure(ReactorFutures.toMono(dependent).toFuture())).isSameAs(failure);
    assertThat(Patience.failure(ReactorFutures.toMono(() -> dependent).toFuture()))
        .isSameAs(failure);
  }

  @Test
  void aMonoFailsWithWhatItsTaskThrows() {
    Mono<String> mono =
        ReactorFutures.toMono(
            () -> {
              throw failure;
            });

    assertThat(Patience.failure(mono.toFuture())).isSameAs(failure);
  }

  @Test
  void aTaskThatReturnsNoStageFailsItsMono() {
    CompletableFuture<String> none = null;

    assertThat(Patience.failure(ReactorFutures.toMono(() -> none).toFuture()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("returned null where a CompletionStage was expected");
  }

  @Test
  void aTaskIsCalledAnewForEachSubscriptionAndNotBefore() {
    AtomicInteger calls = new AtomicInteger();
    Mono<Integer> mono =
        ReactorFutures.toMono(() -> CompletableFuture.completedFuture(calls.incrementAndGet()));

    assertThat(calls).hasValue(0);
    assertThat(mono.block()).isEqualTo(1);
    assertThat(mono.block()).isEqualTo(2);
  }

  @Test
  void cancellingASubscriptionCancelsTheStageOfItsTask() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    Disposable subscription = ReactorFutures.toMono(() -> stage).subscribe();

    subscription.dispose();

    assertThat(stage).isCancelled();
  }

  @Test
  void cancellingASubscriptionCancelsTheBlockingCallOfItsTask() {
    Gate body = new Gate();
    CompletableFuture<CompletableFuture<Void>> call = new CompletableFuture<>();
    try {
      Disposable subscription =
          ReactorFutures.<Void>toMono(
                  () -> {
                    CompletableFuture<Void> made = SyncToAsync.concurrent().run(body::pass);
                    call.complete(made);
                    return made;
                  })
              .subscribe();
      body.awaitReached();
      subscription.dispose();

      assertThat(Patience.result(call)).isCancelled();
    } finally {
      body.open();
    }
  }

  @Test
  void aFailureThatOnlyACancelledSubscriptionHadIsReportedAsDropped() {
    CompletableFuture<String> cannotBeCancelled =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean interrupt) {
            return false;
          }
        };
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    CompletableFuture<String> ofOthers = new CompletableFuture<>();
    List<Throwable> dropped = new CopyOnWriteArrayList<>();
    Hooks.onErrorDropped(dropped::add);
    try {
      ReactorFutures.toMono(() -> cancelled).subscribe().dispose();
      ReactorFutures.toMono(ofOthers).subscribe().dispose();
      ofOthers.completeExceptionally(failure);
      assertThat(dropped).isEmpty();

      ReactorFutures.toMono(() -> cannotBeCancelled).subscribe().dispose();
      cannotBeCancelled.completeExceptionally(failure);
      assertThat(dropped).containsExactly(failure);
    } finally {
      Hooks.resetOnErrorDropped();
    }
  }

  @Test
  void cancellingASubscriptionLeavesAStageAloneThatWasThereBefore() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    ReactorFutures.toMono(stage).subscribe().dispose();

    assertThat(stage).isNotDone();
    CompletableFuture<String> other = ReactorFutures.<String>toMono(stage).toFuture();
    stage.complete("value");
    assertThat(Patience.result(other)).isEqualTo("value");
  }

  @Test
  void thereAndBackTheExceptionIsTheSame() {
    assertThatThrownBy(
            () ->
                ReactorFutures.toStage(
                        ReactorFutures.toMono(CompletableFuture.failedFuture(failure)))
                    .join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(failure);
  }
}
