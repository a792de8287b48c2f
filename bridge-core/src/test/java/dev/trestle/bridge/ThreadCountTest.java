package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No thread and no loop is made for each call. */
class ThreadCountTest {
  private static final int CALLS = 10_000;

  // 43
  @Test
  void tenThousandCallsFromBystandersLeaveTheThreadCountFlat() throws Exception {
    assertFlat(
        () -> {
          List<Bystander<Void>> callers = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            callers.add(Bystander.run("caller-" + i, () -> callMany(CALLS / 4)));
          }
          for (Bystander<Void> caller : callers) {
            caller.result();
          }
        });
  }

  static Stream<Named<Supplier<ThreadSensitiveScope>>> scopes() {
    return Stream.of(
        Named.of("open", ThreadSensitiveScope::open),
        Named.of("openPlatform", ThreadSensitiveScope::openPlatform));
  }

  // 43
  @ParameterizedTest
  @MethodSource("scopes")
  void tenThousandScopesLeaveTheThreadCountFlat(Supplier<ThreadSensitiveScope> open)
      throws Exception {
    assertFlat(
        () -> {
          for (int i = 0; i < CALLS; i++) {
            try (ThreadSensitiveScope scope = open.get()) {
              Patience.result(SyncToAsync.threadSensitive(scope).run(() -> {}));
            }
          }
        });
  }

  @SuppressWarnings("sequential-await") // many calls, one thread
  private static void callMany(int calls) {
    for (int i = 0; i < calls; i++) {
      Thread seen =
          AsyncToSync.create()
              .call(
                  () -> {
                    EventLoop loop = EventLoop.current().orElseThrow();
                    CompletableFuture<Thread> result = new CompletableFuture<>();
                    loop.execute(
                        () ->
                            Patience.forward(
                                SyncToAsync.threadSensitive().call(Thread::currentThread), result));
                    return result;
                  });
      assertThat(seen).isSameAs(Thread.currentThread());
    }
  }

  private static void assertFlat(Bystander.ThrowingRunnable calls) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    long started = threads.getTotalStartedThreadCount();
    calls.run();
    // A few may come and go with the pools, the tests before, and the JVM itself.
    assertThat(threads.getTotalStartedThreadCount() - started).isLessThan(150);
  }
}
