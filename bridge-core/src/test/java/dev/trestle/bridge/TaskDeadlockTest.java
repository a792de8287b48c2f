package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that can never go on are told so, at once. */
class TaskDeadlockTest {
  private final EventLoopThread loop = EventLoopThread.start("ring");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void twoTasksThatWaitForEachOtherAreAProvedDeadlock() {
    CompletableFuture<List<CompletableFuture<String>>> both = new CompletableFuture<>();
    CompletableFuture<String> first = loop.start(() -> failureOf(() -> await(await(both).get(1))));
    CompletableFuture<String> second = loop.start(() -> failureOf(() -> await(await(both).get(0))));
    both.complete(List.of(first, second));
    assertThat(theOneOf(first, second).replaceAll("trestle-task-\\d+", "trestle-task-N"))
        .contains(
            "deadlock: each of these waits needs the next to end, the last the first",
            "a task of event loop 'ring', on thread 'trestle-task-N', in TaskDeadlockTest.",
            " waits for a stage that needs the end of a task of event loop 'ring'");
  }

  @Test
  void aTaskAndABlockedThreadThatWaitForEachOtherAreAProvedDeadlock() {
    CompletableFuture<CompletableFuture<String>> known = new CompletableFuture<>();
    CompletableFuture<String> body =
        SyncToAsync.concurrent().call(() -> failureOf(() -> known.join().join()));
    CompletableFuture<String> task = loop.start(() -> failureOf(() -> await(body)));
    known.complete(task);
    assertThat(theOneOf(body, task))
        .contains(
            "a call whose body runs on thread 'trestle-worker-",
            "the end of a task of event loop 'ring', on thread 'trestle-task-");
  }

  @Test
  void aTaskThatABlockedThreadWaitsForGetsThatThread() {
    try (ThreadSensitiveExecutor db = ThreadSensitiveExecutor.platform("db")) {
      SyncToAsync onDb = SyncToAsync.on(db);
      CompletableFuture<CompletableFuture<Thread>> known = new CompletableFuture<>();
      CompletableFuture<Thread> body = onDb.call(() -> known.join().join());
      CompletableFuture<Thread> task =
          loop.start(() -> await(onDb.call(() -> Thread.currentThread())));
      known.complete(task);
      assertThat(Patience.result(body).getName()).isEqualTo("db");
    }
  }

  /** The wait that began last fails, and the other gets its result. */
  private static String theOneOf(CompletableFuture<String> one, CompletableFuture<String> other) {
    List<String> seen = List.of(Patience.result(one), Patience.result(other));
    assertThat(seen).contains("none");
    return seen.get(seen.get(0).equals("none") ? 1 : 0);
  }

  private static String failureOf(ThrowableAssert.ThrowingCallable wait) {
    Throwable thrown = catchThrowable(wait);
    assertThat(thrown == null || thrown instanceof BridgeDeadlockException).isTrue();
    return thrown == null ? "none" : String.valueOf(thrown.getMessage());
  }

  @Test
  void aTaskThatWaitsForItselfIsAProvedDeadlock() {
    CompletableFuture<CompletableFuture<Object>> known = new CompletableFuture<>();
    CompletableFuture<Object> task = loop.start(() -> await(await(known)));
    known.complete(task);
    assertThat(Patience.failure(task)).isInstanceOf(BridgeDeadlockException.class);
  }

  @Test
  void aTaskThatWaitsForOneOfTwoIsStuckOnlyIfBothAre() {
    CompletableFuture<CompletableFuture<Object>> known = new CompletableFuture<>();
    CompletableFuture<Object> other = new CompletableFuture<>();
    CompletableFuture<Object> task = loop.start(() -> await(Stages.any(await(known), other)));
    known.complete(task);
    CompletableFuture<Object> later =
        Stages.after(Duration.ofMillis(100)).thenApply(ignored -> other.complete("free"));
    assertThat(Patience.result(task)).isEqualTo("free");
    assertThat(Patience.result(later)).isEqualTo(true);
  }

  @Test
  void theDumpTellsWhatATaskWaitsFor() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> task = loop.start(() -> await(stage));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Calls.dump())
                    .contains(
                        "a task of event loop 'ring', on thread 'trestle-task-",
                        "in TaskDeadlockTest.",
                        "for a java.util.concurrent.CompletableFuture, which does not tell who"
                            + " completes it"));
    stage.complete("done");
    assertThat(Patience.result(task)).isEqualTo("done");
  }
}
