package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Functions on the wrong side of the bridge; the sources here stand in for the bridge. */
class WrappedAsyncTest {
  private static final String SYNC_TO_ASYNC =
      "package dev.trestle.bridge; import java.util.concurrent.*; public final class SyncToAsync {"
          + " public interface CheckedRunnable { void run() throws Exception; } public interface"
          + " CheckedFunction<T, R> { R apply(T t) throws Exception; } public <R>"
          + " CompletableFuture<R> call(Callable<? extends R> task) { throw new Error(); } public"
          + " CompletableFuture<Void> run(CheckedRunnable task) { throw new Error(); } public <T,"
          + " R> java.util.function.Function<T, CompletableFuture<R>> wrap(CheckedFunction<? super"
          + " T, ? extends R> f) { throw new Error(); } }";
  private static final String ASYNC_TO_SYNC =
      "package dev.trestle.bridge; import java.util.concurrent.*; public final class AsyncToSync {"
          + " public <R> R call(Callable<? extends CompletionStage<? extends R>> task) { throw new"
          + " Error(); } public <R, X extends Exception> R call(Callable<? extends"
          + " CompletionStage<? extends R>> task, Class<X> type) throws X { throw new Error(); }"
          + " public <T, R> java.util.function.Function<T, R> wrap(SyncToAsync.CheckedFunction<?"
          + " super T, ? extends CompletionStage<? extends R>> f) { throw new Error(); } }";

  private static MarkedSource members(String text) {
    return MarkedSource.members(
            "dev.trestle.bridge.SyncToAsync blocking; dev.trestle.bridge.AsyncToSync waiting;"
                + " abstract CompletableFuture<String> fetch(); abstract String find(Object id);\n"
                + text)
        .with(SYNC_TO_ASYNC)
        .with(ASYNC_TO_SYNC)
        .only("wrapped-async");
  }

  @Test
  void asyncGivenToSyncToAsync() {
    MarkedSource source =
        members(
            """
            Object lambda() { return blocking.call(() -> save(1)); } // finding: wrapped-async
            Object ref() { return blocking.call(this::fetch); } // finding: wrapped-async
            CompletableFuture<?> hidden() { return blocking.call(() -> save(1)); } // finding: wrapped-async
            CompletableFuture<Object> object() {
              return blocking.call(() -> test() ? save(1) : "none"); // finding: wrapped-async
            }
            Object block() {
              return blocking.call(() -> { // finding: wrapped-async
                use(1);
                return save(1);
              });
            }
            Object wrapped() { return blocking.wrap(this::save); } // finding: wrapped-async
            Object wrappedLambda() { return blocking.wrap(x -> save(x)); } // finding: wrapped-async
            Object given(Callable<CompletableFuture<String>> body) {
              return blocking.call(body); // finding: wrapped-async
            }
            void awaited() { use(blocking.call(() -> save(1)).join()); } // finding: wrapped-async
            """);
    source.check();
    assertThat(source.messages().get(0))
        .startsWith("SyncToAsync.call(..) is given a function that returns a future")
        .contains("lint-rules/docs/wrapped-async.md");
  }

  @Test
  void blockingGivenToSyncToAsyncIsFine() {
    members(
            """
            Object lambda() { return blocking.call(() -> find(1)); }
            Object joined() { return blocking.call(() -> save(1).join()); }
            Object ref() { return blocking.call(held::join); }
            Object nothing() { return blocking.run(() -> find(1)); }
            Object waits() { return blocking.run(() -> { save(1).join(); }); }
            Object wrapped() { return blocking.wrap(this::find); }
            Object wrappedLambda() { return blocking.wrap(id -> find(id)); }
            Object flat() { return blocking.call(() -> save(1)).thenCompose(f -> f); }
            Object listed() { return blocking.call(() -> List.of(save(1))); }
            Object supplier() { return blocking.call(() -> (Supplier<Object>) () -> save(1)); }
            Object other(Function<Callable<?>, Object> call) { return call.apply(() -> save(1)); }
            Object direct() { return save(1); }
            """)
        .check();
  }

