package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a body throws completes its call, in both directions, and harms no later one. */
class BodyFailuresTest {
  static Stream<Named<Throwable>> failures() {
    return Stream.of(
            new AssertionError("error"),
            new OutOfMemoryError("pretended"),
            new StackOverflowError("pretended"),
            new InterruptedException("thrown"),
            new CancellationException("thrown"),
            new CompletionException("thrown", new IllegalStateException("cause")),
            new IOException("checked"),
            new IllegalStateException("unchecked"))
        .map(failure -> Named.of(failure.getClass().getSimpleName(), failure));
  }

  // 22 ★
  @ParameterizedTest
  @MethodSource("failures")
  void whatABlockingBodyThrowsFailsTheFutureAndItsThreadIsClean(Throwable failure)
      throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync blocking = SyncToAsync.threadSensitive(scope);
      Thread home = Patience.result(blocking.call(Thread::currentThread));
      assertThat(Patience.failure(blocking.call(throwing(failure)))).isSameAs(failure);
      assertThat(Patience.result(blocking.call(Thread::interrupted))).isFalse();
      assertThat(Patience.result(blocking.call(Thread::currentThread))).isSameAs(home);
      assertThat(Patience.failure(SyncToAsync.concurrent().call(throwing(failure))))
          .isSameAs(failure);
    }
  }

  // 22 ★
  @ParameterizedTest
  @MethodSource("failures")
  void whatABlockingBodyOnABlockedCallerThrowsReachesTheCallerAndItsThreadIsClean(
      Throwable failure) {
    SyncToAsync blocking = SyncToAsync.threadSensitive();
    Throwable thrown =
        catchThrowable(() -> AsyncToSync.create().call(() -> blocking.call(throwing(failure))));
    boolean ofTheCaller = failure instanceof InterruptedException; // on whose thread the body ran
    assertThat(Thread.interrupted()).isEqualTo(ofTheCaller);
    if (!ofTheCaller || !(thrown instanceof BridgeInterruptedException)) {
      assertArrives(failure, thrown); // it came before the interrupt was seen
    }
    assertNextCallIsClean();
  }

  // 22 ★
  @ParameterizedTest
  @MethodSource("failures")
  void whatAnAsyncTaskThrowsReachesTheCallerAndItsThreadIsClean(Throwable failure) {
    Callable<CompletableFuture<String>> task = throwing(failure);
    assertArrives(failure, catchThrowable(() -> AsyncToSync.create().call(task)));
    assertNextCallIsClean();
  }

  // 22 ★
  @ParameterizedTest
  @MethodSource("failures")
  void whatAStageFailsWithReachesTheCallerOfAPortalAndTheLoopIsClean(Throwable failure)
      throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      assertArrives(
          failure,
          catchThrowable(
              () -> AsyncToSync.on(loop).call(() -> CompletableFuture.failedFuture(failure))));
      assertArrives(failure, catchThrowable(() -> AsyncToSync.on(loop).call(throwing(failure))));
      assertThat(Loops.compute(loop, Thread::interrupted)).isFalse();
      assertNextCallIsClean();
    }
  }

  // 22 ★
  @Test
  void stackOverflowOfABodyFailsItsFuture() throws Exception {
    SyncToAsync blocking = SyncToAsync.threadSensitive();
    assertThat(Patience.failure(blocking.call(() -> overflow(0))))
        .isInstanceOf(StackOverflowError.class);
    assertThat(Patience.result(blocking.call(() -> 1))).isEqualTo(1);
  }

  // 22 ★
  @Test
  void nullResultPassesInBothDirections() {
    String result =
        AsyncToSync.create().call(() -> SyncToAsync.threadSensitive().<String>call(() -> null));
    assertThat(result).isNull();
    assertNextCallIsClean();
  }

  // 22 ★
  @Test
  void interruptFlagThatABodySetsDoesNotReachTheNextBody() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync blocking = SyncToAsync.threadSensitive(scope);
      Patience.result(blocking.run(() -> Thread.currentThread().interrupt()));
      assertThat(Patience.result(blocking.call(Thread::interrupted))).isFalse();
    }
  }

  private static <R> Callable<R> throwing(Throwable failure) {
    return () -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    };
  }

  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  /** The same object; a checked one wrapped once. */
  private static void assertArrives(Throwable expected, Throwable thrown) {
    if (expected instanceof RuntimeException || expected instanceof Error) {
      assertThat(thrown).isSameAs(expected);
    } else {
      assertThat(thrown).isInstanceOf(CompletionException.class);
      assertThat(thrown.getCause()).isSameAs(expected);
    }
  }

  private static void assertNextCallIsClean() {
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(EventLoop.current()).isEmpty();
    Thread seen =
        AsyncToSync.create().call(() -> SyncToAsync.threadSensitive().call(Thread::currentThread));
    assertThat(seen).isSameAs(Thread.currentThread());
  }
}
