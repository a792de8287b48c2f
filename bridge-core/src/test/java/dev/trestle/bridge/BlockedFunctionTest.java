package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** 19: a deadlock through a dependent whose function waits, or through a copy, is found as well. */
@SuppressWarnings("blocking-in-async") // that is what it is about
class BlockedFunctionTest {
  private final ThreadSensitiveScope one = ThreadSensitiveScope.open();
  private final ThreadSensitiveScope two = ThreadSensitiveScope.open();
  private final CyclicBarrier both = new CyclicBarrier(2);

  private List<Throwable> failures(Function<SyncToAsync, CompletableFuture<String>> needs) {
    return Stream.of(waiting(one, two, needs), waiting(two, one, needs))
        .flatMap(
            call ->
                Patience.result(
                    call.handle((v, thrown) -> thrown == null ? Stream.of() : Stream.of(thrown))))
        .map(Throwable.class::cast)
        .toList();
  }

  private CompletableFuture<String> waiting(
      ThreadSensitiveScope held,
      ThreadSensitiveScope other,
      Function<SyncToAsync, CompletableFuture<String>> needs) {
    return SyncToAsync.threadSensitive(held)
        .call(
            () -> {
              both.await(10, TimeUnit.SECONDS);
              return needs.apply(SyncToAsync.threadSensitive(other)).join();
            });
  }

  @Test
  void throughAFunctionThatWaits() {
    assertThat(
            failures(
                home ->
                    SyncToAsync.concurrent()
                        .call(() -> 1)
                        .thenApplyAsync(n -> home.call(() -> "late").join())))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f).hasStackTraceContaining("BridgeDeadlockException"));
  }

  @Test
  void throughAFunctionThatCallsAsyncCode() {
    assertThat(
            failures(
                home ->
                    SyncToAsync.concurrent()
                        .call(() -> 1)
                        .thenApplyAsync(
                            n -> AsyncToSync.create().<String>call(() -> home.call(() -> "late")))))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f).hasStackTraceContaining("BridgeDeadlockException"));
  }

  @Test
  void throughACopy() {
    assertThat(failures(home -> home.call(() -> "late").copy()))
        .singleElement()
        .satisfies(f -> assertThat(f).isInstanceOf(BridgeDeadlockException.class));
  }
}
