package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** A blocked caller that sleeps is woken by whatever comes for it. */
@Tag("concurrency")
class ParkAndWakeTest {
  private static final int CALLS = 20_000;

  private final Thread caller = Thread.currentThread();
  private final Set<Thread> ranOn = ConcurrentHashMap.newKeySet();

  // 7
  @RepeatedTest(2)
  @SuppressWarnings("un-awaited") // the latch is awaited instead
  void everyCallFromAnotherThreadWakesTheBlockedCaller() {
    AtomicInteger ran = new AtomicInteger();
    whileBlocked(
        2,
        (jitter, inside) -> {
          for (int i = 0; i < CALLS / 2; i++) {
            CountDownLatch done = new CountDownLatch(1);
            inside.run(
                () ->
                    SyncToAsync.threadSensitive()
                        .run(
                            () -> {
                              ranOn.add(Thread.currentThread());
                              ran.incrementAndGet();
                              done.countDown();
                            }));
            // Nothing else comes until this one was run: a lost wake-up ends here.
            Patience.await(done);
            jitter.pause();
          }
        });
    assertThat(ran).hasValue(CALLS / 2 * 2);
    assertThat(ranOn).containsExactly(caller);
  }

  // 7
  @RepeatedTest(2)
  void everyTaskOfADrivenLoopWakesTheBlockedCaller() {
    AsyncToSync.create()
        .call(
            () -> {
              EventLoop loop = EventLoop.current().orElseThrow();
              CompletableFuture<Void> end = new CompletableFuture<>();
              Bystander.run(
                  "producer",
                  () -> {
                    Jitter jitter = new Jitter(7);
                    try {
                      for (int i = 0; i < CALLS; i++) {
                        CountDownLatch done = new CountDownLatch(1);
                        loop.execute(
                            () -> {
                              ranOn.add(Thread.currentThread());
                              done.countDown();
                            });
                        Patience.await(done);
                        jitter.pause();
                      }
                      end.complete(null);
                    } catch (Throwable e) {
                      end.completeExceptionally(e);
                    }
                  });
              return end;
            });
    assertThat(ranOn).containsExactly(caller);
  }

  // 5
  @RepeatedTest(2)
  void everyCompletionFromAnotherThreadWakesTheBlockedCaller() throws Exception {
    CompletableFuture<?>[] stages = new CompletableFuture<?>[CALLS];
    for (int i = 0; i < CALLS; i++) {
      stages[i] = new CompletableFuture<>();
    }
    AtomicInteger awaited = new AtomicInteger(-1);
    Bystander<Void> completer =
        Bystander.run(
            "completer",
            () -> {
              Jitter jitter = new Jitter(11);
              for (int i = 0; i < CALLS; i++) {
                while (awaited.get() < i && !caller.isInterrupted()) {
                  Thread.onSpinWait();
                }
                jitter.pause();
                stages[i].complete(null);
              }
            });
    for (int i = 0; i < CALLS; i++) {
      CompletableFuture<?> stage = stages[i];
      awaited.set(i);
      AsyncToSync.create().call(() -> stage);
    }
    completer.result();
  }

  private interface Producer {
    void produce(Jitter jitter, Context inside) throws Exception;
  }

  private static void whileBlocked(int producers, Producer producer) {
    AsyncToSync.create()
        .call(
            () -> {
              Context inside = Context.capture();
              AtomicInteger left = new AtomicInteger(producers);
              CompletableFuture<Void> end = new CompletableFuture<>();
              for (int i = 0; i < producers; i++) {
                Jitter jitter = new Jitter(i);
                Bystander.run(
                    "producer-" + i,
                    () -> {
                      try {
                        producer.produce(jitter, inside);
                        if (left.decrementAndGet() == 0) {
                          end.complete(null);
                        }
                      } catch (Throwable e) {
                        end.completeExceptionally(e);
                      }
                    });
              }
              return end;
            });
  }
}
