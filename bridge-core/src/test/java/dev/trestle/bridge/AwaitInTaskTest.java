package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.Calls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Straight-line code on an event loop. */
class AwaitInTaskTest {
  private final EventLoopThread loop = EventLoopThread.start("tasks");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void aTaskWaitsForAStageAndGoesOnWithItsValue() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> task = loop.start(() -> await(stage) + "!");
    assertThat(task).isNotDone();
    stage.complete("value");
    assertThat(Patience.result(task)).isEqualTo("value!");
  }

  @Test
  void aStageThatCannotBeAskedWhetherItIsDoneIsWaitedForAsWell() {
    CompletableFuture<String> later = new CompletableFuture<>();
    CompletableFuture<String> task =
        loop.start(
            () ->
                await(CompletableFuture.completedStage("done"))
                    + await(later.minimalCompletionStage()));
    later.complete(", later");
    assertThat(Patience.result(task)).isEqualTo("done, later");
    assertThat(await(CompletableFuture.completedStage("blocking"))).isEqualTo("blocking");
    CompletableFuture<String> ours = Calls.adopt(new CompletableFuture<String>());
    assertThat(ours.applyToEither(CompletableFuture.completedStage("other"), x -> x))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo("other");
  }

  @Test
  void theLoopRunsOthersWhileATaskWaits() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> task = loop.start(() -> await(stage));
    assertThat(Loops.compute(loop, () -> "goes on")).isEqualTo("goes on");
    Loops.compute(loop, () -> stage.complete("from the loop itself"));
    assertThat(Patience.result(task)).isEqualTo("from the loop itself");
  }

  @Test
  void betweenTwoAwaitsNeitherAnotherTaskNorACallbackRuns() {
    List<String> seen = new ArrayList<>(); // no lock: the loop is one
    CountDownLatch othersQueued = new CountDownLatch(1);
    CompletableFuture<Void> first =
        loop.start(
            () -> {
              seen.add("first begins");
              Patience.await(othersQueued);
              seen.add("first ends");
              return null;
            });
    loop.execute(() -> seen.add("callback"));
    CompletableFuture<Void> second =
        loop.start(
            () -> {
              seen.add("second");
              return null;
            });
    othersQueued.countDown();
    Patience.result(first);
    Patience.result(second);
    assertThat(seen).containsExactly("first begins", "first ends", "callback", "second");
  }

  @Test
  void aTaskHasOneThreadOfItsOwnThatIsTheLoopToAllThatItCalls() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<List<Thread>> task =
        loop.start(
            () -> {
              Thread before = Thread.currentThread();
              assertThat(EventLoop.current()).contains(loop);
              assertThat(await(stage)).isEqualTo("done");
              assertThat(EventLoop.current()).contains(loop);
              return List.of(before, Thread.currentThread());
            });
    stage.complete("done");
    List<Thread> threads = Patience.result(task);
    assertThat(threads.get(0)).isSameAs(threads.get(1));
    assertThat(threads.get(0).getName()).startsWith("trestle-task-");
  }

  @Test
  void whatATaskCallsThroughSyncToAsyncIsDeliveredOnItsLoop() throws Exception {
    Thread loopThread = Loops.threadOf(loop);
    CompletableFuture<Thread> dependent = new CompletableFuture<>();
    CountDownLatch registered = new CountDownLatch(1);
    CompletableFuture<String> task =
        loop.start(
            () -> {
              CompletableFuture<String> call =
                  SyncToAsync.concurrent()
                      .call(
                          () -> {
                            Patience.await(registered);
                            return "body";
                          });
              var unused = call.thenRun(() -> dependent.complete(Thread.currentThread()));
              registered.countDown();
              return await(call);
            });
    assertThat(Patience.result(task)).isEqualTo("body");
    assertThat(Patience.result(dependent)).isSameAs(loopThread);
  }

  @Test
  void theResultIsDeliveredOnTheLoopThatTheTaskWasStartedOn() throws Exception {
    try (EventLoopThread other = EventLoopThread.start("other")) {
      Thread otherThread = Loops.threadOf(other);
      CompletableFuture<String> stage = new CompletableFuture<>();
      CompletableFuture<Thread> seen =
          Loops.start(
              other,
              () -> loop.start(() -> await(stage)).thenApply(value -> Thread.currentThread()));
      stage.complete("value");
      assertThat(Patience.result(seen)).isSameAs(otherThread);
    }
  }

  @Test
  void aFailureIsThrownInTheTaskAsTheSameObject() {
    IllegalStateException failure = new IllegalStateException("no");
    CompletableFuture<Throwable> task =
        loop.start(() -> catchThrowable(() -> await(CompletableFuture.failedFuture(failure))));
    assertThat(Patience.result(task)).isSameAs(failure);
  }

  @Test
  void aCheckedFailureIsThrownAsDeclaredElseAsACause() {
    IOException failure = new IOException("no");
    CompletableFuture<Throwable> declared =
        loop.start(
            () ->
                catchThrowable(
                    () -> await(CompletableFuture.failedFuture(failure), IOException.class)));
    CompletableFuture<Throwable> undeclared =
        loop.start(() -> catchThrowable(() -> await(CompletableFuture.failedFuture(failure))));
    assertThat(Patience.result(declared)).isSameAs(failure);
    assertThat(Patience.result(undeclared))
        .isInstanceOf(CompletionException.class)
        .hasCause(failure);
  }

  @Test
  void whatATaskThrowsFailsItsFuture() {
    IllegalStateException failure = new IllegalStateException("no");
    CompletableFuture<String> task =
        loop.start(
            () -> {
              throw failure;
            });
    assertThat(Patience.failure(task)).isSameAs(failure);
  }

  @Test
  void aTaskThatReturnsAFutureIsToldToAwaitIt() {
    Object future = new CompletableFuture<String>();
    CompletableFuture<Object> task = loop.start(() -> future);
    assertThat(Patience.failure(task))
        .isInstanceOf(BridgeException.class)
        .hasMessage(
            "the task returned a CompletableFuture, for which nobody would wait; return what await"
                + " makes of it");
  }

  @Test
  void awaitOnAThreadThatMayBlockWaits() {
    CompletableFuture<Thread> body = SyncToAsync.concurrent().call(Thread::currentThread);
    assertThat(await(body)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void awaitInACallbackOnALoopIsRefused() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    Throwable refusal = Loops.compute(loop, () -> catchThrowable(() -> await(stage)));
    assertThat(refusal)
        .isInstanceOf(BridgeDeadlockException.class)
        .hasMessage(
            "await was called in a callback on event loop 'tasks', which would block that loop;"
                + " return the CompletionStage instead of waiting for it, or start a task with"
                + " EventLoop.start and await in that");
  }

  @Test
  @SuppressWarnings("blocking-in-async") // that is the point
  void awaitInACallbackThatRunsOnATasksThreadIsRefusedToo() {
    CompletableFuture<String> task =
        loop.start(
            () -> {
              CompletableFuture<String> done = SyncToAsync.concurrent().call(() -> "done");
              assertThat(await(done)).isEqualTo("done");
              return await(done.thenApply(value -> await(new CompletableFuture<String>())));
            });
    assertThat(Patience.failure(task)).isInstanceOf(BridgeDeadlockException.class);
  }

  @Test
  void aSleepOfNothingLetsAllHaveATurnThatAreReady() {
    List<String> order = new ArrayList<>();
    CompletableFuture<Void> task =
        loop.start(
            () -> {
              loop.execute(() -> order.add("callback"));
              CompletableFuture<Boolean> other = Tasks.start(() -> order.add("other"));
              order.add("before");
              Tasks.sleep(Duration.ZERO);
              order.add("after");
              await(other);
            });
    Patience.result(task);
    assertThat(order).containsExactly("before", "callback", "other", "after");
  }

  @Test
  void aTaskThatNeverHasToWaitLetsOthersHaveATurnNowAndThen() {
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<Boolean> task =
        loop.start(
            () -> {
              loop.execute(() -> ran.set(true));
              for (int i = 0; i < 1_000; i++) {
                await(CompletableFuture.completedFuture("done"));
              }
              return ran.get();
            });
    assertThat(Patience.result(task)).isTrue();
  }

  @Test
  void asyncToSyncAndJoinAreRefusedInATask() {
    CompletableFuture<Void> task =
        loop.start(
            () -> {
              assertThatThrownBy(
                      () -> AsyncToSync.create().call(() -> new CompletableFuture<String>()))
                  .isInstanceOf(BridgeDeadlockException.class);
              CompletableFuture<String> ours =
                  SyncToAsync.concurrent().call(() -> Thread.currentThread().getName());
              Throwable refusal = catchThrowable(ours::join);
              assertThat(refusal == null || refusal instanceof BridgeDeadlockException).isTrue();
              return await(ours.thenAccept(name -> {}));
            });
    Patience.result(task);
  }

  @Test
  void aLoopThatIsClosedTakesNoTask() {
    loop.close();
    CompletableFuture<String> task = loop.start(() -> "never");
    assertThat(Patience.failure(task))
        .isInstanceOf(BridgeException.class)
        .hasMessage("event loop 'tasks' is closed and did not accept a task");
  }

  @Test
  void aTaskThatWaitsWhenItsLoopIsClosedIsToldAndMayCleanUp() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CompletableFuture<String> task =
        loop.start(
            () -> {
              told.complete(catchThrowable(() -> await(new CompletableFuture<String>())));
              return "cleaned up";
            });
    var unused = loop.closeAsync();
    assertThat(Patience.result(told))
        .isInstanceOf(BridgeException.class)
        .hasMessageStartingWith("event loop 'tasks' was closed while a task waited");
    assertThat(Patience.result(task)).isEqualTo("cleaned up");
  }
}
