package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Futures whose value is a future: the outer one is done too early. */
class NestedFutureTest {
  private static final String MORE =
      """
      abstract CompletableFuture<String> fetch();
      abstract Supplier<CompletableFuture<String>> lazily();
      abstract CompletableFuture<String> restore(Throwable t);
      <T> CompletableFuture<T> flatten(CompletionStage<? extends CompletionStage<T>> nested) {
        throw new Error();
      }
      """;

  private static MarkedSource members(String text) {
    return MarkedSource.members(MORE + text).only("nested-future");
  }

  @Test
  void everyStageThatTakesAFunction() {
    MarkedSource source =
        members(
            """
            Object apply() { return fetch().thenApply(x -> save(x)); } // finding: nested-future
            Object ref() { return fetch().thenApply(this::save); } // finding: nested-future
            Object async() {
              return fetch().thenApplyAsync(x -> save(x), executor); // finding: nested-future
            }
            CompletableFuture<CompletableFuture<String>> typed() {
              return fetch()
                  .thenApply(x -> { // finding: nested-future
                    use(x);
                    return save(x);
                  });
            }
            Object handle() {
              return fetch().handle((v, t) -> t == null ? save(v) : restore(t)); // finding: nested-future
            }
            Object handleAsync() {
              return fetch().handleAsync((v, t) -> save(v), executor); // finding: nested-future
            }
            Object combine() {
              return fetch().thenCombine(load(), (a, b) -> save(a + b)); // finding: nested-future
            }
            Object combineAsync() {
              return fetch().thenCombineAsync(load(), (a, b) -> save(a), executor); // finding: nested-future
            }
            Object either() { return fetch().applyToEither(held, x -> save(x)); } // finding: nested-future
            Object stage() { return heldStage.thenApply(x -> save(x)); } // finding: nested-future
            Object held() { return fetch().thenApply(x -> held); } // finding: nested-future
            Object longer() {
              return fetch()
                  .thenApply(x -> save(x)) // finding: nested-future
                  .thenAccept(x -> use(x));
            }
            """);
    source.check();
    assertThat(source.messages().get(0))
        .startsWith("thenApply(..) makes a future whose value is a future")
        .contains("use thenCompose", "lint-rules/docs/nested-future.md");
  }

  @Test
  void startersOfStages() {
    members(
            """
            void snippet(Supplier<CompletableFuture<String>> supplier,
                Callable<CompletableFuture<String>> callable) throws Exception {
              var a = CompletableFuture.supplyAsync(() -> fetch()); // finding: nested-future
              var b = CompletableFuture.supplyAsync(this::fetch, executor); // finding: nested-future
              var c = CompletableFuture.supplyAsync(supplier); // finding: nested-future
              var d = executor.submit(() -> fetch()); // finding: nested-future
              var e = executor.submit(() -> { use(1); return save(2); }); // finding: nested-future
              var f = executor.submit(callable); // finding: nested-future
              var g = executor.submit(this::fetch); // finding: nested-future
              var h = scheduler.schedule(() -> save(1), 1, TimeUnit.SECONDS); // finding: nested-future
              var i = CompletableFuture.completedFuture(save(1)); // finding: nested-future
              var j = CompletableFuture.completedStage(fetch()); // finding: nested-future
              var k = items.stream()
                  .map(x -> CompletableFuture.supplyAsync(() -> save(x))) // finding: nested-future
                  .toList();
              CompletableFuture.allOf(a, b, c, i).join();
              use(d, e, f, g, h, j, k);
            }
            """)
        .check();
  }

  @Test
  void theTypeMayBeHidden() {
    members(
            """
            CompletableFuture<Object> object() {
              return fetch().thenApply(x -> save(x)); // finding: nested-future
            }
            CompletableFuture<?> wildcard() {
              return fetch().thenApply(x -> save(x)); // finding: nested-future
            }
            CompletableFuture<Object> cast() {
              return fetch().thenApply(x -> (Object) save(x)); // finding: nested-future
            }
            CompletableFuture<Object> branch() {
              return fetch().thenApply(x -> x.isEmpty() ? x : save(x)); // finding: nested-future
            }
            CompletableFuture<Object> returns() {
              return fetch().thenApply(x -> { // finding: nested-future
                if (x.isEmpty()) { return "none"; }
                return save(x);
              });
            }
            CompletableFuture<Object> ref() {
              return fetch().thenApply(this::save); // finding: nested-future
            }
            CompletableFuture<Object> supplied() {
              return CompletableFuture.supplyAsync(() -> fetch(), executor); // finding: nested-future
            }
            Future<?> submitted() { return executor.submit(() -> save(1)); } // finding: nested-future
            Future<Object> submittedObject() {
              return executor.<Object>submit(() -> save(1)); // finding: nested-future
            }
            CompletionStage<? extends Object> explicit() {
              return fetch().<Object>thenApply(x -> save(x)); // finding: nested-future
            }
            """)
        .check();
  }

