package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Thread-sensitive work submitted from its own home is queued there. */
class QueuedFromHomeTest {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  // 13
  @Test
  void workSubmittedFromTheSharedThreadIsQueuedThere() throws Exception {
    assertQueued(Patience.result(outerAndInner(SyncToAsync.threadSensitive())));
  }

  // 13
  @Test
  void workSubmittedFromAScopesThreadIsQueuedThere() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      assertQueued(Patience.result(outerAndInner(SyncToAsync.threadSensitive(scope))));
    }
  }

  // 13
  @Test
  void ambientWorkSubmittedFromAScopesThreadIsQueuedThere() throws Exception {
    assertQueued(
        Patience.result(
            ThreadSensitiveScope.around(() -> outerAndInner(SyncToAsync.threadSensitive()))));
  }

  // 13
  @Test
  void workSubmittedFromABlockedCallerIsQueuedThere() {
    List<Thread> threads =
        AsyncToSync.create().call(() -> outerAndInner(SyncToAsync.threadSensitive()));
    assertQueued(threads);
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  // 13
  @Test
  void workSubmittedFromAThreadSensitiveExecutorIsQueuedThere() throws Exception {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.virtual("lane")) {
      assertQueued(Patience.result(outerAndInner(SyncToAsync.on(executor))));
    }
  }

  private CompletionStage<List<Thread>> outerAndInner(SyncToAsync blocking) {
    AtomicReference<CompletableFuture<Thread>> inner = new AtomicReference<>();
    return blocking
        .call(
            () -> {
              inner.set(
                  blocking.call(
                      () -> {
                        events.add("inner");
                        return Thread.currentThread();
                      }));
              events.add("outer ends");
              return Thread.currentThread();
            })
        .thenCompose(home -> inner.get().thenApply(thread -> List.of(home, thread)));
  }

  private void assertQueued(List<Thread> threads) {
    assertThat(events).containsExactly("outer ends", "inner");
    assertThat(threads.get(1)).isSameAs(threads.get(0));
  }
}
