package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** 40: dependents run in place, but never so deep that the stack overflows. */
class DependentChainTest {
  private static final int LENGTH = 100_000;

  private final Gate gate = new Gate();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Each stage checks that it comes right after the one before. */
  private CompletableFuture<Integer> chain() {
    CompletableFuture<Integer> last =
        SyncToAsync.concurrent()
            .call(
                () -> {
                  gate.pass();
                  return 0;
                });
    int[] ran = new int[1];
    for (int i = 0; i < LENGTH; i++) {
      int number = i;
      last =
          last.thenApply(
              value -> {
                threads.add(Thread.currentThread());
                assertThat(value).isEqualTo(number).isEqualTo(ran[0]);
                return ++ran[0];
              });
    }
    return last;
  }

  @Test
  void aLongOneOnTheWorkersEnds() {
    CompletableFuture<Integer> last = chain();
    gate.open();
    assertThat(Patience.result(last)).isEqualTo(LENGTH);
    assertThat(threads).allMatch(thread -> thread.getName().startsWith("trestle-worker-"));
  }

  @Test
  void aLongOneOnALoopEndsThere() {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      CompletableFuture<CompletableFuture<Integer>> last = new CompletableFuture<>();
      CompletableFuture<Thread> onLoop = new CompletableFuture<>();
      loop.execute(
          () -> {
            onLoop.complete(Thread.currentThread());
            last.complete(chain());
          });
      Patience.result(last);
      gate.open();
      assertThat(Patience.result(Patience.result(last))).isEqualTo(LENGTH);
      assertThat(threads).containsExactly(Patience.result(onLoop));
    }
  }

  @Test
  void aLongOneOnABlockedCallerEndsThere() {
    int end =
        AsyncToSync.create()
            .call(
                () -> {
                  CompletableFuture<Integer> last = chain();
                  gate.open();
                  return last;
                });
    assertThat(end).isEqualTo(LENGTH);
    assertThat(threads).containsExactly(Thread.currentThread());
  }
}
