package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Futures that are started and awaited one by one, and those that need to be. */
class SequentialAwaitTest {
  private static final String RULE = "sequential-await";

  @Test
  void startedAndAwaitedInOneTurnOfALoop() {
    MarkedSource.members(
            """
            void snippet(Iterator<String> iterator, List<Supplier<CompletableFuture<String>>> tasks) throws Exception {
              for (String x : items) save(x).join(); // finding: sequential-await
              for (String x : items) { use(save(x).get()); } // finding: sequential-await
              for (int i = 0; i < 3; i++) { save(i).join(); } // finding: sequential-await
              for (int i = 0; i < items.size(); i += 2) { save(items.get(i)).get(1, TimeUnit.SECONDS); } // finding: sequential-await
              while (iterator.hasNext()) { save(iterator.next()).join(); } // finding: sequential-await
              List<String> results = new ArrayList<>();
              for (String x : items) {
                results.add(save(x).thenApply(v -> v).join()); // finding: sequential-await
              }
              for (String x : items) {
                CompletableFuture<String> f = save(x);
                f.join(); // finding: sequential-await
              }
              for (String x : items) {
                if (test()) { use(save(x).join()); } // finding: sequential-await
              }
              for (String x : items) {
                try { save(x).get(); } catch (ExecutionException e) { use(e); } // finding: sequential-await
              }
              for (String x : items) CompletableFuture.supplyAsync(() -> x, executor).join(); // finding: sequential-await
              for (String x : items) executor.submit(() -> use(x)).get(); // finding: sequential-await
              for (var task : tasks) task.get().join(); // finding: sequential-await
              for (String x : items) load().toCompletableFuture().join(); // finding: sequential-await
              for (String x : items) {
                String value = save(x).join(); // finding: sequential-await
                use(value);
              }
              int sum = 0;
              for (String x : items) { sum += save(x).join().length(); } // finding: sequential-await
            }
            void bridge(dev.trestle.bridge.AsyncToSync sync, reactor.core.publisher.Mono<String> held) {
              for (String x : items) { use(dev.trestle.bridge.Tasks.await(save(x))); }
              for (String x : items) { sync.call(() -> save(x)); } // finding: sequential-await
              for (String x : items) { sync.call(() -> CompletableFuture.completedFuture(x)); }
              for (var f : pending) { sync.call(() -> f); }
            }
            """)
        .with(Libraries.TASKS)
        .with(Libraries.ASYNC_TO_SYNC)
        .with(Libraries.MONO)
        .only(RULE)
        .check();
  }

  @Test
  void startedAndAwaitedInOneStepOfAStream() {
    MarkedSource.method(
            """
            items.forEach(x -> save(x).join()); // finding: sequential-await
            items.forEach(x -> { String v = save(x).join(); use(v); }); // finding: sequential-await
            map.forEach((k, v) -> save(k).join()); // finding: sequential-await
            use(items.stream().map(x -> save(x).join()).toList()); // finding: sequential-await
            use(items.stream().filter(x -> save(x).join().isEmpty()).count()); // finding: sequential-await
            use(IntStream.range(0, 3).mapToObj(i -> save(i).join()).toList()); // finding: sequential-await
            use(items.stream().map(this::save).map(CompletableFuture::join).toList()); // finding: sequential-await
            use(items.stream().map(x -> save(x)).map(f -> f.join()).toList()); // finding: sequential-await
            items.stream().map(this::save).forEach(CompletableFuture::join); // finding: sequential-await
            use(items.stream().map(this::save).filter(f -> test())
                .map(CompletableFuture::join) // finding: sequential-await
                .toList());
            use(items.stream().collect(Collectors.toMap(x -> x, x -> save(x).join()))); // finding: sequential-await
            use(items.stream().map(this::save).toList().stream().map(CompletableFuture::join).toList());
            use(items.stream().map(this::save).collect(Collectors.toList()).stream().map(f -> f.join()).toList());
            use(items.parallelStream().map(x -> save(x).join()).toList());
            use(items.stream().parallel().map(this::save).map(CompletableFuture::join).toList());
            use(items.stream().map(this::save).sorted().map(CompletableFuture::join).toList());
            use(pending.stream().map(CompletableFuture::join).toList());
            pending.forEach(CompletableFuture::join);
            pending.forEach(f -> f.join());
            use(items.stream().map(map::get).map(CompletableFuture::join).toList());
            use(Optional.of(item).map(x -> save(x).join()));
            use(items.stream().anyMatch(x -> save(x).join().isEmpty()));
            use(items.stream().map(x -> save(x).join()).filter(x -> test()).findFirst());
            use(items.stream().reduce("", (a, b) -> save(a + b).join()));
            use(Stream.iterate(item, x -> save(x).join()).limit(3).toList());
            use(items.stream().map(x -> executor.submit(() -> save(x).join())).toList());
            """)
        .only(RULE)
        .check();
  }

