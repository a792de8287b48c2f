package dev.trestle.lint.rules;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** The last link of a chain decides, and the finding stands on its line. */
class UnAwaitedChainTest {
  @Test
  void aChainEndedByAHandlerThatSeesTheFailureIsHandled() {
    MarkedSource.members(
            """
            BiConsumer<Object, Throwable> logger; void logIt(Object v, Throwable t) {}
            Void onError(Throwable t) { return null; }
            void snippet() {
              save(1).exceptionally(t -> { use(t); return null; });
              save(1).exceptionally(t -> "default");
              save(1).exceptionallyAsync(t -> "default");
              save(1).exceptionallyCompose(t -> save(2));
              save(1).exceptionally(t -> { return null; });
              save(1).thenRun(() -> use(1)).exceptionally(this::onError);
              save(1).handle((v, t) -> t == null ? v : "failed");
              save(1).handle((v, t) -> { if (t != null) use(t); return v; });
              save(1).handleAsync((v, t) -> { use(t); return v; });
              save(1).whenComplete((v, t) -> use(v, t));
              save(1).whenComplete((v, t) -> { if (t != null) throw new IllegalStateException(t); });
              save(1).whenCompleteAsync((v, t) -> use(t), executor);
              save(1).whenComplete(logger);
              save(1).whenComplete(this::logIt);
              save(1).whenComplete(new BiConsumer<Object, Throwable>() {
                @Override public void accept(Object v, Throwable t) { }
              });
              save(1).thenApply(v -> v).thenAccept(v -> use(v)).exceptionally(t -> null);
              save(1).whenComplete((v, t) -> use(t)).whenComplete((v, t) -> use(v));
              load().toCompletableFuture().exceptionally(t -> 1);
              save(1).exceptionally(t -> "x").toCompletableFuture();
              Runnable r = () -> save(1).whenComplete((v, t) -> use(t));
              items.forEach(i -> save(i).exceptionally(t -> null));
            }
            """)
        .check();
  }

  @Test
  void aHandlerThatIgnoresTheFailureOrAlwaysThrowsHandlesNothing() {
    MarkedSource.method(
            """
            save(1).whenComplete((v, t) -> use(v)); // finding: un-awaited/dependent
            save(1).whenComplete((v, t) -> { use(v); }); // finding: un-awaited
            save(1).whenCompleteAsync((v, t) -> use(v)); // finding: un-awaited
            save(1).handle((v, t) -> v); // finding: un-awaited
            save(1).handle((v, t) -> { use(v); return 1; }); // finding: un-awaited
            save(1).thenApply(v -> v).whenComplete((v, t) -> use(1)); // finding: un-awaited
            held.thenApply(v -> v).whenComplete((v, t) -> use(1)); // finding: un-awaited
            save(1).exceptionally(t -> { throw new CompletionException(t); }); // finding: un-awaited
            save(1).exceptionally(t -> { use(t); throw new IllegalStateException(t); }); // finding: un-awaited
            save(1).whenComplete((v, t) -> { throw new IllegalStateException(t); }); // finding: un-awaited
            save(1).handle((v, t) -> { // finding: un-awaited
              if (t == null) { throw new IllegalStateException(); } else { throw new CompletionException(t); }
            });
            held.exceptionally(t -> { throw new CompletionException(t); }); // finding: un-awaited
            held.whenComplete((v, t) -> use(v));
            held.whenComplete((v, t) -> { });
            held.whenCompleteAsync((v, t) -> use(v));
            heldStage.whenComplete((v, t) -> use(v));
            pending.get(0).whenComplete((v, t) -> use(v));
            held.handle((v, t) -> v);
            held.toCompletableFuture().whenComplete((v, t) -> use(1));
            held.exceptionally(t -> null);
            """)
        .check();
  }

  @Test
  void aStageAfterTheHandlerIsAgainAFuture() {
    MarkedSource.method(
            """
            save(1).exceptionally(t -> null).thenRun(() -> use(1)); // finding: un-awaited/dependent
            save(1).handle((v, t) -> t).thenAccept(t -> use(t)); // finding: un-awaited
            save(1).whenComplete((v, t) -> use(t)).thenApply(v -> v); // finding: un-awaited
            held.whenComplete((v, t) -> use(t)).thenRun(() -> use(1)); // finding: un-awaited
            save(1).exceptionally(t -> null).thenRun(() -> use(1)).join();
            save(1).exceptionally(t -> null).thenRun(() -> use(1)).exceptionally(t -> null);
            """)
        .check();
  }

