package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Async code that is done when it returns, with no call above or below, takes no detour. */
class CompletedStageTest {
  private final AtomicInteger loops = new AtomicInteger();

  private CallerFrame<Thread> frame() {
    return new CallerFrame<>(
        null,
        caller -> {
          loops.incrementAndGet();
          return new CallerLoop(caller) {};
        },
        CallOptions.DEFAULT);
  }

  private static Thread call(CallerFrame<Thread> frame) throws Exception {
    try {
      return frame.call(() -> CompletableFuture.completedFuture(Thread.currentThread()));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itRunsOnTheCallingThread() throws Exception {
    assertThat(call(frame())).isSameAs(Thread.currentThread());
  }

  @Test
  void theCallerTakesNoLock() {
    CompletableFuture<CallerFrame<Thread>> made = new CompletableFuture<>();
    Gate gate = new Gate();
    Bystander<Thread> caller =
        Bystander.start(
            "caller",
            () -> {
              CallerFrame<Thread> own = frame();
              made.complete(own);
              gate.pass();
              return call(own);
            });
    CallerFrame<Thread> frame = Patience.result(made);
    synchronized (frame) { // its caller would wait for this
      gate.open();
      assertThat(caller.result()).isSameAs(caller.thread());
    }
  }

  @Test
  void noQueueAndNoLoopAreMade() throws Exception {
    CallerFrame<Thread> first = frame();
    CallerFrame<Thread> second = frame();
    call(second);
    call(first);
    assertThat(first.laneOrNull()).as("the one that all share").isSameAs(second.laneOrNull());
    assertThat(loops).hasValue(0);
  }
}
