package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Futures that leave the try statement which closes what they use, or should catch for them. */
class FutureEscapesScopeTest {
  private static final String MORE =
      """
      interface Session extends AutoCloseable {
        CompletableFuture<String> findAsync(Object id);
        String find(Object id);
        Statement prepare(String sql);
        String name();
        @Override void close();
      }
      interface Statement extends AutoCloseable {
        CompletableFuture<String> runAsync();
        @Override void close();
      }
      static class Wrapper implements AutoCloseable {
        Wrapper(Session session) {}
        CompletableFuture<String> flush() { throw new Error(); }
        @Override public void close() {}
      }
      interface Log { void warn(String s, Object o); }
      Log log;
      abstract Session open();
      abstract CompletableFuture<String> upload(Session session);
      abstract CompletableFuture<String> fetch(String item);
      abstract AutoCloseable span();
      static class Closer { static void closeQuietly(AutoCloseable c) {} }
      """;

  private static MarkedSource members(String text) {
    return MarkedSource.members(MORE + text).only("future-escapes-scope");
  }

  @Test
  void outOfTryWithResources() {
    MarkedSource source =
        members(
            """
            CompletableFuture<String> made() {
              try (Session s = open()) {
                return s.findAsync(1); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> chained() {
              try (Session s = open()) {
                return s.findAsync(1) // the finding stands at the last link
                    .thenApply(x -> x + 1); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> handed() {
              try (var s = open()) { return upload(s); } // finding: future-escapes-scope/resource
            }
            CompletableFuture<String> captured() {
              try (var s = open()) {
                return CompletableFuture.supplyAsync(() -> s.find(1), executor); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> submitted() {
              try (var s = open()) {
                return held.thenApply(s::find); // finding: future-escapes-scope/resource
              }
            }
            Future<String> callback() {
              try (var s = open()) {
                return executor.submit(() -> s.find(1)); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> composed() {
              try (var s = open()) {
                return save(1).thenCompose(x -> s.findAsync(x)); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> derived() {
              try (var s = open()) {
                Statement statement = s.prepare("select");
                return statement.runAsync(); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> direct() {
              try (var s = open()) { return s.prepare("x").runAsync(); } // finding: future-escapes-scope/resource
            }
            CompletableFuture<String> second() {
              try (var s = open(); var w = new Wrapper(s)) { return w.flush(); } // finding: future-escapes-scope/resource
            }
            CompletableFuture<String> wrapped() {
              try (var s = open()) {
                return new Wrapper(s).flush(); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> local() {
              try (var s = open()) {
                var f = s.findAsync(1);
                use(1);
                return f; // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<Void> all() {
              try (var s = open()) {
                var f = s.findAsync(1);
                return CompletableFuture.allOf(f, save(2)); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> branch() {
              try (var s = open()) {
                return test() ? held : s.findAsync(1); // finding: future-escapes-scope/resource
              }
            }
            CompletableFuture<String> given(Session s) {
              try (s) { return s.findAsync(1); } // finding: future-escapes-scope/resource
            }
            CompletableFuture<String> nested() {
              try (var s = open()) {
                if (test()) {
                  for (String item : items) {
                    return s.findAsync(item); // finding: future-escapes-scope/resource
                  }
                }
                return held;
              }
            }
            CompletableFuture<String> later() {
              CompletableFuture<String> f;
              try (var s = open()) {
                f = s.findAsync(1); // finding: future-escapes-scope/resource
              }
              return f;
            }
            Function<String, CompletableFuture<String>> function = x -> {
              try (var s = open()) { return s.findAsync(x); } // finding: future-escapes-scope/resource
            };
            """);
    source.check();
    assertThat(source.messages().get(0))
        .contains("findAsync(..) is a future that is still running when it leaves")
        .contains("lint-rules/docs/future-escapes-scope.md");
  }

  @Test
  void joinedInsideIsFine() {
    members(
            """
            CompletableFuture<String> completed() {
              try (var s = open()) {
                return CompletableFuture.completedFuture(s.findAsync(1).join());
              }
            }
            CompletableFuture<String> joined() {
              try (var s = open()) {
                var f = s.findAsync(1);
                f.join();
                return f;
              }
            }
            CompletableFuture<String> got() throws Exception {
              try (var s = open()) {
                var f = s.findAsync(1);
                use(f.get());
                return f.thenApply(x -> x);
              }
            }
            CompletableFuture<String> together() {
              try (var s = open()) {
                var f = s.findAsync(1);
                var g = s.findAsync(2);
                CompletableFuture.allOf(f, g).join();
                return f.thenCombine(g, (a, b) -> a + b);
              }
            }
            String value() {
              try (var s = open()) { return s.findAsync(1).join(); }
            }
            CompletableFuture<String> after() {
              String found;
              try (var s = open()) { found = s.findAsync(1).join(); }
              return save(found);
            }
            CompletableFuture<String> outside() {
              var s = open();
              return s.findAsync(1).whenComplete((x, t) -> s.close());
            }
            """)
        .check();
  }

