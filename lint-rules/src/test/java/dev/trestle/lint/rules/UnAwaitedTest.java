package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** A call whose future the statement drops, and the last link of a chain. */
class UnAwaitedTest {
  @Test
  void aStatementThatIsOnlyACallDropsItsFuture() {
    MarkedSource.method(
            """
            save(1); // finding: un-awaited/statement
            this.save(2); // finding: un-awaited/statement
            load(); // finding: un-awaited/statement
            executor.submit(() -> use(1)); // finding: un-awaited/statement
            executor.submit(() -> 1); // finding: un-awaited/statement
            scheduler.schedule(() -> use(1), 1, TimeUnit.SECONDS); // finding: un-awaited/statement
            CompletableFuture.runAsync(() -> use(1)); // finding: un-awaited/statement
            CompletableFuture.supplyAsync(() -> 1, executor); // finding: un-awaited/statement
            CompletableFuture.allOf(held, save(1)); // finding: un-awaited/statement
            CompletableFuture.anyOf(held); // finding: un-awaited/statement
            new ProcessBuilder("ls").start().onExit(); // finding: un-awaited/statement
            save(3).join();
            save(3).get();
            save(3).get(1, TimeUnit.SECONDS);
            save(3).cancel(true);
            save(3).getNow("");
            use(save(4));
            use(1, save(4));
            new Thread(() -> use(save(4)));
            held = save(5);
            this.held = save(5);
            pending.add(save(6));
            map.put(item, save(7));
            executor.execute(() -> use(1));
            executor.invokeAll(List.<Callable<String>>of());
            executor.invokeAny(List.<Callable<String>>of());
            CompletableFuture.allOf(save(1), save(2)).join();
            """)
        .check();
  }

  @Test
  void everyStatementPositionCounts() {
    MarkedSource.method(
            """
            if (test()) save(1); // finding: un-awaited
            else save(2); // finding: un-awaited
            for (save(3); test(); save(4)) { // finding: un-awaited/statement // finding: un-awaited
              use(1);
            }
            for (int i = 0; i < 3; i++) save(i); // finding: un-awaited
            for (String each : items) save(each); // finding: un-awaited
            while (test()) save(5); // finding: un-awaited
            do save(6); while (test()); // finding: un-awaited
            label: save(7); // finding: un-awaited
            synchronized (this) { save(8); } // finding: un-awaited
            try { save(9); } finally { save(10); } // finding: un-awaited // finding: un-awaited
            switch (number) { case 1: save(11); break; // finding: un-awaited
              default: save(12); // finding: un-awaited
            }
            switch (number) {
              case 1 -> save(13); // finding: un-awaited
              case 2 -> { save(14); } // finding: un-awaited
              default -> use(save(15));
            }
            String text = switch (number) {
              case 1 -> { save(16); yield "a"; } // finding: un-awaited
              default -> save(17).join();
            };
            use(text);
            """)
        .check();
  }

  @Test
  void initialisersAndConstructorsCount() {
    MarkedSource.members(
            """
            static CompletableFuture<Void> start() { return CompletableFuture.runAsync(() -> {}); }
            static { start(); } // finding: un-awaited
            { start(); } // finding: un-awaited
            Snippet() { start(); } // finding: un-awaited
            CompletableFuture<Void> field = start();
            static final CompletableFuture<Void> SHARED = start();
            final Object lock = new Object() { { start(); } }; // finding: un-awaited
            class Inner { void run() { start(); } } // finding: un-awaited
            record Pair(int a) { Pair { start(); } } // finding: un-awaited
            enum Kind { A { void run() { start(); } }; void run() {} } // finding: un-awaited
            interface Api { default void go() { start(); } } // finding: un-awaited
            """)
        .check();
  }

