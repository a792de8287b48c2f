package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static dev.trestle.bridge.Tasks.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.LoopTask;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong in a task, its loop goes on. */
class TurnsEndTest {
  private final EventLoopThread loop = EventLoopThread.start("turns");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void aLoopThatFailsToTakeATurnLeavesItToTheTask() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    Executor executor =
        turn -> {
          if (broken.get()) {
            throw new IllegalStateException("broken");
          }
          loop.execute(turn);
        };
    CompletableFuture<String> task =
        EventLoop.adapt("broken", executor, loop::isCurrent)
            .start(
                () -> {
                  broken.set(true);
                  sleep(Duration.ZERO);
                  return "alone";
                });
    assertThat(Patience.result(task)).isEqualTo("alone");
    assertThat(Loops.compute(loop, () -> "goes on")).isEqualTo("goes on");
  }

  @Test
  void aCancelHookMayWaitForTheLoopOfItsTask() throws Exception {
    CompletableFuture<String> hook = new CompletableFuture<>();
    CountDownLatch hookBegun = new CountDownLatch(1);
    CountDownLatch bodyEnds = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Object> task =
        loop.start(
            () -> {
              Calls.onCancel(
                  () -> {
                    hookBegun.countDown();
                    Patience.await(bodyEnds);
                    hook.complete(
                        AsyncToSync.on(loop)
                            .call(() -> CompletableFuture.completedFuture("from the loop")));
                  });
              waits.countDown();
              try {
                return await(new CompletableFuture<>());
              } finally {
                Patience.await(hookBegun);
                bodyEnds.countDown();
              }
            });
    Patience.await(waits);
    CompletableFuture<Void> ended = Calls.ended(task);
    task.cancel(true);
    assertThat(Patience.result(hook)).isEqualTo("from the loop");
    Patience.end(ended);
    assertThat(Loops.compute(loop, () -> "goes on")).isEqualTo("goes on");
  }

  @Test
  void aTaskThatIsCancelledWhileItBeginsIsForgotten() {
    Set<LoopTask<?>> known = ConcurrentHashMap.newKeySet();
    Telling telling =
        new Telling(
            task -> {
              task.cancel(true);
              known.add(task);
            },
            known::remove);
    Patience.end(telling.start(() -> "unseen"));
    assertThat(known).isEmpty();
  }

  @Test
  void aLoopThatFailsToForgetATaskGoesOn() throws Exception {
    Telling telling =
        new Telling(
            task -> {},
            task -> {
              throw new IllegalStateException("mine");
            });
    assertThat(Patience.result(telling.start(() -> "value"))).isEqualTo("value");
    assertThat(Loops.compute(loop, () -> "goes on")).isEqualTo("goes on");
  }

  @Test
  void aStackOverflowInTheMiddleOfAWaitHarmsOnlyTheTask() throws Exception {
    for (int round = 0; round < 8; round++) {
      Depth depth = new Depth();
      CompletableFuture<Object> task = loop.start(() -> depth.down(0));
      Patience.end(task);
      depth.end();
      assertThat(Loops.compute(loop, () -> "goes on")).isEqualTo("goes on");
    }
  }

  /** Waits at each level of a recursion that never ends, for what another thread completes. */
  private static final class Depth {
    private static final int MOST = 1_000_000;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final CompletableFuture<String>[] stages = new CompletableFuture[64];

    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread completes = new Thread(this::completeAll);

    Depth() {
      for (int i = 0; i < stages.length; i++) {
        stages[i] = new CompletableFuture<>();
      }
      completes.start();
    }

    Object down(int level) {
      if (level < MOST) {
        try {
          return down(level + 1);
        } finally {
          int next = reached.get();
          if (next < stages.length) { // near the end of the stack, and again a level further out
            reached.set(next + 1);
            await(stages[next]);
          }
        }
      }
      return level;
    }

    private void completeAll() {
      for (int i = 0; i < stages.length; i++) {
        while (reached.get() <= i && !over.get()) {
          Thread.onSpinWait();
        }
        Patience.randomMoment();
        stages[i].complete("value");
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      completes.join();
    }
  }

  /** The loop, which tells of its tasks. */
  private final class Telling implements EventLoop {
    private final Consumer<LoopTask<?>> begins;
    private final Consumer<LoopTask<?>> ends;

    Telling(Consumer<LoopTask<?>> begins, Consumer<LoopTask<?>> ends) {
      this.begins = begins;
      this.ends = ends;
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public boolean isCurrent() {
      return loop.isCurrent();
    }

    @Override
    public void taskBegins(LoopTask<?> task) {
      begins.accept(task);
    }

    @Override
    public void taskEnds(LoopTask<?> task) {
      ends.accept(task);
    }
  }
}