  @Test
  void aResourceThatTheFutureDoesNotUseIsFine() {
    members(
            """
            CompletableFuture<String> span(String item) throws Exception {
              try (var scope = span()) { return save(item); }
            }
            CompletableFuture<String> read(java.nio.file.Path path) throws java.io.IOException {
              try (var in = java.nio.file.Files.newBufferedReader(path)) { return save(in.readLine()); }
            }
            CompletableFuture<String> readLocal() {
              try (var s = open()) {
                String found = s.find(1);
                return save(found).thenApply(x -> x + found);
              }
            }
            CompletableFuture<String> name() {
              try (var s = open()) { return save(s.name()).thenApply(x -> x); }
            }
            CompletableFuture<String> completed() {
              try (var s = open()) { return CompletableFuture.completedFuture(s.find(1)); }
            }
            CompletableFuture<String> failed() {
              try (var s = open()) {
                return CompletableFuture.failedFuture(new IllegalStateException(s.name()));
              }
            }
            CompletableFuture<String> kept() {
              try (var s = open()) { use(s.find(1)); return held; }
            }
            CompletableFuture<String> other() {
              try (var s = open()) {
                var f = save(s.find(1));
                return f;
              }
            }
            Supplier<CompletableFuture<String>> supplier() {
              try (var s = open()) {
                Function<String, CompletableFuture<String>> f = x -> { return save(x); };
                use(f, s.name());
                return () -> { return save(1); };
              }
            }
            CompletableFuture<String> workers() {
              ExecutorService pool = Executors.newCachedThreadPool();
              try {
                return CompletableFuture.supplyAsync(() -> "a", pool);
              } finally {
                pool.shutdown();
              }
            }
            CompletableFuture<String> waiting() {
              try (Pool pool = new Pool()) {
                return CompletableFuture.supplyAsync(() -> "a", pool);
              }
            }
            static class Pool extends ThreadPoolExecutor implements AutoCloseable {
              Pool() { super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()); }
              @Override public void close() { shutdown(); }
            }
            """)
        .check();
  }

  @Test
  void outOfATryWhoseFinallyCloses() {
    members(
            """
            CompletableFuture<String> closed() {
              Session s = open();
              try {
                return s.findAsync(1); // finding: future-escapes-scope/finally
              } finally {
                s.close();
              }
            }
            CompletableFuture<String> checked(Session s) {
              try {
                var f = s.findAsync(1);
                return f.thenApply(x -> x); // finding: future-escapes-scope/finally
              } finally {
                if (s != null) { s.close(); }
              }
            }
            CompletableFuture<String> quietly(Session s) {
              try {
                return upload(s); // finding: future-escapes-scope/finally
              } finally {
                Closer.closeQuietly(s);
              }
            }
            CompletableFuture<String> tried(Session s) {
              try {
                return save(1).thenApply(x -> s.find(x)); // finding: future-escapes-scope/finally
              } finally {
                try { s.close(); } catch (RuntimeException e) { use(e); }
              }
            }
            Future<String> stopped(ExecutorService pool) {
              try {
                return pool.submit(() -> "a"); // finding: future-escapes-scope/finally
              } finally {
                pool.shutdownNow();
              }
            }
            interface Client { CompletableFuture<String> get(String s); void shutdown(); void stop(); }
            CompletableFuture<String> shutDown(Client client) {
              try {
                return client.get("a"); // finding: future-escapes-scope/finally
              } finally {
                client.shutdown();
              }
            }
            CompletableFuture<String> stopped(Client client) {
              try {
                return client.get("a").thenApply(x -> x); // finding: future-escapes-scope/finally
              } finally {
                client.stop();
              }
            }
            Session session;
            CompletableFuture<String> field() {
              try {
                return session.findAsync(1); // finding: future-escapes-scope/finally
              } finally {
                session.close();
              }
            }
            CompletableFuture<String> caught(Session s) {
              try {
                s.find(1);
                return held;
              } catch (IllegalStateException e) {
                return s.findAsync(2); // finding: future-escapes-scope/finally
              } finally {
                s.close();
              }
            }
            """)
        .check();
  }

  @Test
  void aFinallyThatLeavesTheFutureAloneIsFine() {
    members(
            """
            CompletableFuture<String> onlyOnFailure(Session s) {
              boolean done = false;
              try {
                var f = s.findAsync(1);
                done = true;
                return f;
              } finally {
                if (!done) { s.close(); }
              }
            }
            CompletableFuture<String> other(Session s, Session t) {
              try { return s.findAsync(t.find(1)); } finally { t.close(); }
            }
            CompletableFuture<String> unrelated(Session s) {
              try { return save(s.find(1)); } finally { s.close(); }
            }
            CompletableFuture<String> joined(Session s) {
              try {
                var f = s.findAsync(1);
                f.join();
                return f;
              } finally {
                s.close();
              }
            }
            CompletableFuture<String> later(Session s) {
              try {
                return s.findAsync(1);
              } finally {
                held.whenComplete((x, t) -> s.close());
              }
            }
            CompletableFuture<String> cleared(Session s) {
              try { return s.findAsync(1); } finally { use(s); items.clear(); }
            }
            CompletableFuture<String> unlocked(java.util.concurrent.locks.Lock lock) {
              lock.lock();
              try { return save(1); } finally { lock.unlock(); }
            }
            """)
        .check();
  }

