package dev.trestle.bridge.guava;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuavaFuturesTest {
  private static final Local<String> NAME = Local.named("name");

  private final IOException failure = new IOException("told by the test");
  private final SettableFuture<String> guava = SettableFuture.create();
  private final CompletableFuture<String> stage = new CompletableFuture<>();

  @Test
  void aStageHasTheValueOfItsFutureAlsoNull() {
    guava.set("value");

    assertThat(Patience.result(GuavaFutures.toStage(guava))).isEqualTo("value");
    assertThat(Patience.result(GuavaFutures.toStage(Futures.immediateVoidFuture()))).isNull();
  }

  @Test
  void aStageFailsWithTheVeryExceptionOfItsFuture() {
    guava.setException(failure);

    assertThat(Patience.failure(GuavaFutures.toStage(guava))).isSameAs(failure);
  }

  @Test
  void aStageIsCancelledWithItsFuture() {
    CompletableFuture<String> ours = GuavaFutures.toStage(guava);

    guava.cancel(false);

    assertThat(Patience.failure(ours)).isInstanceOf(CancellationException.class);
    assertThat(ours).isCancelled();
  }

  @Test
  void cancellingAStageCancelsItsFutureAtOnce() {
    assertThat(GuavaFutures.toStage(guava).cancel(false)).isTrue();

    assertThat(guava.isCancelled()).isTrue();
  }

  @Test
  void aStageThatIsCompletedFromOutsideCancelsItsFuture() {
    CompletableFuture<String> ours = GuavaFutures.toStage(guava);
    ours.complete("given up");

    assertThat(guava.isCancelled()).isTrue();
    assertThat(Patience.result(ours)).isEqualTo("given up");
  }

  @Test
  void aFutureIsCancelledWithTheCallThatWaitsForItsStage() {
    CountDownLatch made = new CountDownLatch(1);
    Bystander<String> caller =
        Bystander.start(
            "caller",
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          CompletableFuture<String> stage = GuavaFutures.toStage(guava);
                          made.countDown();
                          return stage;
                        }));
    Patience.await(made);
    caller.thread().interrupt();

    assertThat(caller.failure()).isInstanceOf(BridgeInterruptedException.class);

    assertThatThrownBy(() -> guava.get(10, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void dependentsOfAStageRunOnTheLoopThatMadeItInTheContextOfTheirRegistration() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      CompletableFuture<List<Object>> dependent = new CompletableFuture<>();
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      loop.execute(
          () -> {
            NAME.set("request");
            Patience.forward(
                GuavaFutures.toStage(guava)
                    .thenApply(value -> List.of(value, NAME.get(), Thread.currentThread())),
                dependent);
            thread.complete(Thread.currentThread());
          });
      Thread loopThread = Patience.result(thread);

      guava.set("value"); // on the test's thread

      assertThat(Patience.result(dependent)).containsExactly("value", "request", loopThread);
    }
  }

  @Test
  void aFutureHasTheValueOfItsStageAlsoNull() throws Exception {
    assertThat(GuavaFutures.toFuture(CompletableFuture.completedFuture("value")).get())
        .isEqualTo("value");
    assertThat(GuavaFutures.toFuture(CompletableFuture.completedFuture(null)).get()).isNull();
    assertThat(
            GuavaFutures.toFuture(SyncToAsync.concurrent().call(() -> "body"))
                .get(10, TimeUnit.SECONDS))
        .isEqualTo("body");
  }

  @Test
  void aFutureFailsWithTheExceptionAndNotWithAWrapperAroundIt() {
    ListenableFuture<String> future = GuavaFutures.toFuture(stage.thenApply(value -> value));
    stage.completeExceptionally(failure);

    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(failure);
  }

  @Test
  void aFutureIsCancelledWithItsStage() {
    ListenableFuture<String> direct = GuavaFutures.toFuture(stage);
    ListenableFuture<String> derived = GuavaFutures.toFuture(stage.thenApply(value -> value));

    stage.cancel(false);

    assertThat(direct.isCancelled()).isTrue();
    assertThat(derived.isCancelled()).isTrue();
  }

  @Test
  void cancellingAFutureCancelsItsStage() {
    assertThat(GuavaFutures.toFuture(stage).cancel(false)).isTrue();

    assertThat(stage).isCancelled();
  }

  @Test
  void whatIsSharedIsNotCancelledIfSaidSo() {
    GuavaFutures.toFuture(stage.copy()).cancel(false);
    GuavaFutures.toStage(Futures.nonCancellationPropagating(guava)).cancel(false);

    assertThat(stage).isNotDone();
    assertThat(guava.isDone()).isFalse();
  }

  @Test
  void listenersOfAFutureRunOnTheLoopAndInTheContextThatItWasMadeIn() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      CompletableFuture<List<Object>> seen = new CompletableFuture<>();
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      loop.execute(
          () -> {
            NAME.set("request");
            thread.complete(Thread.currentThread());
            GuavaFutures.toFuture(SyncToAsync.concurrent().call(() -> "body"))
                .addListener(
                    () -> seen.complete(List.of(NAME.get(), Thread.currentThread())),
                    directExecutor());
          });

      assertThat(Patience.result(seen)).containsExactly("request", Patience.result(thread));
    }
  }
}
