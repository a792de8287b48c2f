package dev.trestle.bridge.mutiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class MutinyFuturesTest {
  private static final Local<String> NAME = Local.named("name");
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final IOException failure = new IOException("told by the test");
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final Uni<String> never =
      Uni.createFrom().<String>nothing().onCancellation().invoke(cancelled::countDown);

  @Test
  void aStageHasTheItemOfItsUniAlsoNull() {
    assertThat(Patience.result(MutinyFutures.toStage(Uni.createFrom().item("item"))))
        .isEqualTo("item");
    assertThat(Patience.result(MutinyFutures.<String>toStage(Uni.createFrom().nullItem())))
        .isNull();
  }

  @Test
  void aStageFailsWithTheVeryExceptionOfItsUni() {
    assertThat(Patience.failure(MutinyFutures.toStage(Uni.createFrom().failure(failure))))
        .isSameAs(failure);
  }

  @Test
  void aPlainThreadWaitsForAUniOnAnotherThread() {
    Thread thread =
        AsyncToSync.create()
            .call(
                () ->
                    MutinyFutures.toStage(
                        Uni.createFrom()
                            .item(Thread::currentThread)
                            .runSubscriptionOn(Infrastructure.getDefaultExecutor())));

    assertThat(thread).isNotSameAs(Thread.currentThread());
  }

  @Test
  void dependentsOfAStageRunOnTheLoopThatMadeItInTheContextOfTheirRegistration() throws Exception {
    CompletableFuture<UniEmitter<? super String>> subscribed = new CompletableFuture<>();
    Uni<String> uni = Uni.createFrom().<String>emitter(emitter -> subscribed.complete(emitter));
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      CompletableFuture<List<Object>> dependent = new CompletableFuture<>();
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      loop.execute(
          () -> {
            thread.complete(Thread.currentThread());
            NAME.set("request");
            Patience.forward(
                MutinyFutures.toStage(uni)
                    .thenApply(item -> List.of(item, NAME.get(), Thread.currentThread())),
                dependent);
          });

      Patience.result(subscribed).complete("item"); // on the test's thread

      assertThat(Patience.result(dependent))
          .containsExactly("item", "request", Patience.result(thread));
    }
  }

  @Test
  void cancellingAStageCancelsTheSubscriptionAtOnce() {
    assertThat(MutinyFutures.toStage(never).cancel(false)).isTrue();

    assertThat(cancelled.getCount()).isZero();
  }

  @Test
  void aStageThatIsCompletedFromOutsideCancelsTheSubscription() {
    CompletableFuture<String> stage = MutinyFutures.toStage(never);
    stage.complete("given up");

    assertThat(cancelled.getCount()).isZero();
    assertThat(Patience.result(stage)).isEqualTo("given up");
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
                          CompletableFuture<String> stage = MutinyFutures.toStage(never);
                          made.countDown();
                          return stage;
                        }));
    Patience.await(made);
    caller.thread().interrupt();

    assertThat(caller.failure()).isInstanceOf(BridgeInterruptedException.class);

    Patience.await(cancelled);
  }

  @Test
  void aUniHasTheValueOfItsStageAlsoNull() {
    assertThat(item(MutinyFutures.toUni(CompletableFuture.completedFuture("value"))))
        .isEqualTo("value");
    assertThat(item(MutinyFutures.<String>toUni(CompletableFuture.completedFuture(null)))).isNull();
    assertThat(item(MutinyFutures.toUni(() -> SyncToAsync.concurrent().call(() -> "body"))))
        .isEqualTo("body");
  }

  @Test
  void aUniFailsWithTheExceptionAndNotWithAWrapperAroundIt() {
    CompletableFuture<String> dependent =
        CompletableFuture.<String>failedFuture(failure).thenApply(value -> value);

    assertThat(failure(MutinyFutures.toUni(dependent))).isSameAs(failure);
    assertThat(failure(MutinyFutures.toUni(() -> dependent))).isSameAs(failure);
  }

  @Test
  void aUniFailsWithWhatItsTaskThrows() {
    Uni<String> uni =
        MutinyFutures.toUni(
            () -> {
              throw failure;
            });

    assertThat(failure(uni)).isSameAs(failure);
  }

  @Test
  void aTaskThatReturnsNoStageFailsItsUni() {
    CompletableFuture<String> none = null;

    assertThat(failure(MutinyFutures.toUni(() -> none)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("returned null where a CompletionStage was expected");
  }

  @Test
  void aTaskIsCalledAnewForEachSubscriptionAndNotBefore() {
    AtomicInteger calls = new AtomicInteger();
    Uni<Integer> uni =
        MutinyFutures.toUni(() -> CompletableFuture.completedFuture(calls.incrementAndGet()));

    assertThat(calls).hasValue(0);
    assertThat(item(uni)).isEqualTo(1);
    assertThat(item(uni)).isEqualTo(2);
  }

  @Test
  void cancellingASubscriptionCancelsTheStageOfItsTask() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    Cancellable subscription = MutinyFutures.toUni(() -> stage).subscribe().with(item -> {});

    subscription.cancel();

    assertThat(stage).isCancelled();
  }

  @Test
  void cancellingASubscriptionLeavesAStageAloneThatWasThereBefore() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    MutinyFutures.toUni(stage).subscribe().with(item -> {}).cancel();

    assertThat(stage).isNotDone();
    CompletableFuture<String> other =
        MutinyFutures.<String>toUni(stage).subscribeAsCompletionStage();
    stage.complete("value");
    assertThat(Patience.result(other)).isEqualTo("value");
  }

  @Test
  void whatAChainCallsOnAnyThreadBelongsToTheCallAndScopeThatSubscribed() throws Exception {
    MDC.put("id", "17");
    CompletableFuture<List<Object>> seen;
    try {
      seen =
          NAME.where(
              "request",
              () ->
                  ThreadSensitiveScope.around(
                      () ->
                          BLOCKING
                              .call(Thread::currentThread)
                              .thenCompose(
                                  home ->
                                      MutinyFutures.toStage(
                                          Uni.createFrom()
                                              .item(home)
                                              .emitOn(Infrastructure.getDefaultExecutor())
                                              .chain(MutinyFuturesTest::seenBehind)))));
    } finally {
      MDC.clear();
    }

    List<Object> all = Patience.result(seen);
    assertThat(all.subList(0, 4)).containsExactly("request", "17", "request", "17");
    assertThat(((Thread) all.get(4)).getName()).startsWith("trestle-home-");
    assertThat(all.get(5)).isSameAs(all.get(4));
  }

  /** What a body and a signal see, and the threads of this body and of the one before it. */
  private static Uni<List<Object>> seenBehind(Thread home) {
    return MutinyFutures.toUni(
            () -> BLOCKING.call(() -> List.of(NAME.get(), MDC.get("id"), Thread.currentThread())))
        .map(
            body ->
                List.of(body.get(0), body.get(1), NAME.get(), MDC.get("id"), home, body.get(2)));
  }

  private static <T> T item(Uni<T> uni) {
    return Patience.result(uni.subscribeAsCompletionStage());
  }

  private static Throwable failure(Uni<?> uni) {
    return Patience.failure(uni.subscribeAsCompletionStage());
  }
}
