package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import dev.trestle.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thread-sensitive calls that are made while the frame of their blocked caller ends. */
@Tag("concurrency")
class SubmitAgainstEndTest {
  private static final int ROUNDS = 1_500;
  private static final int CALLS = 12;

  private final List<CompletableFuture<Thread>> calls = new ArrayList<>();

  // 11 ★ and 12 ★
  @Test
  void everyCallCompletesOnTheCallerOrOnTheSharedThread() throws Exception {
    Thread shared = Patience.result(SyncToAsync.threadSensitive().call(Thread::currentThread));
    for (int round = 0; round < ROUNDS; round++) {
      SerialProbe probe = submitWhileTheFrameEnds(round);
      for (CompletableFuture<Thread> call : calls) {
        assertThat(Patience.result(call)).isIn(Thread.currentThread(), shared);
      }
      assertThat(probe.visits()).isEqualTo(CALLS);
      probe.assertOneAtATime();
    }
  }

  /** Returns what its calls visit; they are in {@link #calls}. */
  SerialProbe submitWhileTheFrameEnds(int round) throws Exception {
    calls.clear();
    SerialProbe probe = new SerialProbe(1);
    Jitter jitter = new Jitter(round);
    Bystander<Void> producer =
        AsyncToSync.create()
            .call(
                () -> {
                  CompletableFuture<Bystander<Void>> end = new CompletableFuture<>();
                  Runnable submit = () -> submit(probe, new Jitter(-round));
                  Bystander<Void> started =
                      Bystander.run("producer", Context.capture().wrap(submit)::run);
                  Bystander.run(
                      "completer",
                      () -> {
                        for (int i = round % 4; i >= 0; i--) {
                          jitter.pause();
                        }
                        end.complete(started);
                      });
                  return end;
                });
    producer.result();
    return probe;
  }

  private void submit(SerialProbe probe, Jitter jitter) {
    for (int i = 0; i < CALLS; i++) {
      int number = i;
      calls.add(
          SyncToAsync.threadSensitive()
              .call(
                  () -> {
                    probe.visit(0, number);
                    return Thread.currentThread();
                  }));
      jitter.pause();
    }
  }

  // 2 and 11 ★
  @Test
  void callsOfOneThreadKeepTheirOrderWhereTheyMoveToTheSharedThread() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      SerialProbe probe = submitWhileTheFrameEnds(round);
      for (CompletableFuture<Thread> call : calls) {
        Patience.result(call);
      }
      probe.assertInOrder();
    }
  }
}
