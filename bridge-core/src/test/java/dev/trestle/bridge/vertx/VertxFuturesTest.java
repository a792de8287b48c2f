package dev.trestle.bridge.vertx;

import static dev.trestle.bridge.vertx.VertxEventLoopFinderTest.on;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Local;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class VertxFuturesTest {
  private static final Local<String> NAME = Local.named("name");

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal request =
      ((ContextInternal) vertx.getOrCreateContext()).duplicate();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  @Test
  void dependentsOfAVertxFutureSeeTheContextOfTheirRegistration() throws Exception {
    Promise<String> promise = Promise.promise();
    CompletableFuture<CompletionStage<List<Object>>> registered = new CompletableFuture<>();
    on(
        request,
        () -> {
          MDC.put("id", "17");
          try {
            return NAME.where(
                "request",
                () ->
                    registered.complete(
                        VertxFutures.toStage(promise.future())
                            .thenApply(
                                value ->
                                    List.of(
                                        value,
                                        MDC.get("id"),
                                        NAME.get(),
                                        Thread.currentThread(),
                                        Vertx.currentContext()))));
          } finally {
            MDC.clear();
          }
        });

    promise.complete("value"); // on the test's thread

    assertThat(registered.get(10, SECONDS).toCompletableFuture().get(10, SECONDS))
        .containsExactly("value", "17", "request", on(request, Thread::currentThread), request);
    assertThat(on(request, () -> String.valueOf(MDC.get("id")))).isEqualTo("null");
  }

  @Test
  void aStageFailsWithTheVeryExceptionOfTheVertxFuture() {
    IOException failure = new IOException("told by the test");

    assertThatThrownBy(() -> VertxFutures.toStage(Future.failedFuture(failure)).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(failure);
  }

  @Test
  void aPlainThreadWaitsForAVertxFuture() {
    String result =
        AsyncToSync.create().call(() -> VertxFutures.toStage(vertx.timer(1).map("fired")));

    assertThat(result).isEqualTo("fired");
  }

  @Test
  void handlersOfAVertxFutureRunInTheVertxContextItWasMadeIn() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Context> context = new CompletableFuture<>();
    CompletableFuture<String> stage = new CompletableFuture<>();
    on(
        request,
        () ->
            VertxFutures.toFuture(stage)
                .onComplete(
                    value -> {
                      thread.complete(Thread.currentThread());
                      context.complete(Vertx.currentContext());
                    }));

    stage.complete("value"); // on the test's thread

    assertThat(context.get(10, SECONDS)).isSameAs(request);
    assertThat(thread.get(10, SECONDS)).isSameAs(on(request, Thread::currentThread));
  }

  @Test
  void aVertxFutureOutsideOfAnyContextCompletesWithItsStage() throws Exception {
    Future<String> future =
        VertxFutures.toFuture(SyncToAsync.concurrent().call(() -> "from a worker"));

    assertThat(future.toCompletionStage().toCompletableFuture().get(10, SECONDS))
        .isEqualTo("from a worker");
  }

  @Test
  void aVertxFutureFailsWithTheExceptionAndNotWithAWrapperAroundIt() {
    IOException failure = new IOException("told by the test");
    CompletionStage<String> dependent =
        CompletableFuture.<String>failedFuture(failure).thenApply(value -> value);

    assertThat(VertxFutures.toFuture(dependent).cause()).isSameAs(failure);
  }
}