  @Test
  void outOfATryWhoseCatchWasMeantForIt() {
    MarkedSource source =
        members(
            """
            CompletableFuture<String> fallback(String item) {
              try {
                return fetch(item); // finding: future-escapes-scope/catch
              } catch (Exception e) {
                return CompletableFuture.completedFuture("none");
              }
            }
            CompletableFuture<String> logged(String item) {
              try {
                return fetch(item).thenApply(x -> x + item); // finding: future-escapes-scope/catch
              } catch (RuntimeException e) {
                log.warn("could not fetch", e);
                return held;
              }
            }
            CompletableFuture<String> completion(String item) {
              try {
                return fetch(item.strip().toLowerCase()); // finding: future-escapes-scope/catch
              } catch (CompletionException e) {
                return CompletableFuture.failedFuture(e.getCause());
              }
            }
            CompletableFuture<String> cancelled(String item) {
              try {
                return fetch(item); // finding: future-escapes-scope/catch
              } catch (CancellationException e) {
                return save(item);
              }
            }
            CompletableFuture<String> retried(String item) {
              for (int i = 0; i < 3; i++) {
                try {
                  return fetch(item); // finding: future-escapes-scope/catch
                } catch (Exception e) {
                  log.warn("try again", e);
                }
              }
              throw new IllegalStateException();
            }
            CompletableFuture<String> told(String item) {
              try {
                return fetch(item); // finding: future-escapes-scope/catch
              } catch (Exception e) {
                return CompletableFuture.completedFuture("error: " + e.getMessage());
              }
            }
            CompletableFuture<String> inStage() {
              return save(1).thenCompose(x -> {
                try {
                  return fetch(x); // finding: future-escapes-scope/catch
                } catch (Exception e) {
                  return CompletableFuture.completedFuture("");
                }
              });
            }
            """);
    source.check();
    assertThat(source.messages().get(0))
        .contains("the catch of Exception never sees its failure", "exceptionally or handle");
  }

  @Test
  void aCatchForWhatFailsBeforeThereIsAFutureIsFine() {
    members(
            """
            abstract CompletableFuture<String> checked(String item) throws java.io.IOException;
            abstract String parse(String item);
            CompletableFuture<String> failed(String item) {
              try { return fetch(item); } catch (Exception e) { return CompletableFuture.failedFuture(e); }
            }
            CompletableFuture<String> completed(String item) {
              try {
                return fetch(item);
              } catch (RuntimeException e) {
                CompletableFuture<String> f = new CompletableFuture<>();
                f.completeExceptionally(e);
                return f;
              }
            }
            CompletableFuture<String> rethrown(String item) {
              try { return fetch(item); } catch (RuntimeException e) { throw new IllegalStateException(e); }
            }
            CompletableFuture<String> declared(String item) {
              try { return checked(item); } catch (Exception e) { return held; }
            }
            CompletableFuture<String> io(String item) {
              try { return checked(item); } catch (java.io.IOException e) { return held; }
            }
            CompletableFuture<String> parsed(String item) {
              try {
                String id = parse(item);
                return fetch(id);
              } catch (RuntimeException e) {
                return held;
              }
            }
            CompletableFuture<String> argument(String item) {
              try { return fetch(parse(item)); } catch (RuntimeException e) { return held; }
            }
            CompletableFuture<String> particular(String item) {
              try { return fetch(item); } catch (IllegalArgumentException e) { return held; }
            }
            Future<String> rejected(Callable<String> task) {
              try { return executor.submit(task); } catch (RejectedExecutionException e) { return held; }
            }
            Future<String> refused(Callable<String> task) {
              try { return executor.submit(task); } catch (RuntimeException e) { return held; }
            }
            CompletableFuture<String> joined(String item) {
              try {
                fetch(item).join();
                return save(item);
              } catch (CompletionException e) {
                return held;
              }
            }
            CompletableFuture<String> handled(String item) {
              try {
                return fetch(item).exceptionally(t -> "none");
              } catch (RuntimeException e) {
                return CompletableFuture.completedFuture("none");
              }
            }
            CompletableFuture<String> known() {
              try { return held; } catch (RuntimeException e) { return held.thenApply(x -> ""); }
            }
            CompletableFuture<String> value(String item) {
              try {
                return CompletableFuture.completedFuture(parse(item));
              } catch (RuntimeException e) {
                return CompletableFuture.completedFuture("none");
              }
            }
            CompletableFuture<String> told(String item) {
              try { return fetch(item); } catch (RuntimeException e) { return recover(e); }
            }
            abstract CompletableFuture<String> recover(Exception e);
            String waited(String item) {
              try { return fetch(item).join(); } catch (CompletionException e) { return ""; }
            }
            """)
        .check();
  }
}
