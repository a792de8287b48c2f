package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Futures behind {@code Object}, and the places where Object is the only type there can be. */
class LostFutureTypeTest {
  private static MarkedSource members(String text) {
    return MarkedSource.members(text).only("lost-future-type");
  }

  @Test
  void methodsThatGiveBackObject() {
    MarkedSource source =
        members(
            """
            Object plain(String item) {
              return save(item); // finding: lost-future-type
            }
            static Object started(ExecutorService executor) {
              return executor.submit(() -> 1); // finding: lost-future-type
            }
            Object early(String item) {
              if (item.isEmpty()) { return null; }
              return save(item).thenApply(x -> x); // finding: lost-future-type
            }
            Object mixed(String item) {
              if (item.isEmpty()) { return "nothing"; }
              return save(item); // finding: lost-future-type
            }
            Object branch(String item) {
              return item.isEmpty() ? "nothing" : save(item); // finding: lost-future-type
            }
            Object cast(String item) { return (Object) save(item); } // finding: lost-future-type
            Object local(String item) {
              var f = save(item);
              return f; // finding: lost-future-type
            }
            Object field() { return held; } // finding: lost-future-type
            @Deprecated Object annotated(Object item) { return save(item); } // finding: lost-future-type
            """);
    source.check();
    assertThat(source.messages().get(0))
        .contains("save(..) is a CompletableFuture given back as Object")
        .contains("declare the future's type (see lint-rules/docs/lost-future-type.md)");
  }

  @Test
  void lambdasAndReferencesThatGiveBackObject() {
    members(
            """
            interface Handler { Object handle(String item); }
            abstract void run(Supplier<Object> body);
            abstract void handle(Handler handler);
            Supplier<Object> field = () -> save(1); // finding: lost-future-type
            void snippet() {
              Supplier<Object> block = () -> {
                use(1);
                return save(1); // finding: lost-future-type
              };
              Callable<Object> callable = () -> save(1); // finding: lost-future-type
              Callable<Object> ref = this::load; // finding: lost-future-type
              Function<String, Object> function = x -> x.isEmpty() ? x : save(x); // finding: lost-future-type
              Function<String, Object> byRef = this::save; // finding: lost-future-type
              Handler handler = x -> save(x); // finding: lost-future-type
              run(() -> save(1)); // finding: lost-future-type
              run(this::load); // finding: lost-future-type
              handle(x -> save(x)); // finding: lost-future-type
              handle(this::save); // finding: lost-future-type
              use(block, callable, ref, function, byRef, handler);
            }
            class Saving implements Callable<Object> {
              @Override public Object call() { return save(1); } // finding: lost-future-type
            }
            Handler anonymous = new Handler() {
              @Override public Object handle(String x) { return save(x); } // finding: lost-future-type
            };
            """)
        .check();
  }

  @Test
  void declaredAndInferredTypesAreFine() {
    members(
            """
            abstract <T> T run(Supplier<T> body);
            abstract <T> T call(Callable<? extends T> body);
            abstract void runAny(Callable<?> body);
            CompletableFuture<String> declared() { return save(1); }
            Future<?> wider() { return save(1); }
            <T extends Future<?>> T generic(T future) { return future; }
            <T> T same(T value) { return value; }
            Object value() { return save(1).join(); }
            Object list() { return pending; }
            Object text() { return "a" + number(); }
            abstract int number();
            Object plain(Object value) { use(value); return value; }
            Object made() { return run(() -> save(1)).join(); }
            Supplier<Object> supplier() { return () -> save(1).join(); }
            void snippet() {
              Supplier<CompletableFuture<String>> typed = () -> save(1);
              Supplier<? extends Future<?>> bounded = () -> save(1);
              Object inferred = run(() -> save(1));
              Object called = call(this::load);
              Stream<Object> stream = items.stream().map(x -> save(x));
              Object first = Optional.of("a").map(this::save).orElse(null);
              map.computeIfAbsent("a", this::save);
              runAny(() -> save(1));
              Supplier<Object> later = () -> { Supplier<Future<?>> s = () -> save(1); return s; };
              use(typed, bounded, inferred, called, stream, first, later);
            }
            """)
        .check();
  }

  @Test
  void proxiesAndFrameworksAreFine() {
    members(
            """
            interface Point { Object proceed(); }
            interface Interceptor { Object intercept(Point point); }
            @interface Around { String value(); }
            java.lang.reflect.InvocationHandler lambda = (proxy, method, args) -> save(args);
            class Proxy implements java.lang.reflect.InvocationHandler {
              @Override public Object invoke(Object proxy, java.lang.reflect.Method m, Object[] args) {
                return save(args);
              }
            }
            Interceptor interceptor = point -> save(point.proceed());
            class Timing implements Interceptor {
              @Override public Object intercept(Point point) { return save(point); }
            }
            @Around("all") Object time(Point point) { return save(point); }
            org.mockito.stubbing.Answer<Object> answer = invocation -> save(invocation);
            org.mockito.stubbing.Answer<?> any = invocation -> save(invocation);
            graphql.schema.DataFetcher<Object> fetcher = environment -> save(environment);
            class Fetcher implements graphql.schema.DataFetcher<Object> {
              @Override public Object get(Object environment) { return save(environment); }
            }
            java.security.PrivilegedAction<Object> foreign = () -> save(1);
            """)
        .with("package org.mockito.stubbing; public interface Answer<T> { T answer(Object i); }")
        .with("package graphql.schema; public interface DataFetcher<T> { T get(Object e); }")
        .check();
  }

  @Test
  void convertersAreFine() {
    members(
            """
            Object adapt(Object value) {
              if (value instanceof CompletionStage<?> stage) { return stage.toCompletableFuture(); }
              return value;
            }
            Object unwrap(CompletableFuture<String> f, boolean wait) { return wait ? f.join() : f; }
            Object call(String name, Object... arguments) { return save(arguments); }
            Object convert(CompletableFuture<String> f, Class<?> type) { return f.thenApply(x -> x); }
            Object execute(Callable<Object> c, java.lang.reflect.Method m) { return save(m); }
            Object failureOrKept(int n) { return n == 1 ? new Exception() : held; }
            interface Response extends Flow.Publisher<String> {}
            Object response(Response r) { return r; }
            Function<Object, Object> adapter = o -> o instanceof String ? save(o) : o;
            """)
        .check();
  }
}
