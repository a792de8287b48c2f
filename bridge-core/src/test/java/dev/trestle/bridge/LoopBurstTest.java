package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A burst for a loop whose thread is busy gets a stand-in, not a crowd. */
class LoopBurstTest {
  private static final int TASKS = 1_000;

  private final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch done = new CountDownLatch(TASKS);
  private final Gate queued = new Gate();

  /** The number of threads that the process has made, virtual ones included. */
  private static long threadsMade() {
    return new Thread().getId();
  }

  private void burst(EventLoop loop) {
    loop.execute(queued::pass); // so that the burst is there before it is worked off
    for (int i = 0; i < TASKS; i++) {
      int number = i;
      loop.execute(
          () -> {
            order.add(number);
            threads.add(Thread.currentThread());
            done.countDown();
          });
    }
    queued.open();
    Patience.await(done);
  }

  private void assertFewWorkedInOrder(long before, Thread caller) {
    assertThat(threadsMade() - before).isLessThan(15);
    assertThat(threads).doesNotContain(caller).hasSizeBetween(1, 3);
    assertThat(order).containsExactlyElementsOf(IntStream.range(0, TASKS).boxed().toList());
  }

  @Test
  void queuedByTheBodyThatTheCallerRuns() {
    long before = threadsMade();
    Thread caller =
        AsyncToSync.create()
            .call(
                () -> {
                  EventLoop loop = EventLoop.current().orElseThrow();
                  return SyncToAsync.threadSensitive()
                      .call(
                          () -> {
                            burst(loop);
                            return Thread.currentThread();
                          });
                });
    assertThat(caller).isSameAs(Thread.currentThread());
    assertFewWorkedInOrder(before, caller);
  }

  @Test
  void queuedByAnotherThread() {
    long before = threadsMade();
    AsyncToSync.create()
        .call(
            () -> {
              EventLoop loop = EventLoop.current().orElseThrow();
              Gate body = new Gate();
              CompletableFuture<Void> busy = SyncToAsync.threadSensitive().run(body::pass);
              var unused =
                  SyncToAsync.concurrent()
                      .run(
                          () -> {
                            body.awaitReached();
                            burst(loop);
                            body.open();
                          });
              return busy;
            });
    assertFewWorkedInOrder(before, Thread.currentThread());
  }
}