  @Test
  void theTypeOfTheExpressionDecides() {
    MarkedSource.members(
            """
            <T> T run(Supplier<T> body) { T t = body.get(); use(t); return t; }
            <T> T call(Callable<? extends T> body) throws Exception { return body.call(); }
            <T> T same(T value) { use(value); return value; }
            <T> T instance(Class<T> type) { return null; }
            abstract <F extends CompletionStage<?>> F begin();
            interface Named<R> { R execute(); }
            static class Box<T> { T value; T get() { return value; } T take() { return value; } }
            static class Own extends CompletableFuture<String> {}
            Own own(int n) { Own o = new Own(); use(o); return o; }
            void snippet(Supplier<CompletableFuture<String>> supplier,
                Function<Integer, ? extends CompletionStage<String>> function,
                Named<CompletableFuture<String>> named, Box<CompletableFuture<String>> box)
                throws Exception {
              run(() -> save(1)); // finding: un-awaited
              run(() -> { use(1); return save(2); }); // finding: un-awaited
              run(this::load); // finding: un-awaited
              call(() -> save(3)); // finding: un-awaited
              run(supplier); // finding: un-awaited
              supplier.get(); // finding: un-awaited
              function.apply(1); // finding: un-awaited
              named.execute(); // finding: un-awaited
              begin(); // finding: un-awaited
              own(1); // finding: un-awaited
              this.<CompletableFuture<String>>run(() -> save(4)); // finding: un-awaited
              run(() -> "text");
              run(() -> held);
              same(held);
              same(save(5));
              instance(CompletableFuture.class);
              box.get();
              box.take();
              pending.get(0);
              pending.iterator().next();
              pending.remove(0);
              map.get("a");
              map.remove("a");
              map.put("a", save(6));
              map.computeIfAbsent("a", key -> save(key));
              map.putIfAbsent("a", held);
              new AtomicReference<>(held).get();
              new AtomicReference<>(held).getAndSet(save(7));
              Optional.of(held).get();
              Objects.requireNonNull(held);
              Objects.requireNonNull(held, "held");
            }
            """)
        .check();
  }

  @Test
  void boundsAndWildcardsAreSeenThrough() {
    MarkedSource.members(
            """
            abstract <T extends CompletableFuture<String>> T bounded(int n, Function<Integer, T> f);
            abstract List<? extends Future<?>> wild();
            abstract Map<String, List<CompletableFuture<String>>> deep(int n);
            abstract CompletionStage<? super Integer> stage(int n);
            abstract RunnableFuture<Integer> runnable(int n);
            abstract ForkJoinTask<Integer> fork(int n);
            abstract FutureTask<Integer> task(int n);
            abstract Future<?> any(int n);
            abstract Object hidden(int n);
            <F extends Future<?> & Comparable<F>> void intersect(Function<Integer, F> f) {
              f.apply(1); // finding: un-awaited
            }
            void snippet() {
              bounded(1, n -> null);
              wild(); // finding: un-awaited/collection
              deep(1); // finding: un-awaited/collection
              stage(1); // finding: un-awaited
              runnable(1); // finding: un-awaited
              fork(1); // finding: un-awaited
              task(1); // finding: un-awaited
              any(1); // finding: un-awaited
              hidden(1);
            }
            """)
        .check();
  }

  @Test
  void aClassWhoseVariableIsAFutureMakesFreshOnes() {
    MarkedSource.members(
            """
            static abstract class Dao<R> { abstract R write(String row); abstract R getLast(); }
            static abstract class AsyncDao extends Dao<CompletableFuture<Long>> {
              void twice() {
                write("a"); // finding: un-awaited/statement
                write("b").join();
              }
            }
            static abstract class JdbcDao extends Dao<Long> {}
            static abstract class Resource<T extends CompletionStage<?>> {
              abstract T open();
              void warmUp() { open(); } // finding: un-awaited/statement
              T reopen() { return open(); }
            }
            interface Lru<K, V> { V put(K key, V value); V evict(K key); }
            interface Futures extends Lru<String, CompletableFuture<String>> {}
            static abstract class Pending extends ArrayDeque<CompletableFuture<String>> {}
            void snippet(AsyncDao async, JdbcDao jdbc, Resource<CompletableFuture<String>> resource,
                Futures futures, Pending queue, Lru<String, CompletableFuture<String>> lru) {
              async.write("c"); // finding: un-awaited/statement
              resource.open(); // finding: un-awaited/statement
              async.getLast();
              jdbc.write("d");
              futures.evict("e");
              lru.evict("f");
              queue.remove();
            }
            """)
        .check();
  }