  @Test
  void blockingGivenToAsyncToSync() {
    MarkedSource source =
        members(
            """
            Object joined() {
              return waiting.call(() -> CompletableFuture.completedFuture(save(1).join())); // finding: wrapped-async
            }
            Object slept() {
              return waiting.call(() -> { // finding: wrapped-async
                Thread.sleep(10);
                return save(1);
              });
            }
            Object tried() throws Exception {
              return waiting.call(() -> { // finding: wrapped-async
                try {
                  String s = save(1).get();
                  return CompletableFuture.completedFuture(s);
                } finally {
                  use(1);
                }
              }, Exception.class);
            }
            Object latch(CountDownLatch latch) {
              return waiting.call(() -> { latch.await(); return save(1); }); // finding: wrapped-async
            }
            Object queue(BlockingQueue<String> queue) {
              return waiting.call(() -> save(queue.take())); // finding: wrapped-async
            }
            Object timed(BlockingQueue<String> queue) {
              return waiting.call(() -> save(queue.poll(1, TimeUnit.SECONDS))); // finding: wrapped-async
            }
            Object polled(BlockingQueue<String> queue) {
              return waiting.call(() -> save(queue.poll()));
            }
            Object condition(java.util.concurrent.locks.Condition ready) {
              return waiting.call(() -> { ready.await(); return save(1); }); // finding: wrapped-async
            }
            Object file(java.nio.file.Path path) {
              return waiting.call(() -> save(java.nio.file.Files.readString(path))); // finding: wrapped-async
            }
            Object ref() { return waiting.call(this::slow); } // finding: wrapped-async
            Object called() { return waiting.call(() -> slow()); } // finding: wrapped-async
            Object wrapped() { return waiting.wrap(this::slowly); } // finding: wrapped-async
            Object wrappedLambda() {
              return waiting.wrap(x -> CompletableFuture.completedFuture(load(x).join())); // finding: wrapped-async
            }
            CompletableFuture<String> load(Object x) { return save(x); }
            CompletableFuture<String> slow() throws InterruptedException {
              Thread.sleep(10);
              return save(1);
            }
            CompletableFuture<String> slowly(Object id) {
              String s = save(id).join();
              return CompletableFuture.completedFuture(s);
            }
            """);
    source.check();
    assertThat(source.messages().get(0))
        .startsWith("AsyncToSync.call(..) is given a function that blocks in join(..)");
  }

  @Test
  void asyncGivenToAsyncToSyncIsFine() {
    members(
            """
            Object lambda() { return waiting.call(() -> save(1)); }
            Object ref() { return waiting.call(this::fetch); }
            Object wrapped() { return waiting.wrap(this::save); }
            Object chained() { return waiting.call(() -> save(1).thenApply(x -> x.length())); }
            Object inside() {
              return waiting.call(() -> CompletableFuture.supplyAsync(() -> save(1).join(), executor));
            }
            Object bridged() { return waiting.call(() -> blocking.call(() -> { Thread.sleep(1); return 1; })); }
            Object computed() { return waiting.call(() -> CompletableFuture.completedFuture(find(1))); }
            Object sometimes() {
              return waiting.call(() -> {
                if (test()) { Thread.sleep(10); }
                return save(1);
              });
            }
            Object onlyOnError() {
              return waiting.call(() -> {
                try { return save(1); } catch (RuntimeException e) { Thread.sleep(1); return save(2); }
              });
            }
            Object branch() {
              return waiting.call(
                  () -> test() ? save(1) : CompletableFuture.completedFuture(save(2).join()));
            }
            Object shortCut() {
              return waiting.call(() -> save(test() && held.join().isEmpty()));
            }
            Object looped() {
              return waiting.call(() -> {
                for (String s : items) { save(s).join(); }
                return save(1);
              });
            }
            Object mapGet() { return waiting.call(() -> map.get("a")); }
            Object mixed() { return waiting.call(this::mixedBody); }
            CompletableFuture<String> mixedBody() { return test() ? save(held.join()) : save(1); }
            Object variable(Callable<CompletableFuture<String>> body) { return waiting.call(body); }
            """)
        .check();
  }

  @Test
  void otherRulesLeaveTheBridgeToThisOne() {
    MarkedSource.members(
            """
            dev.trestle.bridge.SyncToAsync blocking;
            CompletableFuture<?> lambda() { return blocking.call(() -> save(1)); } // finding: wrapped-async
            void dropped() {
              blocking.call(() -> save(1)); // finding: un-awaited
              blocking.run(() -> save(1)).join(); // finding: un-awaited
            }
            """)
        .with(SYNC_TO_ASYNC)
        .check();
  }
}