  @Test
  void flattenedIsFine() {
    members(
            """
            CompletableFuture<String> identity() {
              return fetch().thenApply(x -> save(x)).thenCompose(f -> f);
            }
            CompletableFuture<String> handled() {
              return fetch().handle((v, t) -> t == null ? save(v) : restore(t))
                  .thenCompose(Function.identity());
            }
            CompletableFuture<String> byRef() {
              return fetch().thenApply(this::save).thenCompose(CompletableFuture::toCompletableFuture);
            }
            CompletableFuture<Integer> used() {
              return fetch().thenApply(x -> save(x)).thenCompose(f -> f.thenApply(String::length));
            }
            CompletableFuture<String> later() {
              return fetch().thenApply(x -> save(x)).whenComplete((v, t) -> use(v, t))
                  .thenCompose(f -> f);
            }
            CompletableFuture<String> timed() {
              return fetch().thenApply(x -> save(x)).orTimeout(1, TimeUnit.SECONDS)
                  .thenCompose(f -> f);
            }
            CompletableFuture<String> recovered() {
              return fetch().thenApply(x -> save(x)).exceptionally(t -> restore(t))
                  .thenComposeAsync(f -> f, executor);
            }
            CompletableFuture<String> local() {
              var nested = fetch().handle((v, t) -> t == null ? save(v) : restore(t));
              return nested.thenCompose(f -> f);
            }
            CompletableFuture<String> method() { return flatten(fetch().thenApply(x -> save(x))); }
            CompletableFuture<String> outer() {
              return fetch().thenCompose(x -> fetch().thenApply(y -> save(y))).thenCompose(f -> f);
            }
            CompletableFuture<String> supplied() {
              return CompletableFuture.supplyAsync(() -> fetch(), executor).thenCompose(f -> f);
            }
            void bridged(dev.trestle.bridge.AsyncToSync sync) {
              CompletableFuture<String> inner = sync.call(() -> fetch().thenApply(x -> save(x)));
              use(inner);
            }
            void awaited() throws Exception {
              use(executor.submit(() -> fetch()).get().get());
              CompletableFuture<String> f = executor.submit(() -> fetch()).get();
              f.join();
              CompletableFuture.supplyAsync(() -> fetch(), executor).join().join();
              fetch().thenApply(x -> save(x)).thenApply(f2 -> f2.join()).join();
              fetch().thenApply(x -> save(x)).thenApply(CompletableFuture::join).join();
              fetch().thenApply(x -> save(x)).thenAccept(f3 -> f3.whenComplete((v, t) -> use(v, t))).join();
            }
            """)
        .with(Libraries.ASYNC_TO_SYNC)
        .check();
  }

  @Test
  void whatLooksFlattenedAndIsNot() {
    members(
            """
            Object dropped() {
              return fetch().thenApply(x -> save(x)).thenCompose(f -> load()); // finding: nested-future
            }
            void awaited() throws Exception {
              CompletableFuture.supplyAsync(() -> fetch(), executor).join(); // finding: nested-future
              executor.submit(() -> save(1)).get(); // finding: nested-future
              Object o = executor.submit(() -> save(1)).get(); // finding: nested-future
              use(CompletableFuture.supplyAsync(() -> fetch()).join()); // finding: nested-future
              var nested = fetch().thenApply(x -> save(x)); // finding: nested-future
              nested.join();
            }
            Object seen() {
              return fetch().thenApply(x -> save(x)).thenAccept(f -> use(f)); // finding: nested-future
            }
            Object told() {
              return fetch().thenApply(x -> save(x)) // finding: nested-future
                  .thenAccept(f -> System.out.println("saved " + f));
            }
            Object all() {
              return CompletableFuture.allOf(fetch().thenApply(x -> save(x)), held); // finding: nested-future
            }
            """)
        .check();
  }

  @Test
  void aStageForWhatItsFunctionDoesIsFine() {
    members(
            """
            Future<CompletionStage<String>> field;
            interface Told<T> extends Future<T> { void tell(Consumer<? super Future<T>> who); }
            interface Netty { <T> io.netty.util.concurrent.Future<T> submit(Callable<T> task); }
            void listened(Netty netty, Callable<CompletionStage<String>> task) {
              netty.submit(task).addListener(
                  (io.netty.util.concurrent.Future<CompletionStage<String>> f) -> use(f));
              netty.submit(task).addListener(f -> use(1)); // finding: nested-future
            }
            interface Own { <T> Told<T> submit(Callable<T> task); }
            void snippet(Own own, Callable<CompletionStage<String>> task) {
              held.handle((v, t) -> map.remove("a"));
              held.whenComplete((v, t) -> map.remove("a"));
              field = executor.submit(task);
              own.submit(task).tell((Future<CompletionStage<String>> f) -> use(f));
              held.handle((v, t) -> save(v)); // finding: nested-future
              own.submit(task).tell(null); // finding: nested-future
            }
            CompletableFuture<?> wide;
            void stored() { wide = held.thenApply(x -> save(x)); } // finding: nested-future
            """)
        .with(
            "package io.netty.util.concurrent; public interface Future<V> extends java.util.concurrent.Future<V> {"
                + " Future<V> addListener(Listener<? extends Future<? super V>> l);"
                + " interface Listener<F extends Future<?>> { void done(F future); } }")
        .check();
  }