  @Test
  void gettersHomeMadeContainersAndCompletedFuturesAreNotFresh() {
    MarkedSource.members(
            """
            CompletableFuture<String> done() { return held; }
            CompletableFuture<String> lazy() { if (held == null) held = save(1); return held; }
            CompletableFuture<String> getHeld() { return this.held; }
            CompletableFuture<String> cached(String k) { return map.get(k); }
            CompletableFuture<String> looked(String k) { return map.computeIfAbsent(k, x -> save(x)); }
            CompletableFuture<Void> completedNull() { return CompletableFuture.completedFuture(null); }
            CompletableFuture<String> track(CompletableFuture<String> f) { pending.add(f); return f; }
            CompletableFuture<String> either(boolean b) { return b ? held : null; } // finding: null-future
            static class Chain extends CompletableFuture<String> { Chain with(int n) { return this; } }
            interface Channel { CompletableFuture<Void> closeFuture(); CompletableFuture<Void> close(); }
            record Job(String name, CompletableFuture<String> result) {}
            void snippet(Chain chain, Channel channel, Job job) {
              done();
              lazy();
              getHeld();
              cached("a");
              looked("a");
              completedNull();
              track(held);
              track(save(1));
              either(true);
              chain.with(1);
              channel.closeFuture();
              job.result();
              done().whenComplete((v, t) -> use(v));
              channel.closeFuture().whenComplete((v, t) -> use(v));
              job.result().whenComplete((v, t) -> use(v));
              channel.close(); // finding: un-awaited
              channel.close().whenComplete((v, t) -> use(v)); // finding: un-awaited
              CompletableFuture.completedFuture(1);
              CompletableFuture.completedStage(1);
              CompletableFuture.failedFuture(new Exception()); // finding: un-awaited/statement
              CompletableFuture.failedStage(new Exception()); // finding: un-awaited/statement
            }
            """)
        .check();
  }

  @Test
  void aForgottenReturnOfAFailedFutureIsCalledThat() {
    var found =
        MarkedSource.method("if (test()) {\nCompletableFuture.failedFuture(new Exception());\n}")
            .messages();
    assertThat(found).singleElement().asString().contains("return");
  }

  @Test
  void whatOnlyAsksAGetterIsOneToo() {
    MarkedSource.members(
            """
            static class Base {
              private CompletableFuture<?> above;
              private Base next;
              final CompletableFuture<?> above() { return above; }
              CompletableFuture<?> twice() { return above(); }
              CompletableFuture<?> circle(int n) { return n == 0 ? above : round(n); }
              CompletableFuture<?> round(int n) { return circle(n - 1); }
              CompletableFuture<?> begin() { return CompletableFuture.runAsync(() -> {}); }
            }
            static class Middle extends Base {}
            @SuppressWarnings("unchecked")
            static class Task extends Middle {
              CompletableFuture<String> parent() { return (CompletableFuture<String>) above(); }
              CompletableFuture<?> mine() { return this.above(); }
              CompletableFuture<?> theirs() { return super.twice(); }
              CompletableFuture<?> either(boolean b) { return b ? above() : twice(); }
              CompletableFuture<?> started() { return begin(); }
              CompletableFuture<?> one(boolean b) { return b ? above() : begin(); }
              CompletableFuture<?> stopped() { return stopNow(true); }
              CompletableFuture<?> stopNow(boolean b) { synchronized (this) { System.gc(); return mine; } }
              CompletableFuture<?> mine;
              CompletableFuture<?> another(Task t) { return t.begin(); }
              CompletableFuture<?> stop() { System.gc(); return above(); }
              class Step { CompletableFuture<?> outer() { return above(); } }
            }
            boolean snippet(Task joined, Task.Step step, Object here) {
              joined.twice();
              joined.mine();
              joined.theirs();
              joined.either(true);
              step.outer();
              joined.circle(1); // finding: un-awaited
              joined.started(); // finding: un-awaited
              joined.one(true); // finding: un-awaited
              joined.stop(); // finding: un-awaited
              joined.stopped(); // finding: un-awaited
              joined.another(joined); // finding: un-awaited
              return joined.parent() != here && joined.begin() != here; // finding: un-awaited/looked-at
            }
            """)
        .check();
  }

