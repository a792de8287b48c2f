package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A scope or a loop that closes takes a call or refuses it. */
@Tag("concurrency")
class CloseAgainstCallTest {
  private static final int ROUNDS = 500;
  private static final int MOST = 300;

  private final AtomicInteger ran = new AtomicInteger();

  // 15 and 24
  @Test
  void callOfAClosingScopeRunsOnceOrFails() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      ThreadSensitiveScope scope = ThreadSensitiveScope.open();
      race(round, () -> callUntilRefused(scope), scope::close);
    }
  }

  // 24
  @Test
  void taskOfAClosingLoopRunsOnceOrIsRefused() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      EventLoopThread loop = EventLoopThread.start("closing");
      race(round, () -> executeUntilRefused(loop), loop::close);
    }
  }

  // 24
  @Test
  void blockingCallToAClosingLoopReturnsOrIsRefused() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      EventLoopThread loop = EventLoopThread.start("closing");
      race(round, () -> waitUntilRefused(loop), loop::close);
    }
  }

  private void race(int round, Callable<Integer> offer, Runnable close) throws Exception {
    ran.set(0);
    Jitter jitter = new Jitter(round);
    List<Bystander<Integer>> producers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      producers.add(Bystander.start("producer", offer));
    }
    for (int i = round % 16; i >= 0; i--) {
      jitter.pause();
    }
    close.run();
    int accepted = 0;
    for (Bystander<Integer> producer : producers) {
      accepted += producer.result();
    }
    assertThat(ran).as("round %s", round).hasValue(accepted);
  }

  private int callUntilRefused(ThreadSensitiveScope scope) throws Exception {
    SyncToAsync blocking = SyncToAsync.threadSensitive(scope);
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    CompletableFuture<Integer> last;
    do {
      last = blocking.call(ran::incrementAndGet);
      calls.add(last);
    } while (!last.isCompletedExceptionally() && calls.size() < MOST);
    int accepted = 0;
    for (CompletableFuture<Integer> call : calls) {
      Throwable failure = Patience.result(call.handle((value, thrown) -> thrown));
      if (failure == null) {
        accepted++;
      } else {
        assertThat(failure).isInstanceOf(BridgeException.class).hasMessageContaining("closed");
      }
    }
    return accepted;
  }

  private int executeUntilRefused(EventLoop loop) {
    int accepted = 0;
    try {
      while (true) {
        loop.execute(ran::incrementAndGet);
        accepted++;
      }
    } catch (RejectedExecutionException e) {
      return accepted;
    }
  }

  private int waitUntilRefused(EventLoop loop) {
    AsyncToSync async = AsyncToSync.on(loop);
    int accepted = 0;
    try {
      while (true) {
        async.call(() -> CompletableFuture.completedFuture(ran.incrementAndGet()));
        accepted++;
      }
    } catch (BridgeException e) {
      assertThat(e).hasMessageContaining("closed");
      return accepted;
    }
  }
}
