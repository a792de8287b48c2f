package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller that gives up waits for, and what it and a home hand on. */
class TimelyTimeoutTest {
  private static final Local<String> TRACE = Local.named("trace");

  private final Gate gate = new Gate();

  @AfterEach
  void letGo() {
    gate.open();
    TRACE.remove();
  }

  @Test
  void aDetachedBodyThatNobodyCouldTellIsNotWaitedFor() {
    AsyncToSync async = AsyncToSync.create().withTimeout(Duration.ofMillis(50));
    long start = System.nanoTime();
    assertThatThrownBy(() -> async.call(() -> SyncToAsync.concurrent().run(gate::pass)))
        .isInstanceOf(BridgeTimeoutException.class);
    // Not a measurement: the grace would have added a whole second.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_000));
  }

  @Test
  void whatTheFunctionSetBeforeItThrewIsWrittenBack() { // 26
    assertThatThrownBy(
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          TRACE.set("set");
                          throw new IllegalStateException("then failed");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(TRACE.get()).isEqualTo("set");
  }

  @Test
  void theEndsThatAHomeTellsAreNotToldOnIt() { // 40
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    SyncToAsync onScope = SyncToAsync.threadSensitive(scope);
    Thread home = Patience.result(onScope.call(Thread::currentThread));
    CompletableFuture<Void> running = onScope.run(gate::pass);
    gate.awaitReached();
    CompletableFuture<Thread> bodyEnd = threadOf(CompletableFuture.allOf(Calls.ended(running)));
    CompletableFuture<Thread> scopeEnd = threadOf(CompletableFuture.allOf(scope.closeAsync()));
    gate.open();
    assertThat(Patience.result(bodyEnd)).isNotSameAs(home);
    assertThat(Patience.result(scopeEnd)).isNotSameAs(home);
    Patience.result(running);
  }

  private static CompletableFuture<Thread> threadOf(CompletableFuture<Void> end) {
    return end.thenApply(value -> Thread.currentThread());
  }
}