  @Test
  void aMapInsideAContainerHandsBackWhatWasThere() {
    MarkedSource.members(
            """
            interface Client { CompletableFuture<String> put(String k, Object v); CompletableFuture<String> replace(String k, Object v); }
            static class Slots<T> {
              private final Map<String, CompletableFuture<T>> slots = new HashMap<>();
              private final java.util.concurrent.ConcurrentHashMap<String, CompletableFuture<T>> more = new ConcurrentHashMap<>();
              CompletableFuture<T> put(String k, CompletableFuture<T> f) { return slots.put(k, f); }
              CompletableFuture<T> swap(String k, CompletableFuture<T> f) { return this.more.replace(k, f); }
            }
            static class Remote {
              private Client client;
              CompletableFuture<String> put(String k, Object v) { return client.put(k, v); }
              CompletableFuture<String> swap(String k, Object v) { return client.replace(k, v); }
            }
            void snippet(Slots<String> slots, Remote remote) {
              slots.put("a", save(1));
              slots.swap("a", save(2));
              remote.put("a", 1); // finding: un-awaited/statement
              remote.swap("a", 1); // finding: un-awaited/statement
            }
            """)
        .check();
  }

  @Test
  void theHeadOfALoopIsAStatementToo() {
    MarkedSource.method(
            """
            for (use(0), save(1); test(); use(2)) use(3); // finding: un-awaited
            for (int i = 0; i < 3; i++, save(i)) use(i); // finding: un-awaited
            for (var f = save(1); test(); use(1)) use(2); // finding: un-awaited/local-unread
            for (save(1).join(); test(); save(2).join()) use(3);
            for (held = save(1); test(); held = save(2)) use(3);
            for (var f = save(1); !f.isDone(); use(save(2))) use(f);
            for (use(save(1)); test(); pending.add(save(2))) use(3);
            """)
        .check();
  }

  @Test
  void whatTakesItIsResponsible() {
    MarkedSource.members(
            """
            record Job(CompletableFuture<String> result) {}
            static class Holder { Holder(Object f) {} void close() {} }
            final AtomicReference<CompletableFuture<String>> latest = new AtomicReference<>();
            final CompletableFuture<?>[] slots = new CompletableFuture<?>[3];
            CompletableFuture<String> returned() { return save(1); }
            CompletionStage<String> returnedBranch(boolean b) { return b ? save(1) : save(2).thenApply(x -> x); }
            void snippet(Function<Object, Object> taker) {
              new Job(save(1));
              new Holder(save(2));
              new Holder(save(3)).close();
              new Holder(save(4)) { };
              taker.apply(save(5));
              latest.set(save(6));
              latest.getAndSet(save(7));
              latest.compareAndSet(held, save(8));
              slots[0] = save(9);
              this.slots[1] = save(10);
              use(new Object[] {save(11)});
              var mine = new AtomicReference<>(save(12)); // finding: un-awaited/collection
              CompletableFuture<?>[] own = {null, save(13)}; // finding: un-awaited/collection
              CompletableFuture<?>[] more = new CompletableFuture<?>[1];
              more[0] = save(14); // finding: un-awaited/collection
            }
            """)
        .check();
  }

  @Test
  void anOverloadWithoutABodyIsNotTheOneWithABody() {
    MarkedSource.members(
            """
            interface Bus {
              Bus request(String to, Object message, Runnable handler, int limit);
              default Bus request(String to, Object message, Runnable handler) { return this; }
              CompletableFuture<String> request(String to, Object message, Integer limit);
              default CompletableFuture<String> request(String to, Object message) { return request(to, message, 3); }
            }
            interface Kept { CompletableFuture<String> last(); default CompletableFuture<String> last(int n) { return null; } } // finding: null-future
            void snippet(Bus bus, Kept kept) {
              bus.request("a", 1, 2); // finding: un-awaited/statement
              bus.request("a", 1); // finding: un-awaited/statement
              bus.request("a", 1, () -> {});
              kept.last(1);
            }
            """)
        .check();
  }
}
