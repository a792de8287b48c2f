package dev.trestle.bridge.vertx;

import static dev.trestle.bridge.vertx.VertxEventLoopFinderTest.on;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Context;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** A scope around a request of Vert.x, whose callbacks know nothing of Trestle. */
class VertxRequestTest {
  private static final Local<String> NAME = Local.named("name");
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal root = (ContextInternal) vertx.getOrCreateContext();

  /** What ran where: the threads of each request's blocking bodies, by the name they saw. */
  private final Map<String, Queue<Thread>> homes = new ConcurrentHashMap<>();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  @Test
  void callbacksOfVertxFuturesCallBlockingCodeOnTheThreadOfTheirRequest() throws Exception {
    HttpClientAgent client = vertx.createHttpClient();
    int peer = serve(request -> CompletableFuture.completedFuture("peer"));
    int port =
        serve(
            request ->
                blockingCall()
                    .thenCompose(v -> afterTimer())
                    .thenCompose(v -> afterHttp(client, peer))
                    .thenCompose(v -> afterPromise())
                    .thenCompose(v -> blockingCall()));

    assertThat(get(port, "a").join()).isEqualTo("a");

    assertThat(homes).containsOnlyKeys("a");
    assertThat(homes.get("a")).hasSize(5);
    assertThat(distinct("a")).hasSize(1);
  }

  @Test
  void concurrentRequestsOnOneThreadNeverMix() throws Exception {
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    Queue<Promise<Void>> arrived = new ConcurrentLinkedQueue<>();
    int port =
        serve(
            request ->
                blockingCall()
                    .thenCompose(v -> lastReleasesAll(arrived, names.size()))
                    .thenCompose(v -> afterTimer())
                    .thenCompose(v -> blockingCall()));

    List<CompletableFuture<String>> answers = new ArrayList<>();
    names.forEach(name -> answers.add(get(port, name)));

    assertThat(answers).extracting(CompletableFuture::join).containsExactlyElementsOf(names);
    assertThat(homes).containsOnlyKeys(names);
    assertThat(names).allSatisfy(name -> assertThat(distinct(name)).hasSize(1));
    assertThat(names).allSatisfy(name -> assertThat(homes.get(name)).hasSize(4));
    assertThat(names.stream().flatMap(name -> distinct(name).stream()).distinct())
        .hasSize(names.size());
  }

  @Test
  void aPromiseCompletedByAnotherRequestRunsItsCallbackInItsOwn() throws Exception {
    ContextInternal waiting = root.duplicate();
    ContextInternal completing = root.duplicate();
    Promise<Void> promise = waiting.promise();
    CompletableFuture<String> seen = new CompletableFuture<>();
    on(
        waiting,
        () ->
            ThreadSensitiveScope.around(
                () -> {
                  NAME.set("waiting");
                  promise.future().onComplete(v -> seen.complete(NAME.get()));
                  return blockingCall();
                }));

    on(
        completing,
        () ->
            ThreadSensitiveScope.around(
                () -> {
                  NAME.set("completing");
                  promise.complete(); // runs the callback here and now, on this thread
                  assertThat(NAME.get()).isEqualTo("completing");
                  return blockingCall();
                }));

    assertThat(seen.get(10, SECONDS)).isEqualTo("waiting");
  }

  @Test
  void aCallbackOfARequestThatKeptNothingSeesNothingOfTheOneThatCompletedIt() throws Exception {
    Promise<Void> ofRequest = root.duplicate().promise();
    Promise<Void> ofVerticle = root.promise();
    List<Boolean> seen = new ArrayList<>();
    ofRequest.future().onComplete(v -> seen.add(NAME.isSet()));
    ofVerticle.future().onComplete(v -> seen.add(NAME.isSet()));

    on(
        root.duplicate(),
        () ->
            NAME.where(
                "completing",
                () -> {
                  ofRequest.complete();
                  ofVerticle.complete();
                  return Context.capture()
                      .call(
                          () -> {
                            assertThat(seen).containsExactly(false, false);
                            assertThat(NAME.get()).isEqualTo("completing");
                            return null;
                          });
                }));
  }

