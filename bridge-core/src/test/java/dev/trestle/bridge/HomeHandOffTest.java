package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** Calls of many threads to one home run one at a time, in the order in which each made them. */
@Tag("concurrency")
class HomeHandOffTest {
  private static final int PRODUCERS = 4;
  private static final int CALLS = 3_000;

  private final SerialProbe probe = new SerialProbe(PRODUCERS);
  private final CountDownLatch ran = new CountDownLatch(PRODUCERS * CALLS);

  // 2
  @RepeatedTest(2)
  void callsOfManyThreadsToTheSharedThread() throws Exception {
    produce(SyncToAsync.threadSensitive(), Context.capture());
    assertSerial();
  }

  // 2
  @RepeatedTest(2)
  void callsOfManyThreadsToAScope() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      produce(SyncToAsync.threadSensitive(scope), Context.capture());
    }
    assertSerial();
  }

  // 2 and 7
  @RepeatedTest(2)
  void callsOfManyThreadsToABlockedCaller() throws Exception {
    AsyncToSync.create()
        .call(
            () -> {
              Context inside = Context.capture();
              CompletableFuture<Void> end = new CompletableFuture<>();
              Bystander.run(
                  "starter",
                  () -> {
                    produce(SyncToAsync.threadSensitive(), inside);
                    end.complete(null);
                  });
              return end;
            });
    assertSerial();
    assertThat(probe.threads()).containsExactly(Thread.currentThread());
  }

  private void produce(SyncToAsync blocking, Context context) throws Exception {
    List<Bystander<Void>> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      int producer = i;
      @SuppressWarnings("un-awaited") // the latch is awaited instead
      Runnable calls =
          () -> {
            Jitter jitter = new Jitter(producer);
            for (int j = 0; j < CALLS; j++) {
              int number = j;
              blocking.run(
                  () -> {
                    probe.visit(producer, number);
                    ran.countDown();
                  });
              jitter.pause();
            }
          };
      producers.add(Bystander.run("producer-" + producer, context.wrap(calls)::run));
    }
    for (Bystander<Void> producer : producers) {
      producer.result();
    }
    Patience.await(ran);
  }

  private void assertSerial() {
    probe.assertOneAtATime();
    probe.assertInOrder();
    assertThat(probe.visits()).isEqualTo(PRODUCERS * CALLS);
    assertThat(probe.threads()).hasSize(1);
  }
}