  @Test
  void aDependentStageIsAFindingOnAHeldReceiverToo() {
    MarkedSource.method(
            """
            held.thenRun(() -> use(1)); // finding: un-awaited/dependent
            held.thenAccept(v -> use(v)); // finding: un-awaited/dependent
            held.thenApply(v -> v); // finding: un-awaited/dependent
            held.thenCompose(v -> save(v)); // finding: un-awaited/dependent
            held.thenCombine(load(), (a, b) -> a); // finding: un-awaited/dependent
            held.thenAcceptBoth(load(), (a, b) -> use(a)); // finding: un-awaited/dependent
            held.thenAcceptAsync(v -> use(v), executor); // finding: un-awaited/dependent
            held.acceptEither(save(1), v -> use(v)); // finding: un-awaited/dependent
            held.applyToEither(save(1), v -> v); // finding: un-awaited/dependent
            held.runAfterBoth(load(), () -> use(1)); // finding: un-awaited/dependent
            heldStage.thenRun(() -> use(1)); // finding: un-awaited/dependent
            pending.get(0).thenRun(() -> use(1)); // finding: un-awaited/dependent
            map.get(item).thenRunAsync(() -> use(1)); // finding: un-awaited/dependent
            held.toCompletableFuture().thenRun(() -> use(1)); // finding: un-awaited/dependent
            heldStage.thenRun(() -> use(1)).toCompletableFuture(); // finding: un-awaited/dependent
            held.thenRun(() -> use(1)).join();
            held = held.thenApply(v -> v);
            use(held.thenRun(() -> use(1)));
            held.complete("x");
            held.completeExceptionally(new Exception());
            held.cancel(true);
            held.join();
            held.isDone();
            held.obtrudeValue("x");
            """)
        .check();
  }

  @Test
  void theFindingStandsOnTheLineOfTheLastLink() {
    MarkedSource.method(
            """
            save(1)
                .thenApply(v -> v)
                .thenAccept(v -> use(v)); // finding: un-awaited
            held
                // why
                .thenRun( // finding: un-awaited
                    () -> {
                      use(1);
                    });
            CompletableFuture
                .runAsync(() -> use(1)) // finding: un-awaited
                ;
            Runnable r = () ->
                save(2)
                    .thenRun(() -> use(1)); // finding: un-awaited
            save(
                3) // the call begins on the line above
                .join();
            save( // finding: un-awaited
                4);
            """)
        .check();
  }

  @Test
  void giveBacksAreJudgedByWhatTheyGiveBack() {
    MarkedSource.members(
            """
            static class Sum extends RecursiveTask<Integer> { protected Integer compute() { return 1; } }
            void snippet(Sum left, FutureTask<Integer> task, ForkJoinPool pool) {
              save(1).orTimeout(1, TimeUnit.SECONDS); // finding: un-awaited/give-back
              save(1).completeOnTimeout("x", 1, TimeUnit.SECONDS); // finding: un-awaited/give-back
              save(1).orTimeout(1, TimeUnit.SECONDS).toCompletableFuture(); // finding: un-awaited/give-back
              save(1).thenApply(v -> v).orTimeout(1, TimeUnit.SECONDS); // finding: un-awaited/give-back
              load().toCompletableFuture(); // finding: un-awaited/give-back
              save(1).completeAsync(() -> "x"); // finding: un-awaited/give-back
              new CompletableFuture<String>().completeAsync(() -> "x"); // finding: un-awaited/give-back
              new Sum().fork(); // finding: un-awaited/give-back
              pool.submit(new Sum()); // finding: un-awaited/give-back
              executor.submit(new FutureTask<Integer>(() -> 1)); // finding: un-awaited/give-back
              Objects.requireNonNull(save(1)); // finding: un-awaited/looked-at
              held.orTimeout(1, TimeUnit.SECONDS);
              held.completeOnTimeout("x", 1, TimeUnit.SECONDS);
              held.completeAsync(() -> "x");
              held.completeAsync(() -> "x", executor);
              held.toCompletableFuture();
              left.fork();
              pool.submit(left);
              executor.submit(task);
              executor.execute(task);
              held.orTimeout(1, TimeUnit.SECONDS).whenComplete((v, t) -> use(v));
              save(1).orTimeout(1, TimeUnit.SECONDS).join();
              save(1).orTimeout(1, TimeUnit.SECONDS).whenComplete((v, t) -> use(t));
              new Sum().invoke();
              use(new Sum().fork());
              pool.invoke(new Sum());
              Objects.requireNonNull(save(1)).join();
            }
            """)
        .check();
  }

  @Test
  void theAsyncFormsOfHandlersAreHandlers() {
    MarkedSource.members(
            """
            CompletableFuture<String> again(Throwable t) { return save(t); }
            void snippet() {
              save(1).exceptionallyAsync(t -> "x", executor);
              save(1).exceptionallyComposeAsync(t -> save(t));
              save(1).exceptionallyComposeAsync(this::again, executor);
              save(1).handleAsync((v, t) -> t);
              save(1).whenCompleteAsync((v, t) -> use(t));
              held.whenCompleteAsync((v, t) -> use(v), executor);
              save(1).exceptionallyAsync(t -> { throw new CompletionException(t); }); // finding: un-awaited
              save(1).exceptionallyCompose(t -> { throw new CompletionException(t); }); // finding: un-awaited
              save(1).exceptionallyComposeAsync(t -> { throw new CompletionException(t); }); // finding: un-awaited
              save(1).handleAsync((v, t) -> v); // finding: un-awaited/dependent
              save(1).handleAsync((v, t) -> { use(v); return 1; }, executor); // finding: un-awaited/dependent
              save(1).whenCompleteAsync((v, t) -> use(v), executor); // finding: un-awaited/dependent
              save(1).exceptionallyAsync(t -> "x").thenRun(() -> use(1)); // finding: un-awaited/dependent
            }
            """)
        .check();
  }
}