  @Test
  void aRequestMayHaveOneScopeAfterTheOther() throws Exception {
    ContextInternal request = root.duplicate();
    Callable<CompletableFuture<Thread>> scoped =
        () -> ThreadSensitiveScope.around(() -> BLOCKING.call(Thread::currentThread));

    assertThat(on(request, scoped).get(10, SECONDS)).isNotNull();
    assertThat(on(request, scoped).get(10, SECONDS)).isNotNull();
  }

  @Test
  void aScopeAroundSomethingElseThanARequestLeavesNothingBehind() throws Exception {
    CompletableFuture<Void> running = new CompletableFuture<>();
    on(
        root,
        () ->
            ThreadSensitiveScope.around(
                () -> {
                  NAME.set("verticle");
                  return running;
                }));

    assertThat(on(root, NAME::isSet)).isFalse();
    assertThat(on(root.duplicate(), NAME::isSet)).isFalse();
    running.complete(null);
  }

  @Test
  void aScopeOpenedByOneRequestIsNotThatOfTheNext() throws Exception {
    ContextInternal first = root.duplicate();
    ThreadSensitiveScope open = on(first, ThreadSensitiveScope::open);
    Thread home = SyncToAsync.threadSensitive(open).call(Thread::currentThread).get(10, SECONDS);

    CompletableFuture<Thread> next =
        on(
            root.duplicate(),
            () -> ThreadSensitiveScope.around(() -> BLOCKING.call(Thread::currentThread)));

    assertThat(next.get(10, SECONDS)).isNotSameAs(home);
    open.close();
  }

  @Test
  void aContextEnteredAndNeverLeftIsNotSeenByTheNextRequest() throws Exception {
    ContextInternal careless = root.duplicate();
    on(
        careless,
        () -> {
          NAME.set("careless");
          return Context.capture().enter();
        });

    assertThat(on(root.duplicate(), NAME::isSet)).isFalse();
    assertThat(on(root, NAME::isSet)).isFalse();
    assertThat(on(careless, NAME::get)).isEqualTo("careless");
  }

  @Test
  void whatARequestSetsIsSeenByAllOfItsCallbacks() throws Exception {
    ContextInternal request = root.duplicate();
    CompletableFuture<String> seen = new CompletableFuture<>();

    on(
        request,
        () -> {
          NAME.set("request");
          return request.timer(1).onComplete(fired -> seen.complete(NAME.get()));
        });

    assertThat(seen.get(10, SECONDS)).isEqualTo("request");
    assertThat(on(root.duplicate(), NAME::isSet)).isFalse();
  }

  @Test
  void whatACallbackCallsHasTheThreadLocalsOfItsRequest() throws Exception {
    ContextInternal request = root.duplicate();
    CompletableFuture<String> inBody = new CompletableFuture<>();
    CompletableFuture<String> inDependent = new CompletableFuture<>();
    CompletableFuture<String> inBodyOfAnother = new CompletableFuture<>();
    on(
        request,
        () ->
            ThreadSensitiveScope.around(
                () -> {
                  MDC.put("id", "17");
                  vertx
                      .timer(1)
                      .onFailure(inDependent::completeExceptionally)
                      .onSuccess(
                          fired ->
                              Patience.forward(
                                  BLOCKING
                                      .call(() -> inBody.complete(MDC.get("id")))
                                      .thenApply(completed -> MDC.get("id")),
                                  inDependent));
                  return inDependent;
                }));

    assertThat(inBody.get(10, SECONDS)).isEqualTo("17");
    assertThat(inDependent.get(10, SECONDS)).isEqualTo("17");
    on(
        root.duplicate(),
        () -> BLOCKING.call(() -> inBodyOfAnother.complete(String.valueOf(MDC.get("id")))));
    assertThat(inBodyOfAnother.get(10, SECONDS)).isEqualTo("null");
    assertThat(on(request, () -> String.valueOf(MDC.get("id")))).isEqualTo("null");
  }

