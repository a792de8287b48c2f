package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Async code below blocking code comes back to the loop above it. */
class AlternationTest {
  private final List<Thread> seen = Collections.synchronizedList(new ArrayList<>());

  static Stream<Named<SyncToAsync>> adapters() {
    return Stream.of(
        Named.of("threadSensitive", SyncToAsync.threadSensitive()),
        Named.of("concurrent", SyncToAsync.concurrent()));
  }

  // 4
  @ParameterizedTest
  @MethodSource("adapters")
  void asyncCodeBelowBlockingCodeRunsOnTheThreadOfTheLoopAbove(SyncToAsync blocking)
      throws Exception {
    assertOnLoopThread(blocking, 1);
  }

  // 4
  @ParameterizedTest
  @MethodSource("adapters")
  void fourAlternationsComeBackToTheSameLoop(SyncToAsync blocking) throws Exception {
    assertOnLoopThread(blocking, 4);
  }

  // 4, where the loop is a plain thread that drives its own call
  @Test
  void fourAlternationsComeBackToTheLoopThatACallerDrives() {
    List<EventLoop> loops = Collections.synchronizedList(new ArrayList<>());
    AsyncToSync.create().call(() -> alternate(SyncToAsync.concurrent(), 4, loops));
    assertThat(loops).hasSize(5).allSatisfy(loop -> assertThat(loop).isSameAs(loops.get(0)));
    assertThat(seen).hasSize(5).containsOnly(Thread.currentThread());
  }

  private void assertOnLoopThread(SyncToAsync blocking, int alternations) throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      List<EventLoop> loops = Collections.synchronizedList(new ArrayList<>());
      Loops.call(loop, () -> alternate(blocking, alternations, loops));
      assertThat(seen).hasSize(alternations + 1).containsOnly(Loops.threadOf(loop));
      assertThat(loops).containsOnly(loop);
    }
  }

  private CompletionStage<Integer> alternate(SyncToAsync blocking, int times, List<EventLoop> at) {
    seen.add(Thread.currentThread());
    at.add(EventLoop.current().orElseThrow());
    if (times == 0) {
      return CompletableFuture.completedFuture(0);
    }
    return blocking.call(
        () -> AsyncToSync.create().<Integer>call(() -> alternate(blocking, times - 1, at)));
  }
}
