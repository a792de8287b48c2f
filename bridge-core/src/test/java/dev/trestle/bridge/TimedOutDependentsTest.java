package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 37: the timer runs nobody's code, not even dependents that the JDK runs where it completes. */
class TimedOutDependentsTest {
  private static final Duration NEAR = Duration.ofMillis(30);

  private final Gate gate = new Gate();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch noted = new CountDownLatch(6);

  @AfterEach
  void letGo() {
    gate.open();
  }

  /** Registers dependents of the JDK's kind, whose thread is that which completes the call. */
  private CompletableFuture<Void> watch(CompletableFuture<Void> call) {
    CompletableFuture<Void> plain = new CompletableFuture<>();
    var unused =
        call.toCompletableFuture().copy().whenComplete((value, failure) -> plain.complete(value));
    Stream.of(
            CompletableFuture.allOf(call),
            CompletableFuture.anyOf(call),
            CompletableFuture.allOf(call.toCompletableFuture().copy()),
            CompletableFuture.allOf(call.thenApply(x -> x)),
            CompletableFuture.completedFuture(null).thenCompose(x -> call),
            plain)
        .forEach(
            each ->
                each.whenComplete(
                    (value, failure) -> {
                      threads.add(Thread.currentThread().getName());
                      noted.countDown();
                    }));
    return call;
  }

  private void assertNoneRanOnTheTimer() {
    Patience.await(noted);
    assertThat(threads).hasSize(6).doesNotContain("trestle-timer");
  }

  @Test
  void ofACallWithoutALoop() {
    watch(SyncToAsync.concurrent().withTimeout(NEAR).run(gate::pass));
    assertNoneRanOnTheTimer();
  }

  @Test
  void ofACallInAQueue() {
    Gate busy = new Gate();
    var unused = SyncToAsync.threadSensitive().run(busy::pass);
    watch(SyncToAsync.threadSensitive().withTimeout(NEAR).run(gate::pass));
    assertNoneRanOnTheTimer();
    busy.open();
  }

  @Test
  void ofACallMadeOnALoop() {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      loop.execute(() -> watch(SyncToAsync.concurrent().withTimeout(NEAR).run(gate::pass)));
      assertNoneRanOnTheTimer();
    }
  }

  @Test
  void ofACallMadeOnALoopThatHasClosed() {
    EventLoopThread loop = EventLoopThread.start("L");
    loop.execute(() -> watch(SyncToAsync.concurrent().withTimeout(NEAR).run(gate::pass)));
    loop.close();
    assertNoneRanOnTheTimer();
  }

  @Test
  void ofACallBelowABlockedCallerThatTimesOut() {
    Throwable thrown =
        Bystander.start(
                "caller",
                () ->
                    AsyncToSync.create()
                        .withTimeout(NEAR)
                        .call(
                            () -> {
                              watch(SyncToAsync.concurrent().run(gate::pass));
                              return new CompletableFuture<>();
                            }))
            .failure();
    assertThat(thrown).isInstanceOf(BridgeTimeoutException.class);
    assertNoneRanOnTheTimer();
  }

  @Test
  void ofACallBelowABlockedCallerThatIsBusyWhenItsTimeComes() {
    Bystander<Object> caller =
        Bystander.start(
            "caller",
            () ->
                AsyncToSync.create()
                    .withTimeout(NEAR)
                    .call(
                        () -> {
                          watch(SyncToAsync.concurrent().run(gate::pass));
                          var unused =
                              SyncToAsync.threadSensitive().run(this::assertNoneRanOnTheTimer);
                          return new CompletableFuture<>();
                        }));
    assertThat(caller.failure()).isInstanceOf(BridgeTimeoutException.class);
    assertNoneRanOnTheTimer();
  }
}
