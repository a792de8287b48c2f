package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.FakeThreadLocal;
import dev.trestle.FakeTracer;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** 29: MDC, a security holder and a tracer follow the call, and leave no trace on its threads. */
class ThreadLocalsAcrossBridgesTest {
  private final FakeThreadLocal security = FakeThreadLocal.register("trestle.test.security");
  private final FakeTracer tracer = FakeTracer.register();

  @BeforeEach
  void beginARequest() {
    enter("r1");
  }

  @AfterEach
  void endTheRequest() {
    leave();
    security.close();
    tracer.close();
  }

  private void enter(String request) {
    MDC.put("request", request);
    security.put(request);
    tracer.open(request);
  }

  private void leave() {
    MDC.clear();
    security.put(null);
    tracer.closeScope();
  }

  private String seen() {
    return MDC.get("request") + " " + security.get() + " " + tracer.span();
  }

  private CompletableFuture<String> seenLater(Object ignored) {
    return CompletableFuture.completedFuture(seen());
  }

  @Test
  void theyReachBodiesOfEveryKind() {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      for (SyncToAsync blocking :
          new SyncToAsync[] {
            SyncToAsync.concurrent(),
            SyncToAsync.threadSensitive(),
            SyncToAsync.threadSensitive(scope),
          }) {
        assertThat(Patience.result(blocking.call(this::seen))).isEqualTo("r1 r1 r1");
      }
    }
  }

  @Test
  void theyReachTheLoopAndWhatItCalls() {
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      assertThat(AsyncToSync.on(loop).call(() -> seenLater(""))).isEqualTo("r1 r1 r1");
      assertThat(AsyncToSync.on(loop).call(() -> SyncToAsync.concurrent().call(this::seen)))
          .isEqualTo("r1 r1 r1");
      CompletableFuture<String> task = new CompletableFuture<>();
      loop.execute(() -> task.complete(seen()));
      assertThat(Patience.result(task)).isEqualTo("r1 r1 r1");
    }
  }

  @Test
  void theyReachEveryDependentStage() {
    Gate gate = new Gate();
    CompletableFuture<Void> call = SyncToAsync.concurrent().run(gate::pass);
    CompletableFuture<String> dependents =
        call.thenApply(x -> seen())
            .thenCompose(a -> seenLater(a).thenApply(b -> a + "|" + b))
            .thenCombine(call.handle((x, e) -> seen()), (a, b) -> a + "|" + b)
            .thenApplyAsync(a -> a + "|" + seen());
    leave();
    enter("r2");
    gate.open();
    assertThat(Patience.result(dependents))
        .isEqualTo(String.join("|", "r1 r1 r1", "r1 r1 r1", "r1 r1 r1", "r1 r1 r1"));
  }

  @Test
  void theyGoOneWay() {
    AsyncToSync.create()
        .call(
            () -> {
              MDC.put("async", "set");
              return SyncToAsync.concurrent()
                  .run(
                      () -> {
                        security.put("changed");
                        MDC.put("request", "changed");
                      });
            });
    assertThat(MDC.get("request")).isEqualTo("r1");
    assertThat(MDC.get("async")).isNull();
    assertThat(security.get()).isEqualTo("r1");
  }

  @Test
  void valuesOfThePreviousTaskAndOfTheWorkerAreNeverSeen() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    single.submit(() -> enter("own")).get();
    SyncToAsync there = SyncToAsync.on(single);
    assertThat(Patience.result(there.call(this::seen))).isEqualTo("r1 r1 r1");
    leave();
    assertThat(Patience.result(there.call(this::seen))).isEqualTo("null null null");
    enter("r2");
    assertThat(Patience.result(there.call(this::seen))).isEqualTo("r2 r2 r2");
    assertThat(single.submit(this::seen).get()).isEqualTo("own own own");
    single.shutdown();
  }

  @Tag("concurrency")
  @RepeatedTest(20)
  void theWorkersOwnValuesAreBackBeforeTheFutureCompletes() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    Thread worker = single.submit(Thread::currentThread).get();
    single.submit(() -> security.put("own")).get();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<String> onWorker = new CompletableFuture<>();
      Patience.forward(
          SyncToAsync.on(single)
              .call(security::get)
              .thenApply(body -> body + " " + security.on(worker)),
          onWorker);
      assertThat(Patience.result(onWorker)).isEqualTo("r1 own");
    }
    single.shutdown();
  }

  @Test
  void nothingStaysOnAnyThread() {
    for (int i = 0; i < 100; i++) {
      Patience.result(SyncToAsync.concurrent().call(this::seen).thenApply(x -> seen()));
      Patience.result(SyncToAsync.threadSensitive().call(this::seen).thenApply(x -> seen()));
    }
    // A dependent's own thread has done its work only after the future that it completes.
    await().until(() -> security.threads() == 1 && tracer.threads() == 1);
    assertThat(tracer.mistakes()).isEmpty();
  }
}
