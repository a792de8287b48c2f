package dev.trestle.bridge.vertx;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.WaitsOnALoop;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxEventLoopFinderTest {
  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal root = (ContextInternal) vertx.getOrCreateContext();
  private final ContextInternal request = root.duplicate();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  @Test
  void eachTaskOfAContextFindsTheSameEventLoop() throws Exception {
    EventLoop first = on(request, this::currentLoop);
    EventLoop second = on(request, this::currentLoop);

    assertThat(second).isSameAs(first);
    assertThat(first)
        .hasToString("event loop '" + on(request, () -> Thread.currentThread().getName()) + "'");
    assertThat(first.isCurrent()).isFalse();
    assertThat(on(request, first::isCurrent)).isTrue();
  }

  @Test
  void twoRequestsOnOneThreadAreTwoLoops() throws Exception {
    ContextInternal other = root.duplicate();
    EventLoop loop = on(request, this::currentLoop);

    assertThat(on(other, this::currentLoop)).isNotSameAs(loop);
    assertThat(on(other, loop::isCurrent)).isFalse();
    assertThat(on(other, Thread::currentThread)).isSameAs(on(request, Thread::currentThread));
  }

  @Test
  void aCopyOfARequestIsALoopOfItsOwn() throws Exception {
    EventLoop loop = on(request, this::currentLoop);

    assertThat(on(request.duplicate(true), this::currentLoop)).isNotSameAs(loop);
  }

  @Test
  void aRootContextIsALoop() throws Exception {
    EventLoop loop = on(root, this::currentLoop);

    assertThat(on(root, this::currentLoop)).isSameAs(loop);
  }

  @Test
  void whatIsQueuedRunsInTheVertxContextOfTheRequest() throws Exception {
    EventLoop loop = on(request, this::currentLoop);
    CompletableFuture<Context> seen = new CompletableFuture<>();

    loop.execute(() -> seen.complete(Vertx.currentContext()));

    assertThat(seen.get(10, SECONDS)).isSameAs(request);
  }

  @Test
  void aWorkerContextMayBlockAndIsNoLoop() throws Exception {
    assertThat(verticleOn(ThreadingModel.WORKER)).isEqualTo("waited");
  }

  @Test
  void aVirtualThreadContextMayBlockAndIsNoLoop() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    assertThat(verticleOn(ThreadingModel.VIRTUAL_THREAD)).isEqualTo("waited");
  }

  @Test
  void executeBlockingMayBlockAndIsNoLoop() throws Exception {
    Future<String> result = request.executeBlocking(VertxEventLoopFinderTest::waitForAsync);

    assertThat(result.toCompletionStage().toCompletableFuture().get(10, SECONDS))
        .isEqualTo("waited");
  }

  @Test
  void waitingOnALoopIsRefusedBeforeTheTaskIsInvokedAndTheLoopIsUnharmed() throws Exception {
    AtomicBoolean invoked = new AtomicBoolean();
    Thread loopThread = on(request, Thread::currentThread);

    assertThatThrownBy(
            () ->
                on(
                    request,
                    () ->
                        AsyncToSync.create()
                            .call(
                                () -> {
                                  invoked.set(true);
                                  return CompletableFuture.completedFuture(null);
                                })))
        .hasCauseInstanceOf(BridgeDeadlockException.class)
        .hasMessageContaining("event loop '" + loopThread.getName() + "'");
    assertThat(invoked).isFalse();
    assertThat(on(request, Thread::currentThread)).isSameAs(loopThread);
  }

  @Test
  void everyWayToWaitIsRefusedWhicheverLoopWouldCompleteTheFuture() throws Exception {
    WaitsOnALoop.assertRefused(
        task -> request.runOnContext(v -> task.run()),
        on(request, () -> Thread.currentThread().getName()));
  }

  @Test
  void dependentsRunOnTheThreadAndInTheContextThatMadeTheCall() throws Exception {
    CountDownLatch dependentRegistered = new CountDownLatch(1);
    CompletableFuture<Thread> body = new CompletableFuture<>();
    CompletableFuture<Thread> dependent = new CompletableFuture<>();
    CompletableFuture<Context> context = new CompletableFuture<>();

    request.runOnContext(
        v -> {
          Patience.forward(
              SyncToAsync.concurrent()
                  .run(
                      () -> {
                        dependentRegistered.await();
                        body.complete(Thread.currentThread());
                      })
                  .thenApply(
                      ran -> {
                        context.complete(Vertx.currentContext());
                        return Thread.currentThread();
                      }),
              dependent);
          dependentRegistered.countDown();
        });

    assertThat(dependent.get(10, SECONDS))
        .isSameAs(on(request, Thread::currentThread))
        .isNotSameAs(body.get(10, SECONDS));
    assertThat(context.get(10, SECONDS)).isSameAs(request);
  }

  @Test
  void blockingCodeCalledFromALoopGoesBackToThatThreadAndContext() throws Exception {
    CompletableFuture<Thread> back = new CompletableFuture<>();
    CompletableFuture<Context> context = new CompletableFuture<>();

    request.runOnContext(
        v ->
            Patience.forward(
                SyncToAsync.threadSensitive()
                    .call(
                        () ->
                            AsyncToSync.create()
                                .<Thread>call(
                                    () -> {
                                      context.complete(Vertx.currentContext());
                                      return CompletableFuture.completedFuture(
                                          Thread.currentThread());
                                    })),
                back));

    assertThat(back.get(10, SECONDS)).isSameAs(on(request, Thread::currentThread));
    assertThat(context.get(10, SECONDS)).isSameAs(request);
  }

  @Test
  void theLoopOfAStoppedVertxIsClosedAndRefuses() throws Exception {
    EventLoop loop = on(request, this::currentLoop);
    assertThat(loop.isClosed()).isFalse();

    stop();

    assertThat(loop.isClosed()).isTrue();
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  private EventLoop currentLoop() {
    return EventLoop.current().orElseThrow();
  }

  private static String waitForAsync() {
    assertThat(EventLoop.current()).isEmpty();
    return AsyncToSync.create().call(() -> CompletableFuture.completedFuture("waited"));
  }

  private String verticleOn(ThreadingModel model) throws Exception {
    CompletableFuture<String> waited = new CompletableFuture<>();
    VerticleBase verticle =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            waited.complete(waitForAsync());
            return Future.succeededFuture();
          }
        };
    vertx
        .deployVerticle(verticle, new DeploymentOptions().setThreadingModel(model))
        .onFailure(waited::completeExceptionally);
    return waited.get(10, SECONDS);
  }

  static <T> T on(Context context, Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.runOnContext(
        v -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(10, SECONDS);
  }
}
