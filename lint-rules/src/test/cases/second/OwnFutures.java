package cases.second;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;

/** Own future classes, fluent ones among them, identities and getters. */
abstract class OwnFutures extends Svc {

    /** A fluent future: its setters return this. */
    static final class Request extends CompletableFuture<String> {
        private final Map<String, String> headers = new HashMap<>();
        private final Executor executor;

        Request(Executor executor) {
            super(); // ok: un-awaited
            this.executor = executor;
        }

        Request(Executor executor, String agent) {
            this(executor); // ok: un-awaited
            header("User-Agent", agent); // ok: un-awaited
        }

        Request header(String k, String v) {
            headers.put(k, v);
            return this;
        }

        Request accept(String type) {
            return header("Accept", type); // ok: un-awaited
        }

        void send(String body) {
            executor.execute(() -> {
                try {
                    complete(body + headers);
                } catch (RuntimeException e) {
                    completeExceptionally(e);
                }
            });
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return super.newIncompleteFuture(); // ok: un-awaited
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            headers.clear();
            return super.cancel(mayInterrupt); // ok: un-awaited
        }
    }

    static class Job extends CompletableFuture<Void> implements Runnable {
        final String id;

        Job(String id) {
            this.id = id;
        }

        @Override
        public void run() {
            complete(null); // ok: un-awaited
        }
    }


    private final List<Job> jobs = new ArrayList<>();
    private Job current;

    protected abstract void submitJob(Job j);

    Request fluent(String body) {
        Request r = new Request(pool, "me"); // ok: un-awaited
        r.header("A", "b"); // ok: un-awaited
        r.header("C", "d").header("E", "f"); // ok: un-awaited
        r.send(body); // ok: un-awaited
        return r;
    }

    void fluentParam(Request r) {
        r.header("A", "b"); // ok: un-awaited
        r.header("A", "b").send("x"); // ok: un-awaited
    }

    void constructed(List<String> ids) {
        new Job("a"); // expect: un-awaited/constructor
        new Job("a").thenRun(this::done); // expect: un-awaited
        ids.forEach(Job::new); // expect: un-awaited
        ids.forEach(id -> new Job(id)); // expect: un-awaited
        Job j = new Job("b"); // expect: un-awaited
        submitJob(new Job("c")); // ok: un-awaited
        ids.stream().map(Job::new).forEach(jobs::add); // ok: un-awaited
        ids.stream().map(Job::new).forEach(this::submitJob); // ok: un-awaited
        ids.forEach(id -> submitJob(new Job(id))); // ok: un-awaited
        ids.forEach(id -> jobs.add(new Job(id))); // ok: un-awaited
        current = new Job("d"); // ok: un-awaited
        pool.execute(new Job("e")); // ok: un-awaited
        pool.execute(current); // ok: un-awaited
    }

    Job factory(String id) {
        return new Job(id); // ok: un-awaited
    }

    // ------------------------------------------------------------------ identities

    private <T> CompletableFuture<T> remember(CompletableFuture<T> f, List<CompletableFuture<T>> where) {
        where.add(f);
        return f;
    }

    protected abstract <T> T checkNotNull(T t);

    private static <T> T tap(T t) {
        System.out.println("tap");
        return t;
    }

    void identities(CompletableFuture<Void> held, List<CompletableFuture<Void>> where) {
        remember(held, where); // ok: un-awaited
        Objects.requireNonNull(held); // ok: un-awaited
        Objects.requireNonNull(held, "held"); // ok: un-awaited
        checkNotNull(held); // ok: un-awaited
        tap(held); // ok: un-awaited
        Objects.requireNonNull(held, "held").orTimeout(1, TimeUnit.SECONDS); // ok: un-awaited
    }

    static class Guarded {
        private final CompletableFuture<Void> ready;

        Guarded(CompletableFuture<Void> ready) {
            this.ready = Objects.requireNonNull(ready); // ok: un-awaited
        }

        CompletableFuture<Void> ready() {
            return ready; // ok: un-awaited
        }

