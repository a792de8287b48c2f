package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** The forms that run on the default executor, and those that name one. */
class DefaultExecutorTest {
  private static final String RULE = "default-executor";

  @Test
  void aFormWithoutAnExecutorRunsOnTheDefaultOne() {
    MarkedSource.method(
            """
            use(CompletableFuture.supplyAsync(() -> 1)); // finding: default-executor
            use(CompletableFuture.runAsync(() -> use(1))); // finding: default-executor
            use(held.thenApplyAsync(x -> x)); // finding: default-executor
            use(held.thenAcceptAsync(x -> use(x))); // finding: default-executor
            use(held.thenRunAsync(() -> use(1))); // finding: default-executor
            use(held.thenComposeAsync(x -> save(x))); // finding: default-executor
            use(held.thenCombineAsync(load(), (a, b) -> a)); // finding: default-executor
            use(held.thenAcceptBothAsync(load(), (a, b) -> use(a))); // finding: default-executor
            use(held.runAfterBothAsync(load(), () -> use(1))); // finding: default-executor
            use(held.applyToEitherAsync(save(1), x -> x)); // finding: default-executor
            use(held.handleAsync((v, t) -> v)); // finding: default-executor
            use(held.whenCompleteAsync((v, t) -> use(t))); // finding: default-executor
            use(held.exceptionallyAsync(t -> "")); // finding: default-executor
            use(held.exceptionallyComposeAsync(t -> held)); // finding: default-executor
            use(heldStage.thenApplyAsync(x -> x)); // finding: default-executor
            use(held.completeAsync(() -> "")); // finding: default-executor
            use(items.stream().map(x -> CompletableFuture.supplyAsync(() -> x)).toList()); // finding: default-executor
            use(Stream.<Supplier<String>>of(() -> "").map(CompletableFuture::supplyAsync).toList()); // finding: default-executor
            Function<Runnable, CompletableFuture<Void>> start = CompletableFuture::runAsync; // finding: default-executor
            use(held
                .thenApply(x -> x)
                .thenApplyAsync(x -> x) // finding: default-executor
                .thenApplyAsync(x -> x, executor));
            """)
        .only(RULE)
        .check();
  }

  @Test
  void anExecutorThatIsNamedIsFine() {
    MarkedSource.members(
            """
            static class Own extends CompletableFuture<String> {
              @Override public Executor defaultExecutor() { return Runnable::run; }
            }
            interface Client { CompletableFuture<String> sendAsync(Object o); CompletableFuture<String> supplyAsync(Supplier<String> s); }
            static class Plain extends CompletableFuture<String> {}
            static class Forwarding extends CompletableFuture<String> {
              CompletableFuture<String> delegate;
              @Override public CompletableFuture<Void> thenRunAsync(Runnable r) { return delegate.thenRunAsync(r); }
              @Override public CompletableFuture<Void> thenAcceptAsync(Consumer<? super String> c) { return super.thenAcceptAsync(x -> c.accept(x)); }
              @Override public CompletableFuture<Void> thenRun(Runnable r) { return delegate.thenRunAsync(r); } // finding: default-executor
            }
            CompletableFuture<Void> thenRunAsync(Runnable r) { return held.thenRunAsync(r); } // finding: default-executor
            void snippet(Own own, Client client, Executor pool, Plain plain) {
              use(CompletableFuture.supplyAsync(() -> 1, executor));
              use(CompletableFuture.runAsync(() -> use(1), pool));
              use(CompletableFuture.supplyAsync(() -> 1, ForkJoinPool.commonPool()));
              use(CompletableFuture.supplyAsync(() -> 1, Runnable::run));
              use(CompletableFuture.supplyAsync(() -> 1, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)));
              use(held.thenApplyAsync(x -> x, executor));
              use(held.thenAcceptAsync(x -> use(x), executor));
              use(held.thenCombineAsync(load(), (a, b) -> a, executor));
              use(held.whenCompleteAsync((v, t) -> use(t), executor));
              use(held.completeAsync(() -> "", executor));
              use(held.thenApply(x -> x));
              use(held.thenCompose(x -> save(x)));
              use(own.thenApplyAsync(x -> x));
              use(own.thenRunAsync(() -> use(1)));
              use(client.sendAsync(1));
              use(client.supplyAsync(() -> ""));
              use(executor.submit(() -> 1));
              BiFunction<Runnable, Executor, CompletableFuture<Void>> start = CompletableFuture::runAsync;
              use(plain.thenApplyAsync(x -> x)); // finding: default-executor
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void unAwaitedWinsWhereTheFutureIsDroppedToo() {
    MarkedSource.method("CompletableFuture.runAsync(() -> use(1)); // finding: un-awaited")
        .only("")
        .check();
    assertThat(
            MarkedSource.method("CompletableFuture.runAsync(() -> use(1));").only(RULE).messages())
        .isEmpty();
  }

  @Test
  void theMessageNamesTheCall() {
    assertThat(MarkedSource.method("use(held.thenApplyAsync(x -> x));").only(RULE).messages())
        .singleElement()
        .asString()
        .contains("thenApplyAsync(..)", "name an executor");
  }
}
