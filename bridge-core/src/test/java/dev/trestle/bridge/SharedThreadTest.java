package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Without a scope and without a blocked caller, the process has one home. */
class SharedThreadTest {
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();

  // 8
  @Test
  void workOfTwoLoopsRunsOnOneThreadThatIsNeitherLoop() throws Exception {
    try (EventLoopThread first = EventLoopThread.start("L1");
        EventLoopThread second = EventLoopThread.start("L2")) {
      Thread home = Loops.call(first, this::threadOfBlockingCode);
      assertThat(Loops.call(second, this::threadOfBlockingCode)).isSameAs(home);
      assertThat(home).isNotIn(Loops.threadOf(first), Loops.threadOf(second));
    }
  }

  // 8
  @Test
  void workOfPlainThreadsRunsOnTheThreadThatTheLoopsUse() throws Exception {
    Thread ofPlain = Bystander.call(() -> Patience.result(threadOfBlockingCode()));
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      assertThat(Loops.call(loop, this::threadOfBlockingCode)).isSameAs(ofPlain);
    }
  }

  // 8
  @Test
  void nestedWorkStaysOnTheSharedThread() throws Exception {
    List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      Thread home = Loops.call(loop, this::threadOfBlockingCode);
      Loops.call(loop, () -> nest(4, seen));
      assertThat(seen).hasSize(4).containsOnly(home);
    }
  }

  // 8
  @Test
  void workBelowAWorkerStaysOnTheSharedThread() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      Thread home = Loops.call(loop, this::threadOfBlockingCode);
      Thread seen =
          Loops.call(
              loop,
              () ->
                  SyncToAsync.concurrent()
                      .call(() -> AsyncToSync.create().call(this::threadOfBlockingCode)));
      assertThat(seen).isSameAs(home);
    }
  }

  private CompletionStage<Void> nest(int depth, List<Thread> seen) {
    return blocking.run(
        () -> {
          seen.add(Thread.currentThread());
          if (depth > 1) {
            AsyncToSync.create().call(() -> nest(depth - 1, seen));
          }
        });
  }

  private CompletionStage<Thread> threadOfBlockingCode() {
    return blocking.call(Thread::currentThread);
  }
}