  @Test
  void startedBeforeIsFine() {
    MarkedSource.members(
            """
            CompletionService<String> done;
            BlockingQueue<CompletableFuture<String>> queue;
            record Job(CompletableFuture<String> result) {}
            void snippet(List<Job> jobs) throws Exception {
              for (CompletableFuture<String> f : pending) { f.join(); }
              for (CompletableFuture<String> f : pending) { f.thenApply(x -> x).join(); }
              for (var f : pending) { f.orTimeout(1, TimeUnit.SECONDS).join(); }
              for (Job job : jobs) { job.result().join(); }
              for (String x : items) { map.get(x).join(); }
              for (int i = 0; i < pending.size(); i++) { pending.get(i).get(); }
              for (String x : items) { done.take().get(); }
              for (String x : items) { queue.take().join(); }
              for (String x : items) { held.join(); }
              List<CompletableFuture<String>> started = new ArrayList<>();
              for (String x : items) { started.add(save(x)); }
              for (var f : started) { f.join(); }
              for (String x : items) { use(x); }
              save(1).join();
              for (String x : items) {
                CompletableFuture.allOf(save(x), log(x)).join();
              }
              for (String x : items) {
                var a = save(x);
                var b = log(x);
                a.join();
                b.join();
              }
              for (String x : items) { executor.execute(() -> save(x).join()); }
              for (String x : items) { new Thread(() -> save(x).join()).start(); }
              for (String x : List.of(save(1).join())) { use(x); }
              for (String x : items) { CompletableFuture.completedFuture(x).join(); }
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void whatNeedsTheLastResultIsFine() {
    MarkedSource.members(
            """
            record Page(String next, int total) {}
            abstract CompletableFuture<Page> fetch(String cursor);
            abstract CompletableFuture<Page> page(int n);
            void snippet() throws Exception {
              String last = "";
              for (String x : items) { last = save(last + x).join(); }
              String cursor = "";
              while (cursor != null) { cursor = fetch(cursor).join().next(); }
              do { cursor = fetch(cursor).join().next(); } while (cursor != null);
              for (Page p = fetch("").join(); p.next() != null; p = fetch(p.next()).join()) { use(p); }
              int total = 1;
              for (int i = 0; i < total; i++) { total = page(i).join().total(); }
              for (int i = 0; i < 3; i++) {
                Page p = fetch(cursor).join();
                cursor = p.next();
              }
              while (test()) { save(1).join(); }
              while (true) { save(queue().take()).join(); }
            }
            abstract BlockingQueue<String> queue();
            String retry() {
              for (int i = 0; i < 3; i++) {
                try { return save(1).join(); } catch (CompletionException e) { use(e); }
              }
              return null;
            }
            void find() throws Exception {
              for (String x : items) { if (save(x).join().isEmpty()) { break; } }
              for (String x : items) { if (save(x).join().isEmpty()) { return; } }
              List<String> seen = new ArrayList<>();
              for (String x : items) { seen.add(save(seen).join()); }
              AtomicReference<String> state = new AtomicReference<>();
              items.forEach(x -> state.set(save(state.get() + x).join()));
              for (String x : items) { save(x).join(); Thread.sleep(100); }
              Deque<String> open = new ArrayDeque<>(items);
              while (!open.isEmpty()) { open.addAll(List.of(save(open.poll()).join())); }
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theMessageSaysWhatToDo() {
    assertThat(
            MarkedSource.method("for (String x : items) { save(x).join(); }").only(RULE).messages())
        .singleElement()
        .asString()
        .contains("join()", "turn of the loop", "allOf");
  }
}
