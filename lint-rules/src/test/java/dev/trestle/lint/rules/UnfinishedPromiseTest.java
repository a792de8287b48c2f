package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Promises that some path leaves open, and those that every path completes or gives away. */
class UnfinishedPromiseTest {
  private static final String RULE = "unfinished-promise";
  private static final String ASYNC_RESULT =
      "package io.vertx.core; public interface AsyncResult<T> { boolean succeeded();"
          + " boolean failed(); T result(); Throwable cause(); }";

  @Test
  void nobodyCompletesIt() {
    MarkedSource.members(
            """
            CompletableFuture<String> returned() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/nobody
              use(1);
              return p;
            }
            CompletionStage<Integer> derived() {
              var p = new CompletableFuture<String>(); // finding: unfinished-promise/nobody
              return p.thenApply(x -> 1);
            }
            CompletableFuture<Void> joined() {
              var p = new CompletableFuture<String>(); // finding: unfinished-promise/nobody
              return CompletableFuture.allOf(held, p);
            }
            void waits() {
              var p = new CompletableFuture<String>(); // finding: unfinished-promise/nobody
              executor.execute(() -> use(1));
              p.join();
            }
            CompletableFuture<String> factory() {
              CompletableFuture<String> p = new CompletableFuture<>();
              return p;
            }
            CompletableFuture<String> direct() { return new CompletableFuture<>(); }
            void unused() { var p = new CompletableFuture<String>(); }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void aBranchACatchOrAReturnLeavesItOpen() {
    MarkedSource.members(
            """
            CompletableFuture<String> branch(boolean b) {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              if (b) { p.complete("a"); }
              return p;
            }
            CompletableFuture<String> caught() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              try { p.complete(read()); } catch (Exception e) { use(e); }
              return p;
            }
            CompletableFuture<String> early(boolean b) {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              if (b) { return p; }
              executor.execute(() -> p.complete("a"));
              return p;
            }
            CompletableFuture<String> cases(int n) {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              switch (n) {
                case 1: p.complete("a"); break;
                default: use(n);
              }
              return p;
            }
            CompletableFuture<String> inLambda() {
              return held.thenCompose(x -> {
                CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
                if (x.isEmpty()) { p.complete(x); }
                return p;
              });
            }
            CompletableFuture<String> handler() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              save(1).whenComplete((v, t) -> { if (t == null) { p.complete(v); } });
              return p;
            }
            CompletableFuture<String> handlerLogs() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              save(1).whenComplete((v, t) -> { if (t != null) { use(t); return; } p.complete(v); });
              return p;
            }
            CompletableFuture<String> taskCatches() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/path
              executor.execute(() -> { try { p.complete(read()); } catch (Exception e) { use(e); } });
              return p;
            }
            abstract String read() throws Exception;
            """)
        .only(RULE)
        .check();
  }

  @Test
  void onlySuccessCompletesIt() {
    MarkedSource.members(
            """
            abstract String compute();
            interface Callback { void done(String s); void failed(Throwable t); }
            abstract void send(Callback callback);
            CompletableFuture<String> task() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise
              executor.execute(() -> p.complete(compute()));
              return p;
            }
            CompletableFuture<String> thread() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise
              new Thread(() -> { String s = compute(); p.complete(s); }).start();
              return p;
            }
            CompletableFuture<String> stage() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              save(1).thenAccept(v -> p.complete(v));
              return p;
            }
            CompletableFuture<String> reference() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              save(1).thenAccept(p::complete);
              return p;
            }
            CompletableFuture<String> nested() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              save(1).whenComplete((v, t) -> {
                if (t != null) { p.completeExceptionally(t); } else { save(v).thenAccept(p::complete); }
              });
              return p;
            }
            CompletableFuture<String> listener() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              send(new Callback() {
                public void done(String s) { p.complete(s); }
                public void failed(Throwable t) { use(t); }
              });
              return p;
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void aCallbackThatFindsOutAboutAFailureForgetsIt() {
    MarkedSource.members(
            """
            abstract void ask(BiConsumer<String, Throwable> done);
            abstract void fetch(Consumer<io.vertx.core.AsyncResult<String>> done);
            CompletableFuture<String> tested() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              ask((v, t) -> { if (t == null) { p.complete(v); } });
              return p;
            }
            CompletableFuture<String> logged() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              ask((v, t) -> { if (t != null) { use(t); return; } p.complete(v); });
              return p;
            }
            CompletableFuture<String> both() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              ask((v, t) -> { if (t == null && !v.isEmpty()) { p.complete(v); } else { use(t); } });
              return p;
            }
            CompletableFuture<String> result() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              fetch(r -> { if (r.succeeded()) { p.complete(r.result()); } });
              return p;
            }
            CompletableFuture<String> cause() {
              CompletableFuture<String> p = new CompletableFuture<>(); // finding: unfinished-promise/failure
              fetch(r -> { if (!(r.cause() != null || r.failed())) { p.complete(r.result()); } });
              return p;
            }
            """)
        .with(ASYNC_RESULT)
        .only(RULE)
        .check();
  }

  @Test
  void aCallbackThatLooksForSomethingElseIsNotJudged() {
    MarkedSource.members(
            """
            abstract void ask(BiConsumer<String, Throwable> done);
            abstract void listen(Consumer<Throwable> failed);
            abstract void fetch(Consumer<io.vertx.core.AsyncResult<String>> done);
            CompletableFuture<String> completed() {
              CompletableFuture<String> p = new CompletableFuture<>();
              ask((v, t) -> { if (t != null) { p.completeExceptionally(t); } else if (v.isEmpty()) { p.complete(v); } });
              return p;
            }
            CompletableFuture<String> instead() {
              CompletableFuture<String> p = new CompletableFuture<>();
              ask((v, t) -> p.complete(t == null ? v : "none"));
              return p;
            }
            CompletableFuture<String> fallback() {
              CompletableFuture<String> p = new CompletableFuture<>();
              ask((v, t) -> { if (t == null) { p.complete(v); } else { p.complete("none"); } });
              return p;
            }
            CompletableFuture<String> either() {
              CompletableFuture<String> p = new CompletableFuture<>();
              ask((v, t) -> { if (t == null) { p.complete(v); } });
              listen(t -> p.completeExceptionally(t));
              return p;
            }
            CompletableFuture<String> value() {
              CompletableFuture<String> p = new CompletableFuture<>();
              ask((v, t) -> { if (v != null) { p.complete(v); } });
              return p;
            }
            CompletableFuture<String> again(Runnable[] attempt) {
              CompletableFuture<String> p = new CompletableFuture<>();
              attempt[0] = () -> ask((v, t) -> { if (t == null) { p.complete(v); } else { attempt[0].run(); } });
              attempt[0].run();
              return p;
            }
            CompletableFuture<String> first() {
              CompletableFuture<String> p = new CompletableFuture<>();
              for (String x : items) { ask((v, t) -> { if (t == null) { p.complete(v); } }); }
              return p;
            }
            CompletableFuture<String> result() {
              CompletableFuture<String> p = new CompletableFuture<>();
              fetch(r -> { if (r.succeeded()) { p.complete(r.result()); } else { p.completeExceptionally(r.cause()); } });
              return p;
            }
            """)
        .with(ASYNC_RESULT)
        .only(RULE)
        .check();
  }

  @Test
  void everyPathCompletesIt() {
    MarkedSource.members(
            """
            abstract String compute();
            abstract String read() throws Exception;
            interface Callback { void done(String s); void failed(Throwable t); }
            abstract void send(Callback callback);
            abstract void send(Consumer<String> callback);
            CompletableFuture<String> branches(boolean b) {
              CompletableFuture<String> p = new CompletableFuture<>();
              if (b) { p.complete("a"); } else { p.completeExceptionally(new Exception()); }
              return p;
            }
            CompletableFuture<String> caught() {
              CompletableFuture<String> p = new CompletableFuture<>();
              try { p.complete(read()); } catch (Exception e) { p.completeExceptionally(e); }
              return p;
            }
            CompletableFuture<String> thrown() throws Exception {
              CompletableFuture<String> p = new CompletableFuture<>();
              try { p.complete(read()); } catch (IllegalStateException e) { throw new Exception(e); }
              return p;
            }
            CompletableFuture<String> other(boolean b) {
              CompletableFuture<String> p = new CompletableFuture<>();
              if (b) { return CompletableFuture.completedFuture(""); }
              p.complete("a");
              return p;
            }
            CompletableFuture<String> last() {
              CompletableFuture<String> p = new CompletableFuture<>();
              try { use(1); } finally { p.complete(""); }
              return p;
            }
            CompletableFuture<String> after() {
              CompletableFuture<String> p = new CompletableFuture<>();
              try { p.complete(""); use(1); } catch (RuntimeException e) { use(e); }
              return p;
            }
            CompletableFuture<String> cases(int n) {
              CompletableFuture<String> p = new CompletableFuture<>();
              switch (n) { case 1 -> p.complete("a"); default -> p.cancel(true); }
              return p;
            }
            CompletableFuture<String> task() {
              CompletableFuture<String> p = new CompletableFuture<>();
              executor.execute(() -> {
                try { p.complete(compute()); } catch (Throwable t) { p.completeExceptionally(t); }
              });
              return p;
            }
            CompletableFuture<String> safeTask(String s) {
              CompletableFuture<String> p = new CompletableFuture<>();
              executor.execute(() -> p.complete(s));
              return p;
            }
            CompletableFuture<String> handler() {
              CompletableFuture<String> p = new CompletableFuture<>();
              save(1).whenComplete((v, t) -> { if (t == null) { p.complete(v); } else { p.completeExceptionally(t); } });
              return p;
            }
            CompletableFuture<String> chain() {
              CompletableFuture<String> p = new CompletableFuture<>();
              save(1).thenAccept(p::complete).exceptionally(t -> { p.completeExceptionally(t); return null; });
              return p;
            }
            CompletableFuture<String> recovered() {
              CompletableFuture<String> p = new CompletableFuture<>();
              save(1).exceptionally(t -> t.getMessage()).thenAccept(p::complete);
              return p;
            }
            CompletableFuture<String> listener() {
              CompletableFuture<String> p = new CompletableFuture<>();
              send(new Callback() {
                public void done(String s) { p.complete(s); }
                public void failed(Throwable t) { p.completeExceptionally(t); }
              });
              return p;
            }
            CompletableFuture<String> unknown() {
              CompletableFuture<String> p = new CompletableFuture<>();
              send(s -> { if (s.isEmpty()) { p.complete(s); } });
              send(p::complete);
              return p;
            }
            CompletableFuture<String> timer() {
              CompletableFuture<String> p = new CompletableFuture<>();
              save(1).thenAccept(p::complete);
              scheduler.schedule(() -> p.completeExceptionally(new TimeoutException()), 1, TimeUnit.SECONDS);
              return p;
            }
            CompletableFuture<Void> allDone(List<CompletionStage<String>> inputs) {
              CompletableFuture<Void> p = new CompletableFuture<>();
              int todo = inputs.size();
              int[] done = {0};
              for (CompletionStage<String> input : inputs) {
                input.whenComplete((v, t) -> { if (++done[0] == todo) { p.complete(null); } });
              }
              return p;
            }
            CompletableFuture<Void> eachDone(List<CompletionStage<String>> inputs) {
              CompletableFuture<Void> p = new CompletableFuture<>();
              inputs.forEach(i -> i.thenAccept(v -> { if (v.isEmpty()) { p.complete(null); } }));
              return p;
            }
            CompletableFuture<Void> closeAll(List<Supplier<CompletableFuture<String>>> all) {
              CompletableFuture<Void> p = new CompletableFuture<>();
              int[] left = {all.size()};
              for (var each : all) {
                if (each != null) { use(each.get().handle((v, t) -> --left[0] == 0 && p.complete(null))); }
              }
              return p;
            }
            CompletableFuture<String> thoughtOf() {
              CompletableFuture<String> p = new CompletableFuture<>();
              executor.execute(() -> {
                if (compute().isEmpty()) { p.completeExceptionally(new Exception()); } else { p.complete(compute()); }
              });
              return p;
            }
            CompletableFuture<Void> bothDone(AtomicInteger left) {
              CompletableFuture<Void> p = new CompletableFuture<>();
              save(1).whenComplete((v, t) -> { if (left.decrementAndGet() == 0) { p.complete(null); } });
              save(2).whenComplete((v, t) -> { if (left.decrementAndGet() == 0) { p.complete(null); } });
              return p;
            }
            CompletableFuture<String> loop() {
              CompletableFuture<String> p = new CompletableFuture<>();
              for (String x : items) { executor.execute(() -> p.complete(x)); }
              return p;
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void whatIsGivenAwayIsForOthersToComplete() {
    MarkedSource.members(
            """
            record Request(CompletableFuture<String> answer) {}
            abstract void register(CompletableFuture<String> p);
            CompletableFuture<String> handed() { CompletableFuture<String> p = new CompletableFuture<>(); register(p); return p; }
            CompletableFuture<String> field() { CompletableFuture<String> p = new CompletableFuture<>(); held = p; return p; }
            CompletableFuture<String> added() { CompletableFuture<String> p = new CompletableFuture<>(); pending.add(p); return p; }
            CompletableFuture<String> put() { CompletableFuture<String> p = new CompletableFuture<>(); map.put("a", p); return p; }
            CompletableFuture<String> wrapped() { CompletableFuture<String> p = new CompletableFuture<>(); use(new Request(p)); return p; }
            CompletableFuture<String> array() { CompletableFuture<String> p = new CompletableFuture<>(); use(new Object[] {p}); return p; }
            CompletableFuture<String> timed() { CompletableFuture<String> p = new CompletableFuture<>(); use(1); return p.orTimeout(1, TimeUnit.SECONDS); }
            CompletableFuture<String> late() { CompletableFuture<String> p = new CompletableFuture<>(); use(1); p.completeOnTimeout("", 1, TimeUnit.SECONDS); return p; }
            CompletableFuture<String> async() { CompletableFuture<String> p = new CompletableFuture<>(); p.completeAsync(() -> "", executor); return p; }
            CompletableFuture<String> alias() { CompletableFuture<String> p = new CompletableFuture<>(); var q = p; q.complete(""); return p; }
            CompletableFuture<String> computed() { CompletableFuture<String> p = new CompletableFuture<>(); return map.computeIfAbsent("a", k -> p); }
            CompletableFuture<String> partly(boolean b) {
              CompletableFuture<String> p = new CompletableFuture<>();
              if (b) { p.complete(""); } else { register(p); }
              return p;
            }
            void waits() throws Exception { var p = new CompletableFuture<String>(); p.get(1, TimeUnit.SECONDS); }
            void waitsForATask() throws Exception {
              var p = new CompletableFuture<String>();
              executor.execute(() -> p.complete(String.valueOf(test())));
              use(p.get(1, TimeUnit.SECONDS));
            }
            static class Own extends CompletableFuture<String> {}
            CompletableFuture<String> own() { Own p = new Own(); use(1); return p; }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theMessageNamesTheVariable() {
    assertThat(
            MarkedSource.method("var p = new CompletableFuture<String>(); p.join();")
                .only(RULE)
                .messages())
        .singleElement()
        .asString()
        .contains("'p'", "nobody", "completeExceptionally");
  }
}
