package cases.second;

import dev.trestle.bridge.AsyncToSync;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** blocking-in-async and default-executor. */
abstract class Blocking extends Svc {

    private final AtomicReference<String> name = new AtomicReference<>("");
    private final Map<String, CompletableFuture<String>> cache = new java.util.concurrent.ConcurrentHashMap<>();

    // ------------------------------------------------------------------ blocking-in-async

    CompletableFuture<String> b1(String id) {
        return fetch(id).thenApply(v -> v + fetch(v).join()); // expect: blocking-in-async
    }

    CompletableFuture<Void> b2(String id, CompletableFuture<String> other) {
        return fetch(id).thenAccept(v -> {
            try {
                log(other.get()); // expect: blocking-in-async
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    CompletionStage<String> b3(String id) {
        return load(id).whenComplete((v, t) -> {
            if (t != null) {
                log("load", t);
                try {
                    Thread.sleep(100); // expect: blocking-in-async
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    CompletableFuture<String> b4(String id) {
        return fetch(id).handle((v, t) -> t == null ? v : fetch("fallback").join()); // expect: blocking-in-async
    }

    CompletableFuture<String> b5(String id, CountDownLatch latch) {
        return fetch(id).thenCompose(v -> {
            try {
                latch.await(); // expect: blocking-in-async
            } catch (InterruptedException e) {
                return CompletableFuture.failedFuture(e);
            }
            return fetch(v);
        });
    }

    CompletableFuture<Void> b6(BlockingQueue<String> q, String id) {
        return fetch(id).thenAccept(v -> {
            try {
                q.put(v); // expect: blocking-in-async
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    CompletableFuture<String> b7(CompletableFuture<CompletableFuture<String>> nested) {
        return nested.thenApply(CompletableFuture::join); // expect: blocking-in-async
    }

    CompletableFuture<String> b8(Semaphore s, String id) {
        return fetch(id).exceptionally(t -> {
            log("fetch", t);
            try {
                s.acquire(); // expect: blocking-in-async
                return compute(id);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            } finally {
                s.release();
            }
        });
    }

    CompletableFuture<Integer> b9(HttpClient http, HttpRequest req, String id) {
        return store.save(id).thenApply(v -> {
            try {
                return http.send(req, HttpResponse.BodyHandlers.discarding()).statusCode(); // expect: blocking-in-async
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    CompletableFuture<Integer> b10(Process p) {
        return flush().thenApply(v -> {
            try {
                return p.waitFor(); // expect: blocking-in-async
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    CompletableFuture<String> b11(String id) {
        return CompletableFuture.supplyAsync(() -> { // expect: default-executor
            String v = compute(id);
            return v + fetch(v).join(); // expect: blocking-in-async
        });
    }

    CompletableFuture<String> b12(String id) {
        return fetch(id).thenApply(v -> AsyncToSync.create().call(() -> fetch(v))); // expect: blocking-in-async
    }

    CompletableFuture<Integer> b13(PreparedStatement st, String id) {
        return fetch(id).thenApply(v -> {
            try {
                return st.executeUpdate(); // expect: blocking-in-async
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    CompletableFuture<String> r1(String id) {
        return fetch(id).thenApplyAsync(v -> v + fetch(v).join(), pool); // ok: blocking-in-async
    }

    CompletableFuture<String> r2(String id) {
        return CompletableFuture.supplyAsync(() -> fetch(id).join(), pool); // ok: blocking-in-async
    }

    CompletableFuture<List<String>> r3(List<CompletableFuture<String>> fs) {
        return CompletableFuture.allOf(fs.toArray(new CompletableFuture[0])).thenApply(v -> fs.stream().map(CompletableFuture::join).toList()); // ok: blocking-in-async
    }

    CompletableFuture<String> r4(String x, String y) {
        CompletableFuture<String> a = fetch(x);
        CompletableFuture<String> b = fetch(y);
        return CompletableFuture.allOf(a, b).thenApply(v -> a.join() + b.join()); // ok: blocking-in-async
    }

    CompletableFuture<String> r5(CompletableFuture<String> f) {
        return f.whenComplete((v, t) -> { if (t == null) log(f.join()); }); // ok: blocking-in-async
    }

    CompletableFuture<String> r6(String id, CompletableFuture<String> other) {
        return fetch(id).thenApply(v -> other.isDone() ? v + other.join() : v); // ok: blocking-in-async
    }

    CompletableFuture<String> r7(String id, CompletableFuture<String> slow) {
        return fetch(id).thenCompose(v -> CompletableFuture.supplyAsync(() -> v + slow.join(), pool)); // ok: blocking-in-async
    }

    CompletableFuture<Void> r8(String id, CompletableFuture<String> slow) {
        return fetch(id).thenAccept(v -> pool.execute(() -> log(slow.join()))); // ok: blocking-in-async
    }

    CompletableFuture<String> r9(String id, Map<String, String> names, Optional<String> o, List<String> l) {
        return fetch(id).thenApply(v -> names.get(v) + name.get() + o.get() + l.get(0)); // ok: blocking-in-async
    }

    CompletableFuture<String> r10(List<String> l) {
        return flush().thenApply(v -> String.join(",", l)); // ok: blocking-in-async
    }

    CompletableFuture<Void> r11(CountDownLatch latch, Semaphore s, BlockingQueue<String> q, String id) {
        return fetch(id).thenAccept(v -> {
            latch.countDown(); // ok: blocking-in-async
            s.release(); // ok: blocking-in-async
            q.offer(v); // ok: blocking-in-async
            String head = q.poll(); // ok: blocking-in-async
            log(s.tryAcquire() + head); // ok: blocking-in-async
        });
    }

    CompletableFuture<String> r12(String id, CompletableFuture<String> other) {
        return fetch(id).thenApply(v -> v + other.getNow("none")); // ok: blocking-in-async
    }

    String r13(String id) throws Exception {
        Thread.sleep(10); // ok: blocking-in-async
        return fetch(id).get(1, TimeUnit.SECONDS); // ok: blocking-in-async
    }

    CompletableFuture<CompletableFuture<String>> r14(String id) {
        return fetch(id).thenApply(cache::get); // expect: nested-future
    }

    CompletableFuture<Void> r15(CountDownLatch latch) {
        return flush().thenRun(latch::countDown); // ok: blocking-in-async
    }

    CompletableFuture<Void> r16(List<CompletableFuture<String>> fs) {
        CompletableFuture<Void> all = CompletableFuture.allOf(fs.toArray(CompletableFuture[]::new));
        return all.thenAccept(v -> fs.forEach(f -> log(f.join()))); // ok: blocking-in-async
    }

    // ------------------------------------------------------------------ default-executor

    /** Somebody else's supplyAsync. */
    interface Tasks {
        <T> CompletableFuture<T> supplyAsync(java.util.function.Supplier<T> s);
        CompletableFuture<Void> runAsync(Runnable r);
        CompletableFuture<String> thenApplyAsync(String s);
    }

    CompletableFuture<String> x1(String id) {
        return CompletableFuture.supplyAsync(() -> compute(id)); // expect: default-executor
    }

    CompletableFuture<Void> x2(String id) {
        return CompletableFuture.runAsync(() -> importAll(id)); // expect: default-executor
    }

    CompletableFuture<String> x3(String id) {
        return fetch(id).thenApplyAsync(String::trim); // expect: default-executor
    }

    CompletionStage<Void> x4(CompletionStage<String> s) {
        return s.thenAcceptAsync(this::log); // expect: default-executor
    }

    CompletionStage<Void> x5(String id) {
        return load(id).thenComposeAsync(v -> store.save(v)); // expect: default-executor
    }

    CompletableFuture<String> x6(String a, String b) {
        return fetch(a).thenCombineAsync(fetch(b), (x, y) -> x + y); // expect: default-executor
    }

    void x7(List<String> ids) {
        List<CompletableFuture<String>> fs = ids.stream().map(id -> CompletableFuture.supplyAsync(() -> compute(id))).toList(); // expect: default-executor
        fs.forEach(CompletableFuture::join);
    }

    CompletableFuture<Void> x8(String id) {
        return fetch(id)
            .thenApply(String::trim)
            .thenRunAsync(this::done) // expect: default-executor
            .thenRun(this::done);
    }

    CompletableFuture<String> y1(String id) {
        return CompletableFuture.supplyAsync(() -> compute(id), pool); // ok: default-executor
    }

    CompletableFuture<Void> y2(String id) {
        return CompletableFuture.runAsync(() -> importAll(id), pool); // ok: default-executor
    }

    CompletableFuture<Void> y3(String id) {
        return CompletableFuture.runAsync(() -> importAll(id), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, pool)); // ok: default-executor
    }

    CompletableFuture<String> y4(String id) {
        return fetch(id).thenApplyAsync(String::trim, pool); // ok: default-executor
    }

    CompletionStage<Void> y5(String id) {
        return load(id).thenComposeAsync(v -> store.save(v), pool); // ok: default-executor
    }

    CompletableFuture<String> y6(String a, String b) {
        return fetch(a).thenCombineAsync(fetch(b), (x, y) -> x + y, Runnable::run); // ok: default-executor
    }

    CompletableFuture<String> y7(Tasks t, String id) {
        return t.supplyAsync(() -> compute(id)); // ok: default-executor
    }

    CompletableFuture<Void> y8(Tasks t, String id) {
        return t.runAsync(() -> importAll(id)); // ok: default-executor
    }

    CompletableFuture<String> y9(Tasks t, String id) {
        return t.thenApplyAsync(id); // ok: default-executor
    }

    CompletableFuture<String> y10(String id) {
        return fetch(id).thenApply(String::trim).orTimeout(1, TimeUnit.SECONDS); // ok: default-executor
    }

    CompletableFuture<String> y11(String id) {
        return fetch(id).whenCompleteAsync((v, t) -> log(v, t), pool); // ok: default-executor
    }

    CompletableFuture<String> y12(String id) {
        return new CompletableFuture<String>().completeAsync(() -> compute(id), pool); // ok: default-executor
    }

    @SuppressWarnings("default-executor")
    CompletableFuture<String> y13(String id) {
        return CompletableFuture.supplyAsync(() -> compute(id)); // ok: default-executor
    }
}
