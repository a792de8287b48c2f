package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** 36: interrupting a thread that is blocked in a call of async code. */
class InterruptedCallerTest {
  private record Seen(Throwable thrown, boolean flag) {}

  private final CompletableFuture<String> never = new CompletableFuture<>();
  private final CountDownLatch started = new CountDownLatch(1);

  private static Seen seen(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    return new Seen(thrown, Thread.interrupted());
  }

  private static void assertInterrupted(Seen seen) {
    assertThat(seen.thrown()).isInstanceOf(BridgeInterruptedException.class);
    assertThat(seen.flag()).isTrue();
  }

  private CompletableFuture<String> startAndNeverEnd() {
    started.countDown();
    return never;
  }

  @Test
  void theAsyncSideIsCancelledAndTheFlagSetAgain() {
    Bystander<Seen> caller =
        Bystander.start(
            "caller", () -> seen(() -> AsyncToSync.create().call(this::startAndNeverEnd)));
    Patience.await(started);
    caller.awaitParked();
    caller.thread().interrupt();
    assertInterrupted(caller.result());
    assertThat(never).isCancelled();
  }

  @Test
  void aCallerOfANamedLoopIsToldWhichLoop() {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      Bystander<Seen> caller =
          Bystander.start(
              "caller", () -> seen(() -> AsyncToSync.on(loop).call(this::startAndNeverEnd)));
      Patience.await(started);
      caller.thread().interrupt();
      Seen seen = caller.result();
      assertInterrupted(seen);
      assertThat(seen.thrown())
          .hasMessage("interrupted while waiting for event loop 'http-1'; the call was cancelled");
    }
  }

  @Test
  void aThreadThatComesInterruptedIsTreatedAlike() {
    Bystander<Seen> caller =
        Bystander.start(
            "caller",
            () -> {
              Thread.currentThread().interrupt();
              return seen(() -> AsyncToSync.create().call(this::startAndNeverEnd));
            });
    assertInterrupted(caller.result());
  }

  @Test
  void aBodyBelowThatRunsElsewhereIsCancelled() {
    Gate gate = new Gate();
    CompletableFuture<CompletableFuture<Void>> below = new CompletableFuture<>();
    Bystander<Seen> caller =
        Bystander.start(
            "caller",
            () ->
                seen(
                    () ->
                        AsyncToSync.create()
                            .call(
                                () -> {
                                  below.complete(SyncToAsync.concurrent().run(gate::pass));
                                  return never;
                                })));
    gate.awaitReached();
    caller.thread().interrupt();
    assertInterrupted(caller.result());
    Patience.end(below.join());
    assertThat(below.join()).isCancelled();
    gate.open();
  }

  @Test
  void aBodyAlreadyOnThatThreadEndsThere() {
    Gate gate = new Gate();
    CompletableFuture<Thread> ended = new CompletableFuture<>();
    Bystander<Seen> caller =
        Bystander.start(
            "caller",
            () ->
                seen(
                    () ->
                        AsyncToSync.create()
                            .call(
                                () ->
                                    SyncToAsync.threadSensitive()
                                        .run(
                                            () -> {
                                              try {
                                                gate.passInterruptibly();
                                              } catch (InterruptedException e) {
                                                // The owner's interrupt: the body tells it on.
                                                Thread.currentThread().interrupt();
                                              }
                                              ended.complete(Thread.currentThread());
                                            })
                                        .thenCompose(x -> never))));
    assertThat(gate.awaitReached()).isSameAs(caller.thread());
    caller.thread().interrupt();
    assertThat(Patience.result(ended)).isSameAs(caller.thread());
    assertInterrupted(caller.result());
  }

  @Test
  void anInterruptThatABodyOnThatThreadThrowsIsStillTheOwners() {
    Gate gate = new Gate();
    Bystander<Seen> caller =
        Bystander.start(
            "caller",
            () ->
                seen(
                    () ->
                        AsyncToSync.create()
                            .call(
                                () ->
                                    SyncToAsync.threadSensitive()
                                        .run(gate::passInterruptibly)
                                        .handle((done, e) -> never)
                                        .thenCompose(Function.identity()))));
    assertThat(gate.awaitReached()).isSameAs(caller.thread());
    caller.thread().interrupt();
    assertInterrupted(caller.result());
  }

  @Test
  void aRollbackThatTheCancelCallsForStillRunsOnThatThread() {
    Gate gate = new Gate();
    CompletableFuture<Thread> rolledBack = new CompletableFuture<>();
    SyncToAsync home = SyncToAsync.threadSensitive();
    Bystander<Seen> caller =
        Bystander.start(
            "caller",
            () ->
                seen(
                    () ->
                        AsyncToSync.create()
                            .call(
                                () ->
                                    SyncToAsync.concurrent()
                                        .run(gate::pass)
                                        .handle(
                                            (done, thrown) ->
                                                home.shielded()
                                                    .run(
                                                        () ->
                                                            rolledBack.complete(
                                                                Thread.currentThread())))
                                        .thenCompose(Function.identity()))));
    gate.awaitReached();
    caller.awaitParked();
    caller.thread().interrupt();
    assertThat(Patience.result(rolledBack)).isSameAs(caller.thread());
    assertInterrupted(caller.result());
    gate.open();
  }

  @Test
  void theNextCallOfThatThreadIsClean() {
    Bystander<String> caller =
        Bystander.start(
            "caller",
            () -> {
              seen(() -> AsyncToSync.create().call(this::startAndNeverEnd));
              return AsyncToSync.create()
                  .call(() -> SyncToAsync.threadSensitive().call(() -> "clean"));
            });
    Patience.await(started);
    caller.thread().interrupt();
    assertThat(caller.result()).isEqualTo("clean");
  }
}
