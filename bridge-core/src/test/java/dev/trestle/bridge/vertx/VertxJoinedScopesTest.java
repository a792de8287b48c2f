package dev.trestle.bridge.vertx;

import static dev.trestle.bridge.vertx.VertxEventLoopFinderTest.on;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 9: two scopes around parts of one request of Vert.x. */
class VertxJoinedScopesTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal request =
      ((ContextInternal) vertx.getOrCreateContext()).duplicate();

  private final CompletableFuture<Void> firstEnd = new CompletableFuture<>();
  private final CompletableFuture<Void> secondEnd = new CompletableFuture<>();
  private final CompletableFuture<Thread> home = new CompletableFuture<>();
  private final CompletableFuture<Thread> secondHome = new CompletableFuture<>();
  private CompletableFuture<Void> first;
  private CompletableFuture<Void> second;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  private CompletableFuture<Void> scoped(
      CompletableFuture<Thread> thread, CompletableFuture<Void> end) {
    return ThreadSensitiveScope.around(
        () ->
            BLOCKING
                .call(Thread::currentThread)
                .thenAccept(thread::complete)
                .thenCompose(x -> end));
  }

  private void startBoth() throws Exception {
    first = on(request, () -> scoped(home, firstEnd));
    second = on(request, () -> scoped(secondHome, secondEnd)); // a later callback
    Patience.result(home);
  }

  private void endBoth(boolean firstFirst) {
    (firstFirst ? firstEnd : secondEnd).complete(null);
    Patience.result(firstFirst ? first : second);
    (firstFirst ? secondEnd : firstEnd).complete(null);
    Patience.result(firstFirst ? second : first);
  }

  private Thread callInRequest() throws Exception {
    return Patience.result(on(request, () -> BLOCKING.call(Thread::currentThread)));
  }

  @Test
  void theyShareAThread() throws Exception {
    startBoth();
    assertThat(Patience.result(secondHome)).isSameAs(Patience.result(home));
    assertThat(callInRequest()).isSameAs(Patience.result(home));
    endBoth(true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theScopeStaysOpenForTheOneThatEndsLater(boolean firstEndsFirst) throws Exception {
    CompletableFuture<Thread> late = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    startBoth();
    // A dependent of each, which calls blocking code once the other has ended.
    CompletableFuture<Void> later =
        on(
            request,
            () ->
                ThreadSensitiveScope.around(
                    () ->
                        BLOCKING
                            .run(() -> {})
                            .thenCompose(x -> goOn)
                            .thenCompose(x -> BLOCKING.call(Thread::currentThread))
                            .thenAccept(late::complete)));
    endBoth(firstEndsFirst);
    goOn.complete(null);
    assertThat(Patience.result(late)).isSameAs(Patience.result(home));
    Patience.result(later);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterBothAThirdGetsAScopeThatWorks(boolean firstEndsFirst) throws Exception {
    startBoth();
    endBoth(firstEndsFirst);
    CompletableFuture<Thread> thirdHome = new CompletableFuture<>();
    CompletableFuture<Void> thirdEnd = new CompletableFuture<>();
    CompletableFuture<Void> third = on(request, () -> scoped(thirdHome, thirdEnd));
    Thread thread = Patience.result(thirdHome);
    assertThat(callInRequest()).isSameAs(thread);
    thirdEnd.complete(null);
    Patience.result(third);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterBothACallOfTheRequestRunsOnTheSharedThread(boolean firstEndsFirst) throws Exception {
    startBoth();
    endBoth(firstEndsFirst);
    Thread shared = Patience.result(BLOCKING.call(Thread::currentThread));
    assertThat(callInRequest()).isSameAs(shared);
  }
}
