package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.Registration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hook races with the end of its body: it runs once at most, and never beyond that end. */
@Tag("concurrency")
class HookRaceTest {
  private static final int ROUNDS = 3_000;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void close() {
    worker.shutdown();
  }

  private void hook() {
    runs.incrementAndGet();
    running.incrementAndGet();
    late.addAndGet(over.get() ? 1 : 0);
    Patience.randomMoment();
    late.addAndGet(over.get() ? 1 : 0);
    running.decrementAndGet();
  }

  private void race(CancelPolicy policy, boolean takeBack) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      runs.set(0);
      over.set(false);
      CompletableFuture<Void> call =
          SyncToAsync.on(worker)
              .withCancel(policy)
              .run(
                  () -> {
                    Patience.randomMoment();
                    Registration registered = Calls.onCancel(this::hook);
                    Patience.randomMoment();
                    if (takeBack) {
                      registered.remove();
                    }
                  });
      Future<Integer> next =
          worker.submit(
              () -> {
                over.set(true);
                return running.get();
              });
      Patience.randomMoment();
      call.cancel(true);
      assertThat(next.get()).isZero();
      Patience.result(Calls.ended(call));
      assertThat(running).hasValue(0);
      assertThat(runs).hasValueLessThanOrEqualTo(1);
      assertThat(late).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHookNeverOutlivesItsBody(CancelPolicy policy) throws Exception {
    race(policy, false);
  }

  @ParameterizedTest
  @EnumSource
  void aHookBeingTakenBackNeverOutlivesItsBody(CancelPolicy policy) throws Exception {
    race(policy, true);
  }
}
