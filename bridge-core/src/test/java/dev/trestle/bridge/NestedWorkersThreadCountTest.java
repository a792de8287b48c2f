package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** 43: no thread is made for each call, also where a worker waits for a worker. */
class NestedWorkersThreadCountTest {
  /** Bodies that wait for bodies, one after the other. */
  static final class Nested {
    public static void main(String[] args) {
      SyncToAsync blocking = SyncToAsync.concurrent();
      var threads = ManagementFactory.getThreadMXBean();
      long started = threads.getTotalStartedThreadCount();
      for (int i = 0; i < 5_000; i++) {
        Patience.result(
            blocking.call(() -> AsyncToSync.create().call(() -> blocking.call(() -> "inner"))));
      }
      long made = threads.getTotalStartedThreadCount() - started;
      System.out.println("threads made: " + made);
      assertThat(made).isLessThan(150);
    }
  }

  @Test
  void workersThatWaitForWorkersLeaveTheThreadCountFlat() throws Exception {
    ChildJvm.of(Nested.class).with("trestle.workers.virtual", false).run();
  }
}
