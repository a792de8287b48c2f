package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManyLocalsTest {
  private static final int CAPTURES = 10_000;
  private final List<Local<Integer>> locals =
      IntStream.range(0, 1000).mapToObj(i -> Local.<Integer>named("local-" + i)).toList();
  private Object sink;

  @AfterEach
  void leaveTheThreadClean() {
    locals.forEach(Local::remove);
  }

  @Test
  void aThousandLocalsKeepTheirValues() {
    for (int i = 0; i < 1000; i++) {
      locals.get(i).set(i);
    }
    Context all = Context.capture();
    for (int i = 0; i < 1000; i += 2) {
      locals.get(i).remove();
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(locals.get(i).isSet()).isEqualTo(i % 2 == 1);
      assertThat(locals.get(i).orElse(i)).isEqualTo(i);
    }
    all.run(
        () -> {
          for (int i = 0; i < 1000; i++) {
            assertThat(locals.get(i).get()).isEqualTo(i);
          }
        });
  }

  @Test
  void captureCostsTheSameWithOneOrAThousand() { // 31
    locals.get(0).set(0);
    allocatedByCaptures();
    long withOne = allocatedByCaptures();
    for (int i = 0; i < 1000; i++) {
      locals.get(i).set(i);
    }
    long withAThousand = allocatedByCaptures();
    // An entry more for each Local would be some megabytes; the compiler may shift it by a little.
    assertThat(withAThousand).isLessThanOrEqualTo(withOne + 16L * CAPTURES);
  }

  private long allocatedByCaptures() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CAPTURES; i++) {
      sink = Context.capture();
    }
    long after = threads.getCurrentThreadAllocatedBytes();
    assertThat(sink).isNotNull();
    return after - before;
  }
}
