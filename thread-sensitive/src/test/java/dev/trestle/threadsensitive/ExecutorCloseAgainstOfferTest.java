package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An executor that closes takes a task or refuses it. */
@Tag("concurrency")
class ExecutorCloseAgainstOfferTest {
  private static final int ROUNDS = 500;

  static Stream<Named<Function<String, ThreadSensitiveExecutor>>> executors() {
    return Stream.of(
        Named.of("platform", ThreadSensitiveExecutor::platform),
        Named.of("virtual", ThreadSensitiveExecutor::virtual));
  }

  @ParameterizedTest
  @MethodSource("executors")
  void taskOfferedToAClosingExecutorRunsOnceOrIsRefused(
      Function<String, ThreadSensitiveExecutor> start) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Jitter jitter = new Jitter(round);
      ThreadSensitiveExecutor executor = start.apply("closing");
      AtomicInteger ran = new AtomicInteger();
      List<Bystander<Integer>> producers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        producers.add(Bystander.start("producer", () -> offerUntilRefused(executor, ran)));
      }
      for (int i = round % 16; i >= 0; i--) {
        jitter.pause();
      }
      executor.close();
      int accepted = 0;
      for (Bystander<Integer> producer : producers) {
        accepted += producer.result();
      }
      assertThat(ran).as("round %s", round).hasValue(accepted);
    }
  }

  private static int offerUntilRefused(ThreadSensitiveExecutor executor, AtomicInteger ran) {
    int accepted = 0;
    try {
      while (true) {
        executor.execute(ran::incrementAndGet);
        accepted++;
      }
    } catch (RejectedExecutionException e) {
      return accepted;
    }
  }
}
