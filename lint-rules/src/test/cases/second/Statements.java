package cases.second;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Expression statements, wherever the language allows one. */
abstract class Statements extends Svc {

    record Order(String id, long total, String kind) {}

    interface Tx {
        CompletionStage<Void> insert(String row);
        CompletableFuture<Tx> begin();
        int size();
    }

    protected abstract <R> R inTx(Function<? super Tx, ? extends R> work);
    protected abstract <T> T timed(String name, Callable<T> body);
    protected abstract <T> T retrying(int times, Supplier<T> body);
    protected abstract <T, C extends CompletionStage<T>> C traced(String span, Supplier<C> body);
    protected abstract <A, B> B bind(A a, Function<A, B> f);
    protected abstract void track(CompletionStage<?> s);

    private CompletableFuture<Void> last;
    private final List<CompletableFuture<Void>> open = new ArrayList<>();
    private final Map<String, CompletableFuture<String>> cache = new HashMap<>();
    private final AtomicReference<CompletableFuture<Void>> tail = new AtomicReference<>(CompletableFuture.completedFuture(null));
    private final CompletableFuture<?>[] slots = new CompletableFuture<?>[4];

    Statements() {
        store.warmUp(); // expect: un-awaited/statement
        this.last = store.save("boot"); // ok: un-awaited
    }

    {
        track(flush()); // ok: un-awaited
        publish("boot", "init"); // expect: un-awaited/statement
    }

    void place(Order o) {
        if (o.total() > 100)
            store.save(o.id()); // expect: un-awaited/statement
        else
            store.save(o.id()).join(); // ok: un-awaited
    }

    void calculate(Order o) {
        long result = o.total() * 19 / 100;
        store.audit("tax " + result); // expect: un-awaited/statement
        log("tax " + result);
    }

    void dispatch(Order o) {
        switch (o.kind()) {
            case "new" -> store.save(o.id()); // expect: un-awaited
            case "old" -> {
                log("old one");
                store.audit(o.id()); // expect: un-awaited/statement
            }
            case "wait" -> store.save(o.id()).join(); // ok: un-awaited
            default -> track(store.audit(o.id())); // ok: un-awaited
        }
    }

    void dispatchOld(int k, String id) {
        switch (k) {
            case 1:
                log("one");
                store.move(id, id + ".bak"); // expect: un-awaited/statement
                break;
            case 2:
                last = store.save(id); // ok: un-awaited
                break;
            default:
                log("none");
        }
    }

    CompletableFuture<Void> route(Order o) {
        return switch (o.kind()) {
            case "new" -> store.save(o.id()); // ok: un-awaited
            case "bulk" -> {
                log("bulk");
                yield flush(); // ok: un-awaited
            }
            default -> store.audit(o.id()).toCompletableFuture(); // ok: un-awaited
        };
    }

    CompletionStage<Void> either(boolean fast, String id) {
        return fast ? store.save(id) : store.audit(id); // ok: un-awaited
    }

    void forParts(List<String> ids) {
        for (store.save("head"); !ids.isEmpty(); ids.remove(0)) { // expect: un-awaited
            log(ids.get(0));
        }
        for (int i = 0; i < ids.size(); store.save(ids.get(i++))) { // expect: un-awaited
            log("step");
        }
    }

    void guarded(String id) {
        try {
            store.save(id); // expect: un-awaited/statement
        } catch (RuntimeException e) {
            log("save failed", e);
        } finally {
            closeAsync(); // expect: un-awaited/statement
        }
    }

    CompletableFuture<Void> guardedWell(String id) {
        CompletableFuture<Void> f;
        try {
            f = store.save(id); // ok: un-awaited
        } catch (IllegalArgumentException e) {
            f = store.save("fallback"); // ok: un-awaited
        }
        return f;
    }

    void inferred(String id) {
        inTx(tx -> tx.insert(id)); // expect: un-awaited
        inTx(Tx::begin); // expect: un-awaited
        inTx(tx -> tx.size()); // ok: un-awaited
        inTx(Tx::size); // ok: un-awaited
        int n = inTx(tx -> { // ok: un-awaited
            tx.insert(id + n0()); // expect: un-awaited/statement
            return tx.size(); // ok: un-awaited
        });
        log("rows " + n);
    }

    private int n0() {
        return 0;
    }

    void inferredThroughCallable(String id) {
        timed("save", () -> store.save(id)); // expect: un-awaited
        timed("compute", () -> compute(id)); // ok: un-awaited
        timed("save", () -> store.save(id)).join(); // ok: un-awaited
        retrying(3, () -> store.audit(id)); // expect: un-awaited
        retrying(3, store::size); // ok: un-awaited
        traced("span", () -> store.save(id)); // expect: un-awaited
        bind(id, store::fetch); // expect: un-awaited
        bind(id, String::length); // ok: un-awaited
        track(timed("save", () -> store.save(id))); // ok: un-awaited
    }

    <F extends CompletionStage<Void>> F bounded(Function<String, F> start, String id) {
        start.apply("warm " + id); // expect: un-awaited
        return start.apply(id); // ok: un-awaited
    }

