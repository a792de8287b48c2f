package cases.second;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** unfinished-promise, swallowed-error, sequential-await. */
abstract class Promises extends Svc {

    interface Wire {
        void send(String m, Consumer<String> ok, Consumer<Throwable> failed);
        void ask(String m, BiConsumer<String, Throwable> done);
        void register(CompletableFuture<String> reply);
        String read(String m) throws IOException;
    }

    protected Wire wire;
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<String>> queue = new ArrayDeque<>();
    private CompletableFuture<String> current;

    // ------------------------------------------------------------------ unfinished-promise

    CompletableFuture<String> p1(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // expect: unfinished-promise
        wire.ask(m, (v, t) -> {
            if (t == null) {
                p.complete(v);
            }
        });
        return p;
    }

    CompletableFuture<String> p2(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // expect: unfinished-promise
        pool.execute(() -> {
            try {
                p.complete(wire.read(m));
            } catch (IOException e) {
                log("read " + m, e);
            }
        });
        return p;
    }

    CompletableFuture<String> p3(String m) {
        var p = new CompletableFuture<String>(); // expect: unfinished-promise
        load(m).thenAccept(v -> p.complete(v)).exceptionally(t -> { log("load", t); return null; });
        return p;
    }

    String p4(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // expect: unfinished-promise
        log("asking " + m);
        return p.join();
    }

    CompletableFuture<Integer> p5(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // expect: unfinished-promise
        return p.thenApply(String::length);
    }

    CompletableFuture<String> p6(String id) {
        CompletableFuture<String> p = new CompletableFuture<>(); // expect: unfinished-promise
        fetch(id).whenComplete((v, t) -> {
            if (t != null) {
                log("fetch " + id, t);
                return;
            }
            p.complete(v);
        });
        return p;
    }

    CompletableFuture<String> p7(String m) {
        final CompletableFuture<String> reply = new CompletableFuture<>(); // expect: unfinished-promise
        Thread t = new Thread(() -> {
            try {
                String v = wire.read(m);
                reply.complete(v.trim());
            } catch (IOException e) {
                log("no reply", e);
            } finally {
                done();
            }
        });
        t.start();
        return reply;
    }

    CompletableFuture<String> q1(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        wire.ask(m, (v, t) -> {
            if (t == null) {
                p.complete(v);
            } else {
                p.completeExceptionally(t);
            }
        });
        return p;
    }

    CompletableFuture<String> q2(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        pool.execute(() -> {
            try {
                p.complete(wire.read(m));
            } catch (Throwable e) {
                p.completeExceptionally(e);
            }
        });
        return p;
    }

    CompletableFuture<String> q3(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        wire.send(m, p::complete, p::completeExceptionally);
        return p;
    }

    CompletableFuture<String> q4(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        wire.register(p);
        return p;
    }

    CompletableFuture<String> q5(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        waiting.put(m, p);
        return p;
    }

    CompletableFuture<String> q6(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        this.current = p;
        return p.thenApply(String::trim);
    }

    CompletableFuture<String> q7(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        wire.ask(m, (v, t) -> {
            if (t == null) {
                p.complete(v);
            }
        });
        return p.orTimeout(5, TimeUnit.SECONDS);
    }

    CompletableFuture<String> q8(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        p.complete(m);
        return p;
    }

    CompletableFuture<String> q9(String m) {
        return waiting.computeIfAbsent(m, k -> new CompletableFuture<>()); // ok: unfinished-promise
    }

    CompletableFuture<String> q10(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        queue.add(p);
        return p.whenComplete((v, t) -> queue.remove(p));
    }