        CompletionStage<Void> view() {
            return ready.minimalCompletionStage(); // ok: un-awaited
        }

        static Guarded of(Store s) {
            return new Guarded(s.warmUp()); // ok: un-awaited
        }
    }

    // ------------------------------------------------------------------ home-made containers

    static class Slots<T> {
        private final Map<String, CompletableFuture<T>> m = new HashMap<>();

        CompletableFuture<T> put(String k, CompletableFuture<T> f) {
            return m.put(k, f); // ok: un-awaited
        }

        CompletableFuture<T> take(String k) {
            return m.remove(k); // ok: un-awaited
        }
    }

    void slots(Slots<String> s, String id) {
        s.put(id, fetch(id)); // ok: un-awaited
        s.take(id); // ok: un-awaited
    }

    // ------------------------------------------------------------------ builders

    static class Plan {
        private final List<CompletionStage<?>> steps = new ArrayList<>();

        Plan step(CompletionStage<?> s) {
            steps.add(s); // ok: un-awaited
            return this;
        }

        CompletableFuture<Void> build() {
            return CompletableFuture.allOf(steps.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new)); // ok: un-awaited
        }
    }

    CompletableFuture<Void> planned(String id) {
        return new Plan().step(store.save(id)).step(store.audit(id)).build(); // ok: un-awaited
    }

    void plannedAndForgotten(String id) {
        new Plan().step(store.save(id)).step(store.audit(id)).build(); // expect: un-awaited
    }

    void plannedOnly(Plan p, String id) {
        p.step(store.save(id)); // ok: un-awaited
    }

    // ------------------------------------------------------------------ fork and join

    static class Sum extends RecursiveTask<Long> {
        private final long[] a;
        private final int lo, hi;

        Sum(long[] a, int lo, int hi) {
            this.a = a;
            this.lo = lo;
            this.hi = hi;
        }

        @Override
        protected Long compute() {
            if (hi - lo < 10) {
                long s = 0;
                for (int i = lo; i < hi; i++) s += a[i];
                return s;
            }
            int mid = (lo + hi) >>> 1;
            Sum left = new Sum(a, lo, mid); // ok: un-awaited
            left.fork(); // ok: un-awaited
            long right = new Sum(a, mid, hi).compute(); // ok: un-awaited
            return right + left.join();
        }
    }

    static class Sort extends RecursiveAction {
        private final int n;

        Sort(int n) {
            this.n = n;
        }

        @Override
        protected void compute() {
            if (n > 1) {
                Sort a = new Sort(n / 2), b = new Sort(n - n / 2);
                invokeAll(a, b); // ok: un-awaited
            }
        }
    }

    void forked(long[] a, Sum held) {
        new Sum(a, 0, a.length).fork(); // expect: un-awaited/give-back
        held.fork(); // ok: un-awaited
        new Sort(3).invoke(); // ok: un-awaited
        ForkJoinPool.commonPool().execute(new Sort(4)); // ok: un-awaited
        log("sum " + new Sum(a, 0, 5).fork().join()); // ok: un-awaited
    }

    // ------------------------------------------------------------------ own publishers

    static class Feed implements Flow.Publisher<String> {
        private final List<String> tags = new ArrayList<>();
        private Flow.Subscriber<? super String> to;

        Feed tag(String t) {
            tags.add(t);
            return this;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super String> s) {
            to = s;
        }
    }

    interface Bus {
        Flow.Publisher<String> stream(String topic);
    }

    void feeds(Feed f, Bus bus, Flow.Subscriber<String> s) {
        f.tag("a"); // ok: un-awaited
        f.tag("b").tag("c"); // ok: un-awaited
        f.subscribe(s); // ok: un-awaited
        new Feed(); // expect: un-awaited/constructor
        bus.stream("a"); // expect: un-awaited
        bus.stream("a").subscribe(s); // ok: un-awaited
        new Feed().subscribe(s); // ok: un-awaited
    }
}
