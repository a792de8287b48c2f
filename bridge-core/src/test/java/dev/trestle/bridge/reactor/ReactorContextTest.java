package dev.trestle.bridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** What follows a call through a chain of Reactor's, on whichever thread its operators run. */
class ReactorContextTest {
  private static final Local<String> NAME = Local.named("name");
  private static final Local<Object> VALUE = Local.named("value");
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final Sinks.One<String> sink = Sinks.one();

  private <T> CompletionStage<T> inRequest(Callable<? extends CompletionStage<T>> body)
      throws Exception {
    MDC.put("id", "17");
    try {
      return NAME.where("request", () -> body.call());
    } finally {
      MDC.clear();
    }
  }

  private static List<String> seen() {
    return List.of(NAME.orElse("none"), String.valueOf(MDC.get("id")));
  }

  @Test
  void dependentsOfAMonoSeeTheContextOfTheirRegistration() throws Exception {
    CompletionStage<List<String>> seen =
        inRequest(() -> ReactorFutures.toStage(sink.asMono()).thenApply(value -> seen()));

    sink.emitValue("value", Sinks.EmitFailureHandler.FAIL_FAST); // on the test's thread

    assertThat(Patience.result(seen)).containsExactly("request", "17");
    assertThat(seen()).containsExactly("none", "null");
  }

  @Test
  void whatAChainCallsOnAnyThreadBelongsToTheCallThatSubscribed() throws Exception {
    CompletionStage<List<String>> seen =
        inRequest(
            () ->
                ReactorFutures.toStage(
                    Mono.just(1)
                        .publishOn(Schedulers.parallel())
                        .flatMap(one -> ReactorFutures.toMono(() -> BLOCKING.call(() -> seen())))));

    assertThat(Patience.result(seen)).containsExactly("request", "17");
  }

  @Test
  void theSignalsOfATaskComeInTheContextOfTheCallThatSubscribed() throws Exception {
    CompletionStage<List<String>> seen =
        inRequest(
            () ->
                ReactorFutures.toStage(
                    Mono.just(1)
                        .publishOn(Schedulers.parallel())
                        .flatMap(
                            one ->
                                ReactorFutures.toMono(() -> BLOCKING.call(() -> 1))
                                    .map(two -> seen()))));

    assertThat(Patience.result(seen)).containsExactly("request", "17");
  }

  @Test
  void whatAChainCallsRunsOnTheThreadOfItsScope() {
    List<Thread> threads =
        Patience.result(
            ThreadSensitiveScope.around(
                () ->
                    BLOCKING
                        .call(Thread::currentThread)
                        .thenCompose(
                            first ->
                                ReactorFutures.toStage(
                                    Mono.just(first)
                                        .publishOn(Schedulers.parallel())
                                        .flatMap(
                                            same ->
                                                ReactorFutures.toMono(
                                                    () ->
                                                        BLOCKING.call(
                                                            () ->
                                                                List.of(
                                                                    same,
                                                                    Thread.currentThread()))))))));

    assertThat(threads.get(0).getName()).startsWith("trestle-home-");
    assertThat(threads.get(1)).isSameAs(threads.get(0));
  }

  @Test
  void aSubscribersOwnContextGoesThroughAScopeToTheMonoBehindIt() {
    Mono<String> inner =
        Mono.just(1)
            .publishOn(Schedulers.parallel())
            .flatMap(one -> Mono.deferContextual(view -> Mono.just(view.<String>get("user"))));
    Mono<String> outer =
        ReactorFutures.toMono(
            () ->
                ThreadSensitiveScope.around(
                    () ->
                        BLOCKING.run(() -> {}).thenCompose(done -> ReactorFutures.toStage(inner))));

    assertThat(outer.contextWrite(Context.of("user", "ann")).block()).isEqualTo("ann");
  }

  @Test
  void registeredThreadLocalsAreInTheContextOfTheSubscription() throws Exception {
    CompletionStage<Map<String, String>> seen =
        inRequest(
            () ->
                ReactorFutures.toStage(
                    Mono.deferContextual(
                        view ->
                            Mono.just(
                                view.stream()
                                    .filter(entry -> entry.getValue() instanceof Map)
                                    .<Map<String, String>>map(ReactorContextTest::map)
                                    .findFirst()
                                    .orElse(Map.of())))));

    assertThat(Patience.result(seen)).containsEntry("id", "17");
  }

  @Test
  void withoutAStageAroundItATaskSeesTheContextOfTheThreadThatSubscribes() throws Exception {
    CompletionStage<List<String>> seen =
        inRequest(
            () ->
                ReactorFutures.toMono(() -> CompletableFuture.completedFuture(seen())).toFuture());

    assertThat(Patience.result(seen)).containsExactly("request", "17");
  }

  @Test
  void aSubscriptionBelowOthersKeepsNothingOfThose() {
    WeakReference<Object> first = new WeakReference<>(new Object());
    CompletableFuture<dev.trestle.context.Context> last = new CompletableFuture<>();
    Patience.result(subscribe(first.get(), 0, last));

    Patience.collected(first);
    assertThat(Patience.result(last)).isNotNull();
  }

  /** Below a subscription that has a value begins another, which has no longer that one. */
  private static CompletableFuture<?> subscribe(
      Object value, int depth, CompletableFuture<dev.trestle.context.Context> last) {
    try {
      return VALUE.where(
          value,
          () ->
              ReactorFutures.toStage(
                  ReactorFutures.<Object>toMono(
                      () -> {
                        if (depth == 3) {
                          last.complete(dev.trestle.context.Context.capture());
                          return CompletableFuture.completedFuture(1);
                        }
                        return subscribe(new Object(), depth + 1, last).thenApply(done -> 1);
                      })));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked") // as SLF4J's accessor has put it
  private static Map<String, String> map(Map.Entry<Object, Object> entry) {
    return (Map<String, String>) entry.getValue();
  }
}
