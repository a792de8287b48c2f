package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many producers, one thread. */
@Tag("concurrency")
class LaneHandOffTest {
  private static final int PRODUCERS = 6;
  private static final int TASKS = 5_000;

  static Stream<Named<Function<String, ThreadSensitiveExecutor>>> executors() {
    return Stream.of(
        Named.of("platform", ThreadSensitiveExecutor::platform),
        Named.of("virtual", ThreadSensitiveExecutor::virtual));
  }

  // 2
  @ParameterizedTest
  @MethodSource("executors")
  void tasksOfManyProducersRunOneAtATimeAndInTheOrderOfEach(
      Function<String, ThreadSensitiveExecutor> start) throws Exception {
    SerialProbe probe = new SerialProbe(PRODUCERS);
    CountDownLatch done = new CountDownLatch(PRODUCERS * TASKS);
    try (ThreadSensitiveExecutor executor = start.apply("lane")) {
      List<Bystander<Void>> producers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        int producer = i;
        producers.add(
            Bystander.run(
                "producer-" + producer,
                () -> {
                  Jitter jitter = new Jitter(producer);
                  for (int j = 0; j < TASKS; j++) {
                    int number = j;
                    executor.execute(
                        () -> {
                          probe.visit(producer, number);
                          done.countDown();
                        });
                    jitter.pause();
                  }
                }));
      }
      for (Bystander<Void> producer : producers) {
        producer.result();
      }
      Patience.await(done);
    }
    probe.assertOneAtATime();
    probe.assertInOrder();
    assertThat(probe.visits()).isEqualTo(PRODUCERS * TASKS);
    assertThat(probe.threads()).hasSize(1);
  }
}