    void wildcard(Function<String, ? extends CompletionStage<?>> action, BiFunction<String, String, Integer> other) {
        action.apply("x"); // expect: un-awaited
        other.apply("x", "y"); // ok: un-awaited
        track(action.apply("y")); // ok: un-awaited
    }

    CompletableFuture<Void> forgottenReturn(String id) {
        if (id.isEmpty()) {
            CompletableFuture.failedFuture(new IllegalArgumentException("empty")); // expect: un-awaited
        }
        return store.save(id);
    }

    CompletableFuture<Void> noForgottenReturn(String id) {
        if (id.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("empty")); // ok: un-awaited
        }
        return store.save(id); // ok: un-awaited
    }

    void storing(String id, int i) {
        open.add(store.save(id)); // ok: un-awaited
        cache.put(id, fetch(id)); // ok: un-awaited
        cache.putIfAbsent(id, fetch(id)); // ok: un-awaited
        cache.computeIfAbsent(id, this::fetch); // ok: un-awaited
        cache.computeIfAbsent(id, k -> store.fetch(k)); // ok: un-awaited
        cache.compute(id, (k, old) -> old == null ? fetch(k) : old); // ok: un-awaited
        cache.remove(id); // ok: un-awaited
        cache.replace(id, fetch(id)); // ok: un-awaited
        tail.set(store.save(id)); // ok: un-awaited
        tail.getAndSet(store.save(id)); // ok: un-awaited
        tail.updateAndGet(f -> f.thenCompose(v -> store.save(id))); // ok: un-awaited
        tail.getAndUpdate(f -> f.thenCompose(v -> flush())); // ok: un-awaited
        slots[i] = store.save(id); // ok: un-awaited
        open.set(0, store.save(id)); // ok: un-awaited
        open.remove(0); // ok: un-awaited
        last = open.isEmpty() ? flush() : open.get(0); // ok: un-awaited
    }

    void containers(Iterator<CompletableFuture<Void>> it, java.util.Deque<CompletableFuture<Void>> q) {
        it.next(); // ok: un-awaited
        q.poll(); // ok: un-awaited
        q.removeFirst(); // ok: un-awaited
        q.push(flush()); // ok: un-awaited
        Objects.requireNonNull(q.peek()); // ok: un-awaited
    }

    void waiting(String id) throws Exception {
        store.save(id).get(); // ok: un-awaited
        store.save(id).get(3, TimeUnit.SECONDS); // ok: un-awaited
        store.audit(id).toCompletableFuture().join(); // ok: un-awaited
        store.save(id).cancel(true); // ok: un-awaited
        CompletableFuture.allOf(store.save(id), flush()).join(); // ok: un-awaited
    }

    void joinedSets(String a, String b) {
        CompletableFuture.allOf(store.save(a), store.save(b)); // expect: un-awaited
        CompletableFuture.anyOf(fetch(a), fetch(b)); // expect: un-awaited
    }

    void anonymous(String id) {
        new Thread() {
            @Override
            public void run() {
                store.save(id); // expect: un-awaited/statement
            }
        }.start();
        track(new Callable<CompletableFuture<Void>>() {
            @Override
            public CompletableFuture<Void> call() {
                return store.save(id); // ok: un-awaited
            }
        }.call());
    }

    void nestedBlocks(List<Order> orders) {
        outer:
        for (Order o : orders) {
            do {
                if (o.total() < 0) continue outer;
                synchronized (this) {
                    store.move(o.id(), "done"); // expect: un-awaited/statement
                }
            } while (o.total() > 1_000_000);
        }
    }

    void multiLine(String id) {
        store
            .fetch(id)
            .thenCompose(v -> store.save(v)); // expect: un-awaited
        store
            .fetch(id)
            .thenCompose(v -> store.save(v))
            .join(); // ok: un-awaited
    }

    void commentIsNoExcuse(String id) {
        store.save(id); // NOSONAR fire and forget // expect: un-awaited
    }

    enum Step {
        ONE {
            @Override
            void run(Store s) {
                s.save("1"); // expect: un-awaited/statement
            }
        },
        TWO {
            @Override
            void run(Store s) {
                s.save("2").join(); // ok: un-awaited
            }
        };

        abstract void run(Store s);
    }

    interface Repo<T, F extends CompletionStage<T>> {
        F insert(T t);

        default void insertQuietly(T t) {
            insert(t); // expect: un-awaited/statement
        }

        default F insertAgain(T t) {
            return insert(t); // ok: un-awaited
        }

        default void insertTracked(T t, List<? super F> sink) {
            sink.add(insert(t)); // ok: un-awaited
        }
    }

    static class Account<S extends Store> {
        private final S s;
        private CompletableFuture<Void> ready;

        Account(S s) {
            this(s, s.warmUp()); // ok: un-awaited
        }

        Account(S s, CompletableFuture<Void> ready) {
            this.s = s;
            this.ready = ready;
        }

        Account<S> reset() {
            s.save("reset"); // expect: un-awaited/statement
            return this;
        }

        void rename(String n) {
            ready = ready.thenCompose(v -> s.save(n)); // ok: un-awaited
            reset(); // ok: un-awaited
        }
    }
}
