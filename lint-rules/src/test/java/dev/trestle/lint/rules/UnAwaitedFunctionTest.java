package dev.trestle.lint.rules;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** A future that a function gives back where its type gives back nothing. */
class UnAwaitedFunctionTest {
  @Test
  void theBodyOfAVoidLambdaIsDropped() {
    MarkedSource.method(
            """
            Runnable r = () -> save(1); // finding: un-awaited/void-lambda
            Consumer<String> c = x -> save(x); // finding: un-awaited/void-lambda
            BiConsumer<String, String> b = (x, y) -> save(x); // finding: un-awaited/void-lambda
            IntConsumer i = x -> save(x); // finding: un-awaited/void-lambda
            items.forEach(x -> save(x)); // finding: un-awaited/void-lambda
            items.forEach(x -> { save(x); }); // finding: un-awaited/statement
            items.stream().forEach(x -> save(x)); // finding: un-awaited
            items.stream().peek(x -> save(x)).count(); // finding: un-awaited
            map.forEach((k, v) -> save(k)); // finding: un-awaited
            Optional.of(item).ifPresent(x -> save(x)); // finding: un-awaited
            Optional.of(item).ifPresentOrElse(x -> use(x), () -> load()); // finding: un-awaited
            executor.execute(() -> save(1)); // finding: un-awaited
            new Thread(() -> save(1)).start(); // finding: un-awaited
            held.thenAccept(x -> save(x)).join(); // finding: un-awaited
            held.thenRun(() -> save(1)).join(); // finding: un-awaited
            held.whenComplete((v, t) -> save(t)); // finding: un-awaited
            Runtime.getRuntime().addShutdownHook(new Thread(() -> log("bye"))); // finding: un-awaited
            items.forEach(x ->
                save(x)); // finding: un-awaited
            Runnable cast = (Runnable & java.io.Serializable) () -> save(1); // finding: un-awaited
            Runnable nested = () -> items.forEach(x -> save(x)); // finding: un-awaited
            Runnable chain = () -> held.thenRun(() -> use(1)); // finding: un-awaited
            items.forEach(x -> use(save(x)));
            items.forEach(x -> save(x).join());
            items.forEach(x -> pending.add(save(x)));
            items.forEach(x -> map.put(x, save(x)));
            items.forEach(x -> held = save(x));
            Supplier<CompletableFuture<String>> s = () -> save(1);
            Callable<CompletableFuture<String>> t = () -> save(1);
            Function<String, CompletionStage<String>> f = x -> save(x);
            held.thenCompose(x -> save(x)).join();
            Runnable quiet = () -> held.complete("x");
            Supplier<Object> o = () -> save(1); // finding: lost-future-type
            executor.execute(() -> save(1).join());
            """)
        .check();
  }

  @Test
  void aReferenceToAMethodThatReturnsAFutureIsDropped() {
    MarkedSource.members(
            """
            static class Own extends CompletableFuture<String> { Own() {} Own(Object o) {} }
            static CompletableFuture<Void> fire(Object o) { return CompletableFuture.runAsync(() -> {}); }
            CompletableFuture<Void> flush() { return log("flush"); }
            CompletableFuture<String> getter() { return held; }
            CompletableFuture<String> same(CompletableFuture<String> f) { return f; }
            <T> T twice(Supplier<T> s) { return s.get(); }
            void onEach(Consumer<? super String> c) {}
            List<CompletableFuture<String>> all(Object o) { return List.of(save(o)); }
            void snippet(List<Supplier<CompletableFuture<String>>> suppliers, List<Runnable> tasks,
                List<FutureTask<String>> futureTasks, List<RecursiveTask<String>> forks) {
              items.forEach(this::save); // finding: un-awaited/method-ref
              items.forEach(Snippet::fire); // finding: un-awaited/method-ref
              items.forEach(Own::new); // finding: un-awaited/method-ref
              Runnable r = this::flush; // finding: un-awaited/method-ref
              Runnable own = Own::new; // finding: un-awaited/method-ref
              Consumer<Object> c = this::save; // finding: un-awaited/method-ref
              onEach(this::save); // finding: un-awaited/method-ref
              Optional.of("a").ifPresent(this::save); // finding: un-awaited/method-ref
              executor.execute(this::load); // finding: un-awaited/method-ref
              held.thenAccept(this::save).join(); // finding: un-awaited/method-ref
              suppliers.forEach(Supplier::get); // finding: un-awaited/method-ref
              tasks.forEach(executor::submit); // finding: un-awaited/method-ref
              tasks.forEach(CompletableFuture::runAsync); // finding: un-awaited/method-ref
              items.forEach(this::all); // finding: un-awaited/method-ref
              new Thread(this::flush).start(); // finding: un-awaited/method-ref
              items.forEach(
                  this::save); // finding: un-awaited/method-ref
              Runnable get = this::getter;
              pending.forEach(this::same);
              pending.forEach(CompletableFuture::join);
              pending.forEach(pending::add);
              pending.forEach(CompletableFuture::toCompletableFuture);
              futureTasks.forEach(executor::submit);
              futureTasks.forEach(executor::execute);
              forks.forEach(ForkJoinTask::fork);
              items.forEach(map::get);
              items.forEach(map::remove);
              map.forEach(map::put);
              Function<Object, CompletableFuture<String>> f = this::save;
              Supplier<CompletionStage<Integer>> s = this::load;
              Callable<CompletableFuture<Void>> call = this::flush;
              items.stream().map(this::save).forEach(CompletableFuture::join);
              held.thenCompose(this::save).join();
              executor.execute(this::test);
              items.forEach(String::strip);
            }
            """)
        .check();
  }

  @Test
  void eachBranchOfAChoiceIsJudged() {
    MarkedSource.method(
            """
            var one = test()
                ? save(1) // finding: un-awaited
                : save(2); // finding: un-awaited
            var two = test()
                ? held
                : save(3); // finding: un-awaited
            var three = switch (number) {
              case 1 -> save(4); // finding: un-awaited
              case 2 -> { use(1); yield save(5); } // finding: un-awaited
              default -> held;
            };
            var four = test() ? save(6) : save(7);
            four.join();
            use(test() ? save(8) : held);
            (test() ? save(9) : save(10)).join();
            (test() ? save(9) : held).thenRun(() -> use(1)); // finding: un-awaited/dependent
            (test() ? held : heldStage.toCompletableFuture()).toCompletableFuture();
            ((CompletableFuture<String>) save(11)).orTimeout(1, TimeUnit.SECONDS); // finding: un-awaited
            var five = switch (number) { case 1 -> save(12); default -> held; };
            use(five);
            held = switch (number) { case 1 -> save(12); default -> held; };
            """)
        .check();
  }

  @Test
  void functionsThatAreThereToThrowMayDrop() {
    MarkedSource.members(
            """
            interface Executable { void execute() throws Throwable; }
            interface Task { void run() throws Exception; }
            void assertThrows(Class<?> type, Executable body) {}
            void attempt(Task task) {}
            void snippet() {
              assertThrows(Exception.class, () -> save(1));
              assertThrows(Exception.class, () -> { save(1); });
              assertThrows(Exception.class, () -> { use(1); save(1); });
              assertThrows(Exception.class, this::load);
              assertThrows(Exception.class, () -> held.thenRun(() -> use(1)));
              assertThrows(Exception.class, () -> { save(1); use(2); }); // finding: un-awaited
              attempt(() -> save(1)); // finding: un-awaited
              attempt(this::load); // finding: un-awaited
            }
            """)
        .check();
  }
}
