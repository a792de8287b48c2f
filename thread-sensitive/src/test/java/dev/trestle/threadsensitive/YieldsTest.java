package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** How often a thread yields before it parks. */
class YieldsTest {
  /** Says how often a thread may yield. */
  static final class Allowed {
    public static void main(String[] args) {
      assertThat(Yields.allowed()).isEqualTo(Integer.parseInt(args[0]));
    }
  }

  @Test
  void theMostInOneWaitIsTheProperty() throws Exception {
    ChildJvm.of(Allowed.class).run(20);
    ChildJvm.of(Allowed.class).with("trestle.yields", 7).run(7);
    ChildJvm.of(Allowed.class).with("trestle.yields", 0).run(0);
  }

  @Test
  @EnabledForJreRange(minVersion = 21)
  void aVirtualThreadDoesNotYieldWhichWouldKeepOthersFromRunning() {
    CompletableFuture<Integer> allowed = new CompletableFuture<>();
    VirtualThreads.named("virtual").newThread(() -> allowed.complete(Yields.allowed())).start();
    assertThat(Patience.result(allowed)).isZero();
  }

  @Test
  void aWaitHasAnEndOfYielding() {
    for (int round = 0; round < 100; round++) {
      assertThat(Yields.giveWay(20)).isIn(19, 0);
      assertThat(Yields.giveWay(1)).isZero();
    }
  }

  @Test
  void aBusyProcessorEndsTheYieldingOfAWait() {
    // Each is as long away as the other spins, on however many processors.
    Thread[] busy = new Thread[4 * Runtime.getRuntime().availableProcessors()];
    boolean[] end = {false};
    for (int i = 0; i < busy.length; i++) {
      busy[i] =
          Homes.daemon(
              () -> {
                while (!over(end)) {
                  Thread.onSpinWait();
                }
              },
              "busy");
      busy[i].start();
    }
    try {
      int least = 20;
      for (int round = 0; round < 10_000 && least > 1; round++) {
        int yields = 0;
        for (int left = Yields.allowed(); left > 0; left = Yields.giveWay(left)) {
          yields++;
        }
        least = Math.min(least, yields);
      }
      assertThat(least).isEqualTo(1);
    } finally {
      synchronized (end) {
        end[0] = true;
      }
    }
  }

  private static boolean over(boolean[] end) {
    synchronized (end) {
      return end[0];
    }
  }
}