  @Test
  void suppliersOfFuturesAreFine() {
    members(
            """
            abstract <T> T run(Supplier<T> body);
            abstract <T> CompletableFuture<T> retry(Supplier<? extends CompletionStage<T>> body);
            CompletableFuture<String> snippet() {
              Supplier<CompletableFuture<String>> supplier = () -> save(1);
              Callable<CompletableFuture<String>> callable = () -> save(1);
              Function<String, CompletableFuture<String>> function = this::save;
              use(supplier, callable, function, lazily());
              var direct = run(() -> save(1));
              var again = retry(() -> save(1));
              var cached = map.computeIfAbsent("a", key -> save(key));
              var found = Optional.of("a").map(x -> save(x)).orElseGet(() -> fetch());
              use(direct, again, cached, found);
              return fetch().thenCompose(x -> save(x));
            }
            CompletableFuture<Supplier<CompletableFuture<String>>> supplied() {
              return fetch().thenApply(x -> () -> save(x));
            }
            """)
        .check();
  }

  @Test
  void otherValuesAreFine() {
    members(
            """
            CompletableFuture<List<CompletableFuture<String>>> list() {
              return fetch().thenApply(x -> List.of(save(x), save(x)));
            }
            CompletableFuture<Optional<CompletableFuture<String>>> optional() {
              return fetch().thenApply(x -> Optional.of(save(x)));
            }
            CompletableFuture<List<String>> joined() {
              return fetch().thenApply(x -> pending.stream().map(CompletableFuture::join).toList());
            }
            CompletableFuture<Flow.Publisher<String>> body(Flow.Publisher<String> rows) {
              return fetch().thenApply(x -> rows);
            }
            CompletableFuture<ScheduledFuture<?>> timer() {
              return fetch().thenApply(x -> scheduler.schedule(() -> use(x), 1, TimeUnit.SECONDS));
            }
            CompletableFuture<Void> all() {
              return CompletableFuture.allOf(save(1), save(2));
            }
            CompletableFuture<Object> plain() { return fetch().thenApply(x -> x); }
            CompletableFuture<?> wild() { return fetch().thenApply(x -> x.length()); }
            CompletableFuture<String> waited() { return fetch().thenApply(x -> save(x).join()); }
            CompletableFuture<Object> inner() {
              return fetch().thenApply(x -> {
                Supplier<Object> later = () -> { return save(x); };
                use(later);
                return x;
              });
            }
            CompletableFuture<Void> voids() { return CompletableFuture.runAsync(() -> use(1), executor); }
            Future<?> task(FutureTask<String> task) { return executor.submit(task); }
            """)
        .check();
  }

  @Test
  void otherLibraries() {
    members(
            """
            abstract reactor.core.publisher.Mono<String> mono(Object o);
            abstract reactor.core.publisher.Flux<String> flux(Object o);
            abstract io.vertx.core.Future<String> vertx(Object o);
            Object a() { return mono(1).map(x -> mono(x)); } // finding: nested-future
            Object b() { return vertx(1).map(x -> vertx(x)); } // finding: nested-future
            Object c() { return mono(1).map(x -> save(x)); } // finding: nested-future
            Object d() { return fetch().thenApply(x -> mono(x)); } // finding: nested-future
            Object e() { return mono(1).flatMap(x -> mono(x)); }
            Object f() { return vertx(1).compose(x -> vertx(x)); }
            Object g() { return flux(1).map(x -> mono(x)); }
            Object h() { return fetch().thenApply(x -> flux(x)); }
            Object i() { return mono(1).map(x -> x.length()); }
            """)
        .with("package org.reactivestreams; public interface Publisher<T> {}")
        .with(
            "package reactor.core.publisher; import java.util.function.*; public abstract class"
                + " Mono<T> implements org.reactivestreams.Publisher<T> { public abstract <R>"
                + " Mono<R> map(Function<? super T, ? extends R> f); public abstract <R> Mono<R>"
                + " flatMap(Function<? super T, ? extends Mono<? extends R>> f); }")
        .with(
            "package reactor.core.publisher; import java.util.function.*;"
                + " public abstract class Flux<T> implements org.reactivestreams.Publisher<T> {"
                + " public abstract <R> Flux<R> map(Function<? super T, ? extends R> f); }")
        .with(
            "package io.vertx.core; import java.util.function.*; public interface Future<T> {"
                + " <R> Future<R> map(Function<? super T, R> f);"
                + " <R> Future<R> compose(Function<? super T, Future<R>> f); }")
        .check();
  }

  @Test
  void unAwaitedWinsWhereTheStageIsDropped() {
    MarkedSource.method(
            """
            load().thenApply(x -> save(x)); // finding: un-awaited
            executor.submit(() -> save(1)); // finding: un-awaited
            """)
        .check();
  }
}
