package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever closes a loop too early is told so by the log, and nobody else is. */
class ClosedLoopLogTest {
  private final LogLines log = new LogLines();
  private final EventLoopThread loop = EventLoopThread.start("closed-early");
  private final Gate gate = new Gate();

  @AfterEach
  void close() {
    gate.open();
    loop.close();
    log.close();
  }

  private CompletableFuture<Thread> callThatTheLoopMade() throws Exception {
    AtomicReference<CompletableFuture<Thread>> call = new AtomicReference<>();
    Loops.compute(
        loop,
        () -> {
          call.set(SyncToAsync.threadSensitive().call(this::passGate));
          return null;
        });
    return call.get();
  }

  private Thread passGate() {
    gate.pass();
    return Thread.currentThread();
  }

  @Test
  void aCompletionForALoopThatHasClosedIsOneWarningThatSaysWhereItRunsAndWhy() throws Exception {
    CompletableFuture<Thread> call = callThatTheLoopMade();
    loop.close();
    gate.open();
    await().until(call::isDone);
    assertThat(log.warnings("closed-early"))
        .singleElement()
        .asString()
        .startsWith("event loop 'closed-early' took no completion, which runs on a worker instead:")
        .endsWith("event loop 'closed-early' is closed and did not accept a task");
  }

  @Test
  void eachDependentForALoopThatHasClosedRunsOnAWorkerAndIsAWarning() throws Exception {
    CompletableFuture<Thread> call = callThatTheLoopMade();
    CompletableFuture<Thread> first = call.thenApply(home -> Thread.currentThread());
    CompletableFuture<Thread> second = call.thenApply(home -> Thread.currentThread());
    loop.close();
    gate.open();
    assertThat(Patience.result(first).getName()).startsWith("trestle-worker-");
    assertThat(Patience.result(second).getName()).startsWith("trestle-worker-");
    assertThat(log.warnings("closed-early"))
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(line -> line.contains("took no completion, which runs on a worker instead"));
  }

  @Test
  void aThreadThatStillWaitsForALoopThatClosesIsOneWarningWithItsName() {
    CountDownLatch begun = new CountDownLatch(1);
    Bystander<Throwable> caller =
        Bystander.start(
            "left-alone",
            () ->
                catchThrowable(
                    () ->
                        AsyncToSync.on(loop)
                            .call(
                                () -> {
                                  begun.countDown();
                                  return new CompletableFuture<>();
                                })));
    Patience.await(begun);
    loop.close();
    caller.result();
    assertThat(log.warnings("closed-early"))
        .containsExactly(
            "event loop 'closed-early' was closed while thread 'left-alone' still waited for a"
                + " result");
  }

  @Test
  void aLoopThatIsClosedWhenItsWorkIsDoneWarnsOfNothing() throws Exception {
    gate.open();
    assertThat(Loops.call(loop, () -> SyncToAsync.concurrent().call(() -> "done")))
        .isEqualTo("done");
    assertThat(AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture("done")))
        .isEqualTo("done");
    loop.close();
    assertThat(log.warnings("closed-early")).isEmpty();
  }

  @Test
  void whatComesLateForALoopThatItsCallerDroveRunsOnAWorkerWithoutAWarning() {
    AtomicReference<CompletableFuture<Thread>> late = new AtomicReference<>();
    AtomicReference<EventLoop> driven = new AtomicReference<>();
    Bystander.run(
            "has-driven",
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          driven.set(EventLoop.current().orElseThrow());
                          late.set(
                              SyncToAsync.concurrent()
                                  .call(this::passGate)
                                  .thenApply(body -> Thread.currentThread()));
                          return CompletableFuture.completedFuture("soon");
                        }))
        .result();
    CompletableFuture<Thread> task = new CompletableFuture<>();
    driven.get().execute(() -> task.complete(Thread.currentThread()));
    gate.open();
    assertThat(Patience.result(task).getName()).startsWith("trestle-worker-");
    assertThat(Patience.result(late.get()).getName()).startsWith("trestle-worker-");
    assertThat(driven.get().toString()).contains("has-driven");
    assertThat(log.warnings("has-driven")).isEmpty();
    assertThat(log.warnings("took no completion")).isEmpty();
  }
}
