package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Null where a future was promised, and the many places where null is fine. */
class NullFutureTest {
  private static MarkedSource members(String text) {
    return MarkedSource.members(text).only("null-future");
  }

  @Test
  void aMethodThatPromisesAFuture() {
    MarkedSource source =
        members(
            """
            CompletableFuture<String> plain() {
              return null; // finding: null-future
            }
            CompletionStage<String> stage() { return null; } // finding: null-future
            Future<String> future() { return null; } // finding: null-future
            static <T> CompletableFuture<T> generic(T value) { return null; } // finding: null-future
            CompletableFuture<String> early(String item) {
              if (item.isEmpty()) {
                return null; // finding: null-future
              }
              return save(item);
            }
            CompletableFuture<String> late(String item) {
              try {
                return save(item);
              } catch (RuntimeException e) {
                use(e);
                return null; // finding: null-future
              }
            }
            CompletableFuture<String> choose(int n) {
              switch (n) {
                case 1: return save(n);
                default: return null; // finding: null-future
              }
            }
            """);
    source.check();
    assertThat(source.messages().get(0))
        .startsWith("null is given back where a CompletableFuture was promised")
        .contains("completedFuture(null)", "lint-rules/docs/null-future.md");
  }

  @Test
  void branchesCastsAndSwitches() {
    members(
            """
            CompletableFuture<String> branch(String item) {
              return item == null ? null : save(item); // finding: null-future
            }
            CompletableFuture<String> otherBranch(String item) {
              return test()
                  ? save(item)
                  : null; // finding: null-future
            }
            CompletableFuture<String> nested(String item) {
              return test() ? save(item) : (test() ? held : (null)); // finding: null-future
            }
            CompletableFuture<String> cast() {
              return (CompletableFuture<String>) null; // finding: null-future
            }
            CompletableFuture<String> arrows(int n) {
              return switch (n) {
                case 1 -> save(n);
                case 2 -> null; // finding: null-future
                default -> throw new IllegalArgumentException();
              };
            }
            CompletableFuture<String> yields(int n) {
              return switch (n) {
                case 1: yield save(n);
                case 2: {
                  use(n);
                  yield null; // finding: null-future
                }
                default: yield held;
              };
            }
            CompletableFuture<String> inner(int n) {
              return switch (n) {
                case 1 -> {
                  Object o = switch (n) { case 3 -> null; default -> "a"; };
                  use(o);
                  yield save(n);
                }
                default -> held;
              };
            }
            """)
        .check();
  }

  @Test
  void aFunctionThatPromisesAFuture() {
    members(
            """
            interface Loader { CompletableFuture<String> load(int n); }
            abstract void run(Supplier<CompletableFuture<String>> body);
            abstract void runStage(Callable<? extends CompletionStage<?>> body);
            abstract void runAll(Supplier<CompletableFuture<String>>... bodies);
            static class Holder { Holder(Supplier<CompletableFuture<String>> body) {} }
            Supplier<CompletableFuture<String>> field = () -> null; // finding: null-future
            CompletionStage<?> snippet(String item, CompletableFuture<String> f) {
              f.thenCompose(x -> null); // finding: null-future
              f.thenCompose(x -> {
                use(x);
                return null; // finding: null-future
              });
              f.thenCompose(x -> x.isEmpty() ? null : save(x)); // finding: null-future
              f.thenComposeAsync(x -> (null), executor); // finding: null-future
              f.exceptionallyCompose(t -> null); // finding: null-future
              Loader loader = n -> null; // finding: null-future
              Supplier<CompletionStage<String>> supplier = () -> null; // finding: null-future
              Callable<Future<String>> callable = () -> { return null; }; // finding: null-future
              run(() -> null); // finding: null-future
              runStage(() -> null); // finding: null-future
              runAll(() -> held, () -> null); // finding: null-future
              use(new Holder(() -> null)); // finding: null-future
              use(new Supplier<CompletableFuture<String>>() {
                @Override public CompletableFuture<String> get() {
                  return null; // finding: null-future
                }
              });
              return f;
            }
            """)
        .check();
  }

  @Test
  void aFutureOfNullIsFine() {
    members(
            """
            CompletableFuture<String> completed() { return CompletableFuture.completedFuture(null); }
            CompletableFuture<Void> applied() { return save(1).thenApply(x -> null); }
            CompletableFuture<Object> blocks() { return save(1).thenApply(x -> { return null; }); }
            CompletableFuture<String> handled() { return save(1).exceptionally(t -> null); }
            CompletableFuture<String> both() { return save(1).handle((v, t) -> t == null ? v : null); }
            CompletableFuture<Object> supplied() {
              return CompletableFuture.supplyAsync(() -> null, executor);
            }
            Future<Object> submitted() { return executor.submit(() -> null); }
            CompletableFuture<String> composed() {
              return save(1).thenCompose(x -> CompletableFuture.completedFuture(null));
            }
            CompletableFuture<CompletableFuture<String>> inferred() {
              return save(1).thenApply(x -> null);
            }
            """)
        .check();
  }

