package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.context.Local;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plain tasks with a result on one thread. */
class SubmitTest {
  private final ThreadSensitiveExecutor one = ThreadSensitiveExecutor.platform("one");

  @AfterEach
  void close() {
    one.close();
  }

  @Test
  void tasksRunInOrderOnTheOneThread() throws Exception {
    List<Integer> order = new ArrayList<>(); // the one thread's
    List<Future<Thread>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      all.add(
          one.submit(
              () -> {
                order.add(number);
                return Thread.currentThread();
              }));
    }
    Thread thread = all.get(0).get();
    for (Future<Thread> each : all) {
      assertThat(each.get()).isSameAs(thread);
    }
    assertThat(thread.getName()).isEqualTo("one");
    assertThat(one.submit(() -> List.copyOf(order)).get()).hasSize(100).isSorted();
  }

  @Test
  void theFailureIsTheCause() {
    IOException failure = new IOException("no route");
    Future<?> failed =
        one.submit(
            () -> {
              throw failure;
            });
    assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class).hasCause(failure);
  }

  @Test
  void itRunsInTheContextOfWhoeverSubmits() throws Exception {
    Local<String> user = Local.named("user");
    Future<String> seen = user.where("ann", () -> one.submit(user::get));
    assertThat(seen.get()).isEqualTo("ann");
    assertThat(one.submit(() -> user.orElse("none")).get()).isEqualTo("none");
  }

  @Test
  void aCancelledTaskDoesNotStart() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Future<?> blocks = one.submit(() -> go.await(10, TimeUnit.SECONDS));
    List<String> ran = new ArrayList<>();
    Future<Boolean> cancelled = one.submit(() -> ran.add("cancelled"));
    assertThat(cancelled.cancel(false)).isTrue();
    go.countDown();
    blocks.get();
    assertThat(one.submit(() -> List.copyOf(ran)).get()).isEmpty();
  }

  @Test
  void anInterruptOfOneDoesNotReachTheNext() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    Future<?> waits =
        one.submit(
            () -> {
              runs.countDown();
              return new CountDownLatch(1).await(10, TimeUnit.SECONDS);
            });
    runs.await();
    assertThat(waits.cancel(true)).isTrue();
    assertThat(one.submit(Thread::interrupted).get()).isFalse();
  }

  @Test
  void waitingOnTheOneThreadForWhatIsQueuedBehindIsRefused() throws Exception {
    Future<String> outer =
        one.submit(
            () -> {
              Future<Integer> behind = one.submit(() -> 1);
              assertThatThrownBy(behind::get)
                  .isInstanceOf(BridgeDeadlockException.class)
                  .hasMessageContaining("one waits for another that is queued behind it");
              assertThatThrownBy(() -> behind.get(1, TimeUnit.DAYS))
                  .isInstanceOf(BridgeDeadlockException.class);
              return "refused";
            });
    assertThat(outer.get()).isEqualTo("refused");
  }

  @Test
  void aClosedExecutorTakesNothing() {
    one.close();
    assertThatThrownBy(() -> one.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }
}