    CompletableFuture<String> q11(String id) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        fetch(id).whenComplete((v, t) -> {
            if (t != null) {
                p.completeExceptionally(t);
                return;
            }
            p.complete(v);
        });
        return p;
    }

    CompletableFuture<String> q12(String m) {
        CompletableFuture<String> p = new CompletableFuture<>(); // ok: unfinished-promise
        if (m.isEmpty()) {
            p.completeExceptionally(new IllegalArgumentException("empty"));
        } else {
            p.complete(m);
        }
        return p;
    }

    record Pending(String m, CompletableFuture<String> reply) {}

    Pending q13(String m) {
        return new Pending(m, new CompletableFuture<>()); // ok: unfinished-promise
    }

    // ------------------------------------------------------------------ swallowed-error

    CompletableFuture<String> s1(String id) {
        return fetch(id).exceptionally(t -> null); // expect: swallowed-error
    }

    CompletionStage<String> s2(String id) {
        return load(id).handle((v, t) -> v); // expect: swallowed-error
    }

    void s3(CompletableFuture<String> f) throws InterruptedException {
        try { f.get(); } catch (ExecutionException e) { } // expect: swallowed-error
    }

    CompletableFuture<Void> s4(String id) {
        return store.save(id).thenRun(this::done).exceptionally(error -> null); // expect: swallowed-error
    }

    void s5(String id) {
        store.save(id).exceptionally(e -> null); // expect: swallowed-error
    }

    CompletableFuture<String> s6(String id) {
        return fetch(id).handle((value, error) -> value).thenApply(v -> v + "!"); // expect: swallowed-error
    }

    String s7(CompletableFuture<String> f, String id) throws InterruptedException {
        String v = id;
        try { v = f.get(1, TimeUnit.SECONDS); } catch (ExecutionException e) {} catch (TimeoutException e) { log("late", e); } // expect: swallowed-error
        return v;
    }

    CompletableFuture<String> t1(String id) {
        return fetch(id).exceptionally(t -> { log("fetch", t); return null; }); // ok: swallowed-error
    }

    CompletableFuture<String> t2(String id) {
        return fetch(id).handle((v, t) -> t == null ? v : "none"); // ok: swallowed-error
    }

    CompletableFuture<String> t3(String id) {
        return fetch(id).exceptionally(Throwable::getMessage); // ok: swallowed-error
    }

    CompletableFuture<String> t4(String id) {
        return fetch(id).exceptionally(t -> { throw new CompletionException("fetch " + id, t); }); // ok: swallowed-error
    }

    CompletableFuture<String> t5(String id) {
        return fetch(id).whenComplete((v, t) -> log("fetched " + v)); // ok: swallowed-error
    }

    String t6(CompletableFuture<String> f) throws InterruptedException {
        try {
            return f.get();
        } catch (ExecutionException e) { // ok: swallowed-error
            throw new IllegalStateException(e.getCause());
        }
    }

    void t7(CompletableFuture<String> f) throws InterruptedException {
        try {
            log(f.get());
        } catch (ExecutionException e) { // ok: swallowed-error
            log("get", e);
        }
    }

    void t8(CompletableFuture<String> f) throws ExecutionException, InterruptedException {
        try {
            log(f.get(1, TimeUnit.SECONDS));
        } catch (TimeoutException e) { // ok: swallowed-error
        }
    }

    void t9(CompletableFuture<String> f) {
        try {
            f.join();
        } catch (CancellationException e) { // ok: swallowed-error
        }
    }

    CompletableFuture<String> t10(String id) {
        return fetch(id).exceptionallyCompose(t -> t instanceof CompletionException ? fetch(id) : CompletableFuture.failedFuture(t)); // ok: swallowed-error
    }

    CompletableFuture<String> t11(String id) {
        return fetch(id).handle(this::either); // ok: swallowed-error
    }

    protected abstract String either(String v, Throwable t);

    CompletableFuture<String> t12(String id) {
        return fetch(id).handle((v, t) -> { if (t != null) log("x", t); return v; }); // ok: swallowed-error
    }

    CompletableFuture<String> t13(String id) {
        return fetch(id).thenApply(v -> null); // ok: swallowed-error
    }

    // ------------------------------------------------------------------ sequential-await

    List<String> w1(List<String> ids) {
        var out = new java.util.ArrayList<String>();
        for (String id : ids) {
            out.add(fetch(id).join()); // expect: sequential-await
        }
        return out;
    }

    List<String> w2(List<String> ids) {
        return ids.stream().map(id -> fetch(id).join()).toList(); // expect: sequential-await
    }

    int w3(List<String> ids) throws Exception {
        int total = 0;
        for (int i = 0; i < ids.size(); i++) {
            total += count(ids.get(i)).get(); // expect: sequential-await
        }
        return total;
    }

    int w4(List<String> ids) {
        return ids.stream().filter(id -> !id.isEmpty()).mapToInt(id -> count(id).join()).sum(); // expect: sequential-await
    }

    Map<String, String> w5(List<String> ids) {
        Map<String, String> out = new ConcurrentHashMap<>();
        for (String id : ids) {
            String v = load(id).toCompletableFuture().join(); // expect: sequential-await
            out.put(id, v);
        }
        return out;
    }

    void w6(List<String> ids) throws Exception {
        for (String id : ids) {
            if (!id.isEmpty()) {
                log("fetched " + store.fetch(id).get(1, TimeUnit.SECONDS)); // expect: sequential-await
            }
        }
    }

    void w7(java.util.Iterator<String> it) {
        while (it.hasNext()) {
            log(fetch(it.next()).thenApply(String::trim).join()); // expect: sequential-await
        }
    }

    List<String> z1(List<String> ids) {
        List<CompletableFuture<String>> fs = ids.stream().map(this::fetch).toList(); // ok: sequential-await
        return fs.stream().map(CompletableFuture::join).toList(); // ok: sequential-await
    }

    void z2(List<CompletableFuture<String>> fs) {
        for (CompletableFuture<String> f : fs) {
            log(f.join()); // ok: sequential-await
        }
    }

    String z3(String first) {
        String cursor = first;
        while (cursor != null) {
            cursor = fetch(cursor).join(); // ok: sequential-await
        }
        return first;
    }

    int z4(List<String> ids) {
        var fs = new java.util.ArrayList<CompletableFuture<Integer>>();
        for (String id : ids) {
            fs.add(count(id)); // ok: sequential-await
        }
        int total = 0;
        for (CompletableFuture<Integer> f : fs) {
            total += f.join(); // ok: sequential-await
        }
        return total;
    }

    void z5(Map<String, CompletableFuture<String>> m) {
        for (Map.Entry<String, CompletableFuture<String>> e : m.entrySet()) {
            log(e.getKey() + e.getValue().join()); // ok: sequential-await
        }
        m.values().forEach(CompletableFuture::join); // ok: sequential-await
    }

    void z6(List<String> ids) {
        for (String id : ids) {
            pool.execute(() -> log(fetch(id).join())); // ok: sequential-await
        }
    }

    String z7(String id) {
        return fetch(id).join(); // ok: sequential-await
    }

    void z8(List<String> ids) {
        for (String id : ids) {
            log(waiting.get(id).join()); // ok: sequential-await
        }
    }

    void z9(List<String> ids) {
        CompletableFuture.allOf(ids.stream().map(store::save).toArray(CompletableFuture[]::new)).join(); // ok: sequential-await
    }

    CompletableFuture<Void> z10(List<String> ids) {
        CompletableFuture<Void> f = CompletableFuture.completedFuture(null);
        for (String id : ids) {
            f = f.thenCompose(v -> store.save(id)); // ok: sequential-await
        }
        return f;
    }

    void z11(List<String> ids) {
        List<String> names = list(ids.get(0)).join(); // ok: sequential-await
        for (String n : names) {
            log(n + String.join("-", ids)); // ok: sequential-await
        }
    }

    void z12(String prefix) {
        for (String n : list(prefix).join()) { // ok: sequential-await
            log(n);
        }
        list(prefix).join().stream().map(String::trim).forEach(this::log); // ok: sequential-await
    }
}
