package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an executor's thread is bound to is given back on that thread, last. */
class AtEndTest {
  private record Event(String what, Thread thread) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final ThreadSensitiveExecutor executor =
      ThreadSensitiveExecutor.platform("bound", () -> note("end"));

  private void note(String what) {
    events.add(new Event(what, Thread.currentThread()));
  }

  private void assertEvents(String... expected) {
    assertThat(events).extracting(Event::what).containsExactly(expected);
    assertThat(events.stream().map(Event::thread).collect(Collectors.toSet())).hasSize(1);
    assertThat(events.get(0).thread().getName()).isEqualTo("bound");
  }

  @Test
  void itRunsOnceAfterAllTasksOnTheirThread() {
    executor.execute(() -> note("first"));
    executor.execute(() -> note("second"));
    executor.close();
    executor.close();
    Patience.result(executor.closeAsync());
    assertEvents("first", "second", "end");
  }

  @Test
  void closeWaitsForIt() {
    Gate gate = new Gate();
    ThreadSensitiveExecutor slow = ThreadSensitiveExecutor.platform("slow", gate::pass);
    slow.execute(() -> {});
    CompletableFuture<Void> end = slow.closeAsync();
    gate.awaitReached();
    assertThat(end).isNotDone();
    gate.open();
    Patience.result(end);
  }

  @Test
  void itRunsAfterWhatIsQueuedWhenAnExecutorIsClosedByItsOwnTask() {
    Gate gate = new Gate();
    executor.execute(
        () -> {
          gate.pass();
          executor.close();
          note("closing");
        });
    executor.execute(() -> note("queued"));
    gate.open();
    Patience.result(executor.closeAsync());
    assertEvents("closing", "queued", "end");
  }

  @Test
  void itDoesNotRunIfThereWasNoTask() {
    executor.close();
    Patience.result(executor.closeAsync());
    assertThatThrownBy(() -> executor.execute(() -> note("late")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("bound");
    assertThat(events).isEmpty();
  }

  @Test
  void itDoesNotRunWhileTheExecutorIsIdle() {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Void> ran = new CompletableFuture<>();
      executor.execute(() -> ran.complete(null));
      Patience.result(ran);
    }
    assertThat(events).isEmpty();
    executor.close();
    assertEvents("end");
  }

  @Test
  void oneThatThrowsStillEndsTheThread() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    ThreadSensitiveExecutor failing =
        ThreadSensitiveExecutor.platform(
            "failing",
            () -> {
              throw new IllegalStateException("at the end");
            });
    failing.execute(() -> thread.complete(Thread.currentThread()));
    failing.close();
    Patience.result(failing.closeAsync());
    await().until(() -> !Patience.result(thread).isAlive());
  }
}
