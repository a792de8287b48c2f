package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.examples.flow.Latencies.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void eachIsTheSmallestThatSoManyDoNotExceed() {
    List<Long> times = new ArrayList<>(LongStream.rangeClosed(1, 5_000).boxed().toList());
    Collections.shuffle(times, new Random(1));
    Latencies latencies = new Latencies(5_000);
    times.forEach(latencies::add);

    assertThat(latencies.summary())
        .isEqualTo(
            new Summary(
                5_000, nanos(2_500), nanos(4_500), nanos(4_950), nanos(4_995), nanos(5_000)));
  }

  @Test
  void ofOneAllAreTheSame() {
    Latencies latencies = new Latencies(9);
    latencies.add(7);

    assertThat(latencies.summary())
        .isEqualTo(new Summary(1, nanos(7), nanos(7), nanos(7), nanos(7), nanos(7)));
  }

  @Test
  void ofThreeTheMiddleIsTheMedian() {
    Latencies latencies = new Latencies(9);
    LongStream.of(30, 10, 20).forEach(latencies::add);

    Summary summary = latencies.summary();
    assertThat(summary.p50()).isEqualTo(nanos(20));
    assertThat(summary.p90()).isEqualTo(nanos(30));
  }

  @Test
  void ofNoneAllAreZero() {
    assertThat(new Latencies(9).summary())
        .isEqualTo(
            new Summary(
                0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void itTakesNoMoreThanItMay() {
    Latencies latencies = new Latencies(2);
    latencies.add(1);
    assertThat(latencies.isFull()).isFalse();
    latencies.add(2);
    assertThat(latencies.isFull()).isTrue();
    assertThatThrownBy(() -> latencies.add(3)).isInstanceOf(IllegalStateException.class);
    assertThat(latencies.summary().count()).isEqualTo(2);
  }

  @Test
  void theyAreShownInMilliseconds() {
    assertThat(Summary.millis(Duration.ofNanos(1_260_000))).isEqualTo("1.3");
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }
}