  @Test
  void typeVariablesMayBeNull() {
    members(
            """
            abstract <T> T call(Supplier<T> body);
            abstract <T> T callAny(Supplier<? extends T> body);
            <T> T nothing() { return null; }
            <F extends CompletionStage<?>> F none(Class<F> type) { return null; }
            static class Cache<V> {
              void load(Function<String, V> f) {}
              V find(String key) { return null; }
            }
            static class Lazy<V> { Lazy(Supplier<? extends V> body) {} }
            void snippet(Cache<CompletableFuture<String>> cache) {
              map.computeIfAbsent("a", key -> null);
              map.compute("a", (key, f) -> null);
              map.computeIfPresent("a", (key, f) -> f.isDone() ? null : f);
              map.merge("a", held, (x, y) -> null);
              CompletableFuture<String> f = call(() -> null);
              CompletableFuture<String> g = callAny(() -> { return null; });
              cache.load(key -> null);
              Object lazy = new Lazy<CompletableFuture<String>>(() -> null);
              CompletableFuture<String> o = Optional.of(1).map(x -> (CompletableFuture<String>) null)
                  .orElseGet(() -> null);
              use(f, g, lazy, o);
            }
            """)
        .check();
  }

  @Test
  void fieldsLocalsAndOtherTypesMayBeNull() {
    members(
            """
            CompletableFuture<String> field = null;
            CompletableFuture<String> kept() { return field; }
            void forget() { field = null; held = null; return; }
            String text() { return null; }
            Object object() { return null; }
            List<CompletableFuture<String>> list() { return null; }
            Optional<CompletableFuture<String>> optional() { return null; }
            Supplier<CompletableFuture<String>> supplier() { return null; }
            CompletableFuture<String>[] array() { return null; }
            CompletableFuture<String> local(String item) {
              CompletableFuture<String> f = null;
              if (test()) { f = save(item); }
              return f;
            }
            CompletableFuture<String> inside(String item) {
              Supplier<String> name = () -> null;
              Function<String, String> upper = s -> { return null; };
              Runnable nothing = () -> { return; };
              class Local { String name() { return null; } }
              use(name, upper, nothing, new Local());
              return save(item);
            }
            CompletableFuture<String> compared(String item) {
              return item == null ? CompletableFuture.completedFuture(null) : save(item);
            }
            CompletableFuture<String> argument() { return save(null); }
            CompletableFuture<String> passed(CompletableFuture<String> f) {
              return f != null ? f : save(null);
            }
            """)
        .check();
  }

  @Test
  void whatSaysThatItMayBeNullIsFine() {
    members(
            """
            @Nullable CompletableFuture<String> declared() { return null; }
            @Marks.CheckForNull CompletableFuture<String> checked() { return null; }
            @TypeUse.Nullable CompletableFuture<String> used() { return null; }
            interface Finder { @Nullable CompletionStage<String> find(String s); }
            Finder finder = s -> null;
            @Deprecated CompletableFuture<String> other() { return null; } // finding: null-future
            @SuppressWarnings("null-future") CompletableFuture<String> silent() { return null; }
            """)
        .with("@interface Nullable {}")
        .with("class Marks { @interface CheckForNull {} }")
        .with(
            "class TypeUse {"
                + " @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)"
                + " @interface Nullable {} }")
        .check();
  }

  @Test
  void whatIsDocumentedOrCheckedByEveryCallerIsFine() {
    members(
            """
            /**
             * Starts it.
             *
             * @param item the item
             * @return the future, or {@code null} if there is no room
             */
            CompletableFuture<String> documented(String item) { return null; }
            /** Never null. @return the future, never null */
            CompletableFuture<String> denied(String item) { return null; } // finding: null-future
            /** @return the future @throws NullPointerException if item is null */
            CompletableFuture<String> other(String item) { return null; } // finding: null-future

            private CompletableFuture<String> quick(String item) { return null; }
            CompletableFuture<String> caller(String item) {
              CompletableFuture<String> f = quick(item);
              if (f != null) { return f; }
              return Objects.requireNonNullElse(quick(item), held);
            }
            private CompletableFuture<String> inner(int n) { return n == 1 ? null : held; }
            private CompletableFuture<String> outer() { return inner(1); }
            void use() { if (outer() == null) { use(1); } }

            private CompletableFuture<String> trusted(int n) { return null; } // finding: null-future
            void trusting() {
              var f = trusted(1);
              if (f == null) { return; }
              trusted(2).join();
            }
            public CompletableFuture<String> open(int n) { return null; } // finding: null-future
            void opened() { if (open(1) == null) { use(1); } }
            private CompletableFuture<String> alone(int n) { return null; } // finding: null-future
            """)
        .check();
  }

  @Test
  void objectsThatHappenToBePublishersAreNoFutures() {
    members(
            """
            interface Response extends Flow.Publisher<String> {}
            Response response() { return null; }
            Function<String, CompletableFuture<io.vertx.core.http.RequestOptions>> redirects = r -> null;
            """)
        .with("package io.vertx.core.http; public class RequestOptions {}")
        .check();
  }

  @Test
  void lazyTypesAreFuturesToo() {
    members(
            """
            reactor.core.publisher.Mono<String> mono(String item) {
              return item == null ? null : reactor.core.publisher.Mono.just(item); // finding: null-future
            }
            Flow.Publisher<String> publisher() { return null; } // finding: null-future
            reactor.core.publisher.Mono<String> chained(String item) {
              return mono(item).flatMap(x -> null); // finding: null-future
            }
            reactor.core.publisher.Mono<String> fine(String item) {
              return mono(item).map(x -> null);
            }
            """)
        .with(
            "package reactor.core.publisher; import java.util.function.*; public abstract class"
                + " Mono<T> {  public static <T> Mono<T> just(T t) { throw new Error(); } public"
                + " abstract <R> Mono<R> map(Function<? super T, ? extends R> f); public abstract"
                + " <R> Mono<R> flatMap(Function<? super T, ? extends Mono<? extends R>> f); }")
        .check();
  }
}
