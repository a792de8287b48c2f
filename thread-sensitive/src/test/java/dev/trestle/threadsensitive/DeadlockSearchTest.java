package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each waits for something that the next one holds, in a ring or nearly so. */
@Tag("concurrency")
class DeadlockSearchTest {
  private static final int RINGS_THAT_DISSOLVE = 500;
  private static final int RINGS = 100;

  /** A loop that is whoever queues something, and stands still meanwhile. */
  private static final Delivery LOOP =
      new Delivery() {
        @Override
        public boolean isCurrent() {
          return false;
        }

        @Override
        public void execute(Runnable turn) {
          turn.run();
        }
      };

  /** The first is a task, which anybody may search for; the others are threads that are blocked. */
  private static final class Ring {
    private final Thread searcher = Thread.currentThread();
    private final List<Waiting<Integer>> held = new ArrayList<>();
    private final List<BlockingCall<Integer>> threads = new ArrayList<>();
    private final CountDownLatch searched = new CountDownLatch(1);
    private final LoopTask<Integer> task =
        new LoopTask<>(this::takeThenGive, LOOP, CallOptions.DEFAULT);

    /** Who holds what the last one waits for. */
    private volatile Object last;

    /** Where the searcher is when the ring opens, and where it opens; 0 for never. */
    private volatile int opensAt;

    private int opens;

    Ring(int size, boolean closed) {
      last = closed ? task : new CompletableFuture<Integer>();
      for (int i = 0; i < size; i++) {
        int member = i;
        held.add(
            new Waiting<>("what " + i + " waits for", () -> holders(member), lost -> {}, v -> {}));
      }
      for (int i = 1; i < size; i++) {
        int member = i;
        threads.add(
            new BlockingCall<>(() -> takeThenGive(member), Workers.DELIVERY, CallOptions.DEFAULT));
      }
      for (BlockingCall<Integer> thread : threads) {
        thread.submitConcurrent();
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> sleeps(thread));
      }
      task.submit();
    }

    private static boolean sleeps(BlockingCall<?> call) {
      CallerFrame<?> frame = call.blockedIn();
      Lane lane = frame == null ? null : frame.laneOrNull();
      return lane != null && lane.isAsleep();
    }

    /** While it is searched, and not at one moment: one goes on, then the last needs the first. */
    void dissolve(int when, int where) {
      opens = where;
      opensAt = when;
    }

    private List<Object> holders(int member) {
      List<Object> answer = List.of(member == threads.size() ? last : threads.get(member));
      if (opensAt != 0 && opensAt == member && Thread.currentThread() == searcher) {
        open();
      }
      return answer;
    }

    private void open() {
      opensAt = 0;
      give(opens);
      Patience.end(held.get(opens).minimalCompletionStage());
      last = task;
    }

    /** A search that met a thread which was just awake has not come that far. */
    void openIfNotSearched() {
      if (opensAt != 0) {
        open();
      }
    }

    private void give(int member) {
      held.get(member).give(member, () -> {});
    }

    private int takeThenGive(int member) throws Exception {
      int taken;
      try {
        taken =
            new CallerFrame<Integer>(null, o -> new CallerLoop(o) {}, CallOptions.DEFAULT)
                .call(() -> held.get(member));
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      Patience.await(searched);
      give(member - 1);
      return taken;
    }

    private int takeThenGive() throws Exception {
      try {
        return task.await(held.get(0));
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      } finally {
        give(held.size() - 1);
      }
    }

    void assertThreadsEnd() {
      for (int i = 0; i < threads.size(); i++) {
        assertThat(Patience.result(threads.get(i))).isEqualTo(i + 1);
      }
    }
  }

  // 20
  @Test
  void aRingThatDissolvesWhileItIsSearchedIsNoProof() {
    for (int seed = 0; seed < RINGS_THAT_DISSOLVE; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(3, 6);
      int when = random.nextInt(1, size - 1);
      Ring ring = new Ring(size, false);
      ring.dissolve(when, random.nextInt(1, when + 1));
      assertThat(DeadlockSearch.proofFor(ring.task)).as("seed %s", seed).isNull();
      ring.openIfNotSearched();
      ring.searched.countDown();
      assertThat(Patience.result(ring.task)).as("seed %s", seed).isZero();
      ring.assertThreadsEnd();
    }
  }

  // 19
  @Test
  void aRingThatStaysFailsItsNewestWaitAndNoOther() {
    for (int seed = 0; seed < RINGS; seed++) {
      Ring ring = new Ring(2 + seed % 4, true);
      ring.searched.countDown();
      assertThat(Patience.failure(ring.task))
          .as("seed %s", seed)
          .isInstanceOf(BridgeDeadlockException.class);
      ring.assertThreadsEnd();
    }
  }
}
