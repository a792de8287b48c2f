package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static dev.trestle.bridge.Tasks.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a task of a loop is given up. */
class CancelTaskTest {
  private final EventLoopThread loop = EventLoopThread.start("cancelled");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void cancellingATaskEndsItsWaitOnceSoThatItCanCleanUp() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    List<Object> seen = new ArrayList<>();
    CompletableFuture<String> task =
        loop.start(
            () -> {
              seen.add(catchThrowable(() -> await(stage)));
              seen.add(await(SyncToAsync.concurrent().call(() -> "clean up")));
              return "unseen";
            });
    waitsAlready();
    assertThat(task.cancel(true)).isTrue();
    Patience.end(Calls.ended(task));
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0))
        .isInstanceOf(CancellationException.class)
        .hasToString(
            "java.util.concurrent.CancellationException: the task of event loop 'cancelled' was"
                + " cancelled");
    assertThat(seen.get(1)).isEqualTo("clean up");
    assertThat(stage).isCancelled();
    assertThat(task).isCancelled();
  }

  @Test
  void aTaskThatRunsWhenItIsCancelledIsToldByItsNextWait() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<String> task =
        loop.start(
            () -> {
              begun.countDown();
              Patience.await(cancelled);
              return told.complete(catchThrowable(() -> await(new CompletableFuture<>()))) + "";
            });
    Patience.await(begun);
    assertThat(task.cancel(true)).isTrue();
    cancelled.countDown();
    assertThat(Patience.result(told)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTaskThatIsCancelledBeforeItsFirstTurnNeverRuns() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean ran = new AtomicBoolean();
    loop.execute(() -> Patience.await(go));
    CompletableFuture<Boolean> task = loop.start(() -> ran.getAndSet(true));
    assertThat(task.cancel(true)).isTrue();
    go.countDown();
    Patience.end(Calls.ended(task));
    assertThat(Loops.compute(loop, ran::get)).isFalse();
  }

  @Test
  void aValueThatIsThereWhenTheTaskIsCancelledIsNotLost() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    List<Object> seen = new ArrayList<>();
    CompletableFuture<String> task =
        loop.start(
            () -> {
              seen.add(await(stage));
              seen.add(catchThrowable(() -> await(new CompletableFuture<>())));
              return "unseen";
            });
    CompletableFuture<Void> ended = Calls.ended(task);
    Loops.compute(
        loop,
        () -> {
          stage.complete("value"); // its turn is queued behind this callback
          return task.cancel(true);
        });
    Patience.end(ended);
    assertThat(seen.get(0)).isEqualTo("value");
    assertThat(seen.get(1)).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingATaskCancelsWhatItCalledAndStarted() throws Exception {
    CompletableFuture<Throwable> child = new CompletableFuture<>();
    CountDownLatch registered = new CountDownLatch(1);
    CountDownLatch hook = new CountDownLatch(1);
    CompletableFuture<Void> task =
        loop.start(
            () -> {
              var unused =
                  Tasks.start(
                      () -> child.complete(catchThrowable(() -> await(new CompletableFuture<>()))));
              return await(
                  SyncToAsync.concurrent()
                      .run(
                          () -> {
                            Calls.onCancel(hook::countDown);
                            registered.countDown();
                            Patience.await(hook);
                          }));
            });
    Patience.await(registered);
    waitsAlready();
    task.cancel(true);
    assertThat(Patience.result(child)).isInstanceOf(CancellationException.class);
    Patience.await(hook);
  }

  @Test
  void aTaskIsCancelledWithTheCallThatItWasStartedIn() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<String> never = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<String> outer =
        SyncToAsync.concurrent()
            .call(
                () ->
                    AsyncToSync.on(loop)
                        .call(
                            () ->
                                loop.start(
                                    () -> {
                                      started.countDown();
                                      told.complete(catchThrowable(() -> await(never)));
                                      return "unseen";
                                    })));
    Patience.await(started);
    outer.cancel(true);
    assertThat(Patience.result(told)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTaskWhoseTimeIsOverFailsAndIsTold() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<String> task =
        loop.start(
            () -> {
              told.complete(catchThrowable(() -> await(new CompletableFuture<>())));
              return "unseen";
            },
            Duration.ofMillis(20));
    assertThat(Patience.failure(task))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessage(
            "a task of event loop 'cancelled' did not end within PT0.02S; it was cancelled");
    assertThat(Patience.result(told)).isInstanceOf(BridgeTimeoutException.class);
  }

  @Test
  void theDeadlineOfATaskHoldsForWhatItCalls() {
    CompletableFuture<Throwable> child = new CompletableFuture<>();
    CompletableFuture<String> task =
        loop.start(
            () -> {
              var unused =
                  SyncToAsync.concurrent()
                      .run(
                          () ->
                              child.complete(
                                  catchThrowable(
                                      () ->
                                          AsyncToSync.create()
                                              .call(() -> new CompletableFuture<String>()))));
              return await(new CompletableFuture<>());
            },
            Duration.ofMillis(50));
    assertThat(Patience.failure(task)).isInstanceOf(BridgeTimeoutException.class);
    assertThat(Patience.result(child)).isInstanceOf(BridgeTimeoutException.class);
  }

  @Test
  void interruptingTheThreadOfATaskEndsItsWaitInATurnOfItsOwn() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<Boolean> task =
        loop.start(
            () -> {
              thread.complete(Thread.currentThread());
              Throwable told = catchThrowable(() -> await(stage));
              assertThat(told).isInstanceOf(BridgeInterruptedException.class);
              assertThat(EventLoop.current()).contains(loop);
              return Thread.interrupted();
            });
    Patience.result(thread).interrupt();
    assertThat(Patience.result(task)).isTrue();
    assertThat(stage).isCancelled();
  }

  @Test
  void aSleepEndsWhenTheTaskIsCancelled() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<Boolean> task =
        loop.start(() -> told.complete(catchThrowable(() -> sleep(Duration.ofHours(1)))));
    waitsAlready();
    task.cancel(true);
    assertThat(Patience.result(told)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTaskThatOnlyLetsOthersHaveATurnIsTold() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<Boolean> task =
        loop.start(() -> told.complete(catchThrowable(CancelTaskTest::giveWayForEver)));
    waitsAlready();
    task.cancel(true);
    assertThat(Patience.result(told))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the task of event loop 'cancelled' was cancelled");
  }

  @Test
  void aTaskThatOnlyLetsOthersHaveATurnDoesNotKeepItsLoopFromClosing() throws Exception {
    CompletableFuture<Object> task = loop.start(CancelTaskTest::giveWayForEver);
    waitsAlready();
    Patience.result(loop.closeAsync());
    assertThat(Patience.failure(task))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("was closed while a task waited");
  }

  private static Object giveWayForEver() {
    while (true) {
      sleep(Duration.ZERO);
    }
  }

  /** What was queued on the loop before has had its turn. */
  private void waitsAlready() throws Exception {
    assertThat(Loops.compute(loop, () -> true)).isTrue();
  }
}
