package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blocked caller runs the thread-sensitive work of its call. */
class BlockedCallerTest {
  private final AsyncToSync async = AsyncToSync.create();
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();
  private final Thread caller = Thread.currentThread();

  // 7
  @Test
  void threadSensitiveCallOfTheAsyncFunctionRunsOnTheCaller() {
    assertThat(async.call(this::threadOfBlockingCode)).isSameAs(caller);
  }

  // 7
  @Test
  void threadSensitiveCallAfterAnAsyncStepRunsOnTheCaller() {
    Thread seen =
        async.call(
            () ->
                SyncToAsync.concurrent().call(() -> 1).thenCompose(one -> threadOfBlockingCode()));
    assertThat(seen).isSameAs(caller);
  }

  // 7
  @Test
  void threadSensitiveCallOfATaskSpawnedOnTheLoopRunsOnTheCaller() {
    CompletableFuture<Thread> seen = new CompletableFuture<>();
    async.call(
        () -> {
          EventLoop.current()
              .orElseThrow()
              .execute(() -> Patience.forward(threadOfBlockingCode(), seen));
          return seen;
        });
    assertThat(seen).isCompletedWithValue(caller);
  }

  // 7
  @Test
  void threadSensitiveCallOfASpawnedBlockingBodyRunsOnTheCaller() {
    CompletableFuture<Thread> seen = new CompletableFuture<>();
    async.call(
        () -> {
          SyncToAsync.concurrent()
              .run(() -> Patience.forward(threadOfBlockingCode(), seen))
              .exceptionally(e -> null);
          return seen;
        });
    assertThat(seen).isCompletedWithValue(caller);
  }

  // 7
  @Test
  void threadSensitiveCallOfARawThreadWithTheContextRunsOnTheCaller() {
    CompletableFuture<Thread> seen = new CompletableFuture<>();
    async.call(
        () -> {
          Runnable spawned = () -> Patience.forward(threadOfBlockingCode(), seen);
          Bystander.run("raw", Context.capture().wrap(spawned)::run);
          return seen;
        });
    assertThat(seen).isCompletedWithValue(caller);
  }

  // 7
  @Test
  void threadSensitiveCallOnAPortalRunsOnTheCaller() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      assertThat(AsyncToSync.on(loop).call(this::threadOfBlockingCode)).isSameAs(caller);
    }
  }

  // 7
  @ParameterizedTest
  @ValueSource(ints = {4, 50})
  void threadSensitiveCallsAtAnyDepthRunOnTheCaller(int depth) throws Exception {
    List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
    Thread outermost =
        Bystander.call(
            () -> {
              nest(depth, seen);
              return Thread.currentThread();
            });
    assertThat(seen).hasSize(depth).containsOnly(outermost);
  }

  // 7
  @Test
  void aThousandLevelsRunOnTheCallerOrFailWithAClearError() throws Exception {
    List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
    Bystander<Throwable> outermost =
        Bystander.start("deep", () -> catchThrowable(() -> nest(1000, seen)));
    Throwable failure = outermost.result();
    if (failure == null) {
      assertThat(seen).hasSize(1000);
    } else {
      assertThat(failure).isInstanceOf(BridgeException.class).hasMessageContaining("deep");
    }
    assertThat(seen).containsOnly(outermost.thread());
  }

  private void nest(int depth, List<Thread> seen) {
    if (depth > 0) {
      async.call(
          () ->
              blocking.run(
                  () -> {
                    seen.add(Thread.currentThread());
                    nest(depth - 1, seen);
                  }));
    }
  }

  private CompletionStage<Thread> threadOfBlockingCode() {
    return blocking.call(Thread::currentThread);
  }
}
