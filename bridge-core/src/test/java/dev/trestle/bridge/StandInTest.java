package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The loop that a caller drives while it waits, and that others drive while it is busy or gone. */
@Tag("concurrency")
class StandInTest {
  private static final int PRODUCERS = 3;
  private static final int TASKS = 4_000;
  private static final int BODIES = 1_000;

  private final SyncToAsync blocking = SyncToAsync.threadSensitive();
  private final SerialProbe probe = new SerialProbe(PRODUCERS);
  private final CountDownLatch ran = new CountDownLatch(PRODUCERS * TASKS);
  private final AtomicBoolean astray = new AtomicBoolean();

  // 2 and 43
  @RepeatedTest(3)
  void tasksRunOneAtATimeAndInOrderWhileTheCallerWaitsAndWorksInTurn() throws Exception {
    List<Bystander<Void>> producers = new ArrayList<>();
    AsyncToSync.create()
        .call(
            () -> {
              EventLoop loop = EventLoop.current().orElseThrow();
              for (int i = 0; i < PRODUCERS; i++) {
                int producer = i;
                producers.add(Bystander.run("producer-" + i, () -> produce(loop, producer)));
              }
              // Ends while the producers go on: what comes later runs on workers.
              return work(new Jitter(5), BODIES);
            });
    for (Bystander<Void> producer : producers) {
      producer.result();
    }
    Patience.await(ran);
    probe.assertOneAtATime();
    probe.assertInOrder();
    assertThat(probe.visits()).isEqualTo(PRODUCERS * TASKS);
    assertThat(astray).as("a task or body that did not know its loop").isFalse();
  }

  @Test
  void taskRunsOnAnotherThreadWhileTheCallerIsBusyWithABlockingBody() {
    Thread caller = Thread.currentThread();
    AtomicReference<Thread> standIn = new AtomicReference<>();
    AsyncToSync.create()
        .call(
            () -> {
              EventLoop loop = EventLoop.current().orElseThrow();
              return blocking.run(
                  () -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    assertThat(EventLoop.current()).isEmpty();
                    CountDownLatch done = new CountDownLatch(1);
                    loop.execute(
                        () -> {
                          assertThat(EventLoop.current()).containsSame(loop);
                          standIn.set(Thread.currentThread());
                          done.countDown();
                        });
                    Patience.await(done);
                  });
            });
    assertThat(standIn.get()).isNotNull().isNotSameAs(caller);
  }

  @Test
  void tasksQueuedAfterTheCallHasReturnedRunOneAtATimeElsewhere() throws Exception {
    EventLoop loop =
        AsyncToSync.create()
            .call(() -> CompletableFuture.completedFuture(EventLoop.current().orElseThrow()));
    List<Bystander<Void>> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      int producer = i;
      producers.add(Bystander.run("producer-" + i, () -> produce(loop, producer)));
    }
    for (Bystander<Void> producer : producers) {
      producer.result();
    }
    Patience.await(ran);
    probe.assertOneAtATime();
    probe.assertInOrder();
    assertThat(probe.threads()).doesNotContain(Thread.currentThread());
  }

  @Test
  void taskQueuedWhileAStandInIsEndingIsNotLeftBehind() {
    EventLoop loop =
        AsyncToSync.create()
            .call(() -> CompletableFuture.completedFuture(EventLoop.current().orElseThrow()));
    AtomicInteger tasks = new AtomicInteger();
    for (int i = 1; i <= 20_000; i++) {
      // The next task comes shortly before, at or shortly after the moment at which this one ends.
      int tail = i % 61;
      loop.execute(
          () -> {
            tasks.incrementAndGet();
            spin(tail);
          });
      // Nothing else comes until this one was run; the time limit of the test interrupts.
      while (tasks.get() < i && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
    }
    assertThat(tasks).hasValue(20_000);
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private void produce(EventLoop loop, int producer) {
    Jitter jitter = new Jitter(producer);
    for (int i = 0; i < TASKS; i++) {
      int number = i;
      loop.execute(
          () -> {
            if (!loop.isCurrent() || EventLoop.current().orElse(null) != loop) {
              astray.set(true);
            }
            probe.visit(producer, number);
            ran.countDown();
          });
      jitter.pause();
    }
  }

  /** Some bodies one after another; each but the first is called by a task of the loop. */
  private CompletionStage<Void> work(Jitter jitter, int bodies) {
    CompletableFuture<Void> body =
        blocking.run(
            () -> {
              if (EventLoop.current().isPresent()) {
                astray.set(true);
              }
              jitter.pause();
            });
    return bodies == 1 ? body : body.thenCompose(done -> work(jitter, bodies - 1));
  }
}