  @Test
  void aThreadLocalThatACallbackSetsGoesBeforeThatOfItsRequest() throws Exception {
    ContextInternal request = root.duplicate();
    CompletableFuture<String> inBody = new CompletableFuture<>();
    on(
        request,
        () ->
            ThreadSensitiveScope.around(
                () -> {
                  MDC.put("id", "17");
                  return inBody;
                }));

    on(
        request,
        () -> {
          try (MDC.MDCCloseable own = MDC.putCloseable("id", "18")) {
            return BLOCKING.call(() -> inBody.complete(MDC.get("id")));
          }
        });

    assertThat(inBody.get(10, SECONDS)).isEqualTo("18");
  }

  @Test
  void aCopyOfARequestKeepsItsValues() throws Exception {
    ContextInternal request = root.duplicate();
    on(
        request,
        () -> {
          NAME.set("request");
          return null;
        });

    assertThat(on(request.duplicate(true), NAME::get)).isEqualTo("request");
    assertThat(on(request.duplicate(), NAME::isSet)).isFalse();
  }

  // ---- steps of a request; each ends with a blocking call made by a callback of Vert.x

  private CompletableFuture<String> blockingCall() {
    return BLOCKING.call(
        () -> {
          homes
              .computeIfAbsent(NAME.get(), name -> new ConcurrentLinkedQueue<>())
              .add(Thread.currentThread());
          return NAME.get();
        });
  }

  private CompletionStage<String> thenBlockingCall(Future<?> future) {
    CompletableFuture<String> result = new CompletableFuture<>();
    future.onComplete(
        done ->
            blockingCall()
                .whenComplete(
                    (value, failure) -> {
                      if (failure == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    }));
    return result;
  }

  private CompletionStage<String> afterTimer() {
    return thenBlockingCall(vertx.timer(1));
  }

  private CompletionStage<String> afterHttp(HttpClientAgent client, int port) {
    return thenBlockingCall(
        client
            .request(HttpMethod.GET, port, "localhost", "/")
            .compose(HttpClientRequest::send)
            .compose(HttpClientResponse::body)
            .map(Buffer::toString));
  }

  private CompletionStage<String> afterPromise() {
    Promise<Void> promise = Promise.promise();
    CompletionStage<String> result =
        thenBlockingCall(vertx.<Void>executeBlocking(() -> null).compose(v -> promise.future()));
    vertx.runOnContext(v -> promise.complete());
    return result;
  }

  /** Completes every request's promise from within the last one. */
  private CompletionStage<String> lastReleasesAll(Queue<Promise<Void>> arrived, int all) {
    Promise<Void> mine = ((ContextInternal) Vertx.currentContext()).promise();
    CompletionStage<String> result = thenBlockingCall(mine.future());
    arrived.add(mine);
    if (arrived.size() == all) {
      arrived.forEach(Promise::complete);
    }
    return result;
  }

  private List<Thread> distinct(String name) {
    return homes.get(name).stream().distinct().toList();
  }

  private int serve(Function<HttpServerRequest, CompletionStage<String>> handler) throws Exception {
    return vertx
        .createHttpServer()
        .requestHandler(
            request ->
                ThreadSensitiveScope.around(
                        () -> {
                          NAME.set(String.valueOf(request.getParam("name")));
                          return handler.apply(request);
                        })
                    .whenComplete(
                        (answer, failure) ->
                            request
                                .response()
                                .setStatusCode(failure == null ? 200 : 500)
                                .end(String.valueOf(failure == null ? answer : failure))
                                .onFailure(Throwable::printStackTrace)))
        .listen(0)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, SECONDS)
        .actualPort();
  }

  private static CompletableFuture<String> get(int port, String name) {
    URI uri = URI.create("http://localhost:" + port + "/?name=" + name);
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }
}
