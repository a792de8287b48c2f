package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** 33: a cancelled scope ends, with the stage that it was open for. */
class CancelAroundTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final CompletableFuture<String> stage = new CompletableFuture<>();
  private final CompletableFuture<Thread> home = new CompletableFuture<>();
  private final CompletableFuture<CompletableFuture<String>> inner = new CompletableFuture<>();
  private final Gate inFunction = new Gate();

  /** A thread of a scope has ended, or is idle among those that are reused. */
  static void assertGivenBack(Thread thread) {
    await()
        .until(
            () ->
                Arrays.stream(thread.getStackTrace())
                    .noneMatch(frame -> frame.getClassName().startsWith("dev.trestle.")));
  }

  private CompletableFuture<String> useTheScope() {
    var unused = BLOCKING.run(() -> home.complete(Thread.currentThread()));
    return stage;
  }

  private CompletableFuture<String> startSlowly() {
    CompletableFuture<String> scoped =
        ThreadSensitiveScope.around(
            () -> {
              CompletableFuture<String> started = useTheScope();
              Patience.result(home);
              inFunction.pass();
              return started;
            });
    inner.complete(scoped);
    return scoped;
  }

  private void assertAllHasEnded() {
    Patience.end(stage);
    assertThat(stage).isCancelled();
    Patience.end(Patience.result(inner));
    assertThat(Patience.result(inner)).isCancelled();
    assertGivenBack(Patience.result(home));
  }

  @Test
  void itsStageIsCancelledAndItsThreadEnds() {
    inner.complete(ThreadSensitiveScope.around(this::useTheScope));
    Thread thread = Patience.result(home);
    assertThat(thread.isAlive()).isTrue();
    assertThat(Patience.result(inner).cancel(true)).isTrue();
    assertThat(stage).isCancelled();
    assertAllHasEnded();
  }

  @Test
  void aScopeThatRanNothingEndsToo() {
    CompletableFuture<String> scoped = ThreadSensitiveScope.around(() -> stage);
    assertThat(scoped.cancel(true)).isTrue();
    assertThat(stage).isCancelled();
    assertThat(scoped).isCancelled();
  }

  @Test
  void cancelledWithTheBlockingCallThatItWasStartedInItCancelsTheStageWhenItIsThere() {
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  var unused = startSlowly();
                });
    inFunction.awaitReached();
    outer.cancel(true);
    assertThat(stage).isNotDone();
    inFunction.open();
    assertAllHasEnded();
  }

  @Test
  void cancelledWithTheScopeThatItWasStartedInItCancelsTheStageWhenItIsThere() {
    CompletableFuture<String> outerStage = new CompletableFuture<>();
    CompletableFuture<String> outer =
        ThreadSensitiveScope.around(
            () -> {
              // Elsewhere, so that the outer function returns before the inner one.
              Context context = Context.capture();
              Bystander.start("elsewhere", context.wrap(this::startSlowly));
              return outerStage;
            });
    inFunction.awaitReached();
    outer.cancel(true);
    assertThat(outerStage).isCancelled();
    assertThat(stage).isNotDone();
    inFunction.open();
    assertAllHasEnded();
  }
}
