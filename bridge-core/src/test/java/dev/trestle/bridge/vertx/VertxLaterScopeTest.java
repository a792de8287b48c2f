package dev.trestle.bridge.vertx;

import static dev.trestle.bridge.vertx.VertxEventLoopFinderTest.on;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 9: a second scope of a request keeps its home in callbacks when the first has ended. */
class VertxLaterScopeTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal request =
      ((ContextInternal) vertx.getOrCreateContext()).duplicate();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  @Test
  void callbacksFindTheThreadThatBothShared() throws Exception {
    CompletableFuture<Thread> home = new CompletableFuture<>();
    CompletableFuture<Thread> late = new CompletableFuture<>();
    CompletableFuture<Void> firstEnd = new CompletableFuture<>();
    CompletableFuture<Void> secondEnd = new CompletableFuture<>();
    Promise<Void> promise = request.promise();
    CompletableFuture<Void> first =
        on(
            request,
            () ->
                ThreadSensitiveScope.around(
                    () ->
                        BLOCKING
                            .call(Thread::currentThread)
                            .thenAccept(home::complete)
                            .thenCompose(x -> firstEnd)));
    CompletableFuture<Void> second =
        on(
            request,
            () ->
                ThreadSensitiveScope.around(
                    () -> {
                      promise
                          .future()
                          .onComplete(
                              x -> {
                                var unused =
                                    BLOCKING.call(Thread::currentThread).thenAccept(late::complete);
                              });
                      return secondEnd;
                    }));
    Patience.result(home);
    firstEnd.complete(null);
    Patience.result(first);
    promise.complete();
    assertThat(Patience.result(late)).isSameAs(Patience.result(home));
    secondEnd.complete(null);
    Patience.result(second);
  }
}
