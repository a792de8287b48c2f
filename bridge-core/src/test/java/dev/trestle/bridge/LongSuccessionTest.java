package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Call;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body that starts its successor does not keep its past: a poller may run for ever. */
class LongSuccessionTest {
  private static final int GENERATIONS = 100_000;

  /** Of calls that have not ended; threads that are not scheduled may hold theirs for a while. */
  private static final int FEW = GENERATIONS / 10;

  private final AtomicInteger longest = new AtomicInteger();
  private final Queue<WeakReference<Object>> early = new ConcurrentLinkedQueue<>();
  private final Gate last = new Gate();

  @AfterEach
  void letGo() {
    last.open();
  }

  private void generation(SyncToAsync blocking, int number) {
    int ancestors = 0;
    for (Call<?> call = Call.current(); call != null; call = call.parent()) {
      ancestors++;
    }
    longest.accumulateAndGet(ancestors, Math::max);
    if (number % 1_000 == 0 && number < GENERATIONS / 2) {
      early.add(new WeakReference<>(Call.current()));
    }
    if (number == GENERATIONS) {
      last.pass();
    } else {
      var unused = blocking.run(() -> generation(blocking, number + 1));
    }
  }

  private void assertThePastIsForgotten() {
    last.awaitReached();
    assertThat(longest).hasValueBetween(1, FEW);
    assertThat(early).isNotEmpty();
    early.forEach(Patience::collected);
  }

  @Test
  void onTheWorkers() {
    var unused = SyncToAsync.concurrent().run(() -> generation(SyncToAsync.concurrent(), 1));
    assertThePastIsForgotten();
  }

  @Test
  void belowACallThatGoesOn() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    var unused =
        ThreadSensitiveScope.around(
            () -> {
              var unusedToo =
                  SyncToAsync.threadSensitive()
                      .run(() -> generation(SyncToAsync.threadSensitive(), 1));
              return end;
            });
    assertThePastIsForgotten();
    end.complete(null);
  }

  @Test
  void onAnExecutor() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    SyncToAsync blocking = SyncToAsync.on(single);
    var unused = blocking.run(() -> generation(blocking, 1));
    assertThePastIsForgotten();
    last.open();
    single.shutdown();
  }
}
