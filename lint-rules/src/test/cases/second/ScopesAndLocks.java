package cases.second;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** future-escapes-scope, lock-across-await, complete-under-lock. */
abstract class ScopesAndLocks extends Svc {

    interface Conn extends AutoCloseable {
        CompletableFuture<String> query(String q);
        String read(String q);
        int size();
        @Override
        void close();
    }

    interface Span extends AutoCloseable {
        void tag(String k, String v);
        @Override
        void close();
    }

    interface Clock {
        void start();
        void stop();
    }

    protected abstract Conn open();
    protected abstract Span span(String name);
    protected abstract CompletableFuture<String> fetchOrThrow(String id) throws IOException;
    protected Clock clock;

    // ------------------------------------------------------------------ future-escapes-scope

    CompletableFuture<String> e1(String q) {
        try (Conn c = open()) {
            return c.query(q); // expect: future-escapes-scope
        }
    }

    CompletableFuture<Integer> e2(String q) {
        try (Conn c = open(); Span s = span("q")) {
            return c.query(q).thenApply(String::length); // expect: future-escapes-scope
        }
    }

    CompletableFuture<String> e3(String q) {
        try (var c = open()) {
            return CompletableFuture.supplyAsync(() -> c.read(q), pool); // expect: future-escapes-scope
        }
    }

    CompletableFuture<String> e4(String q) {
        Conn c = open();
        try {
            return c.query(q); // expect: future-escapes-scope
        } finally {
            c.close();
        }
    }

    CompletionStage<String> e5(String id) {
        try { return fetch(id); } catch (CompletionException e) { log("fetch", e); return CompletableFuture.completedFuture("none"); } // expect: future-escapes-scope
    }

    CompletableFuture<String> e6(Conn c, String id) {
        try (c) {
            if (id.isEmpty()) {
                return CompletableFuture.completedFuture("");
            }
            return fetch(id).thenCompose(v -> c.query(v)); // expect: future-escapes-scope
        }
    }

    CompletableFuture<Void> e7(String q) {
        final Conn c = open();
        try {
            log("querying");
            return c.query(q).thenAccept(this::log); // expect: future-escapes-scope
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            if (c != null) {
                c.close();
            }
        }
    }

    String f1(String q) {
        try (Conn c = open()) {
            return c.query(q).join(); // ok: future-escapes-scope
        }
    }

    String f2(String q) throws Exception {
        Conn c = open();
        try {
            return c.query(q).get(1, TimeUnit.SECONDS); // ok: future-escapes-scope
        } finally {
            c.close();
        }
    }

    CompletableFuture<String> f3(String q) {
        try (Span s = span("q")) {
            s.tag("q", q);
            return fetch(q); // ok: future-escapes-scope
        }
    }

    CompletableFuture<Void> f4(String q) {
        try (Conn c = open()) {
            int n = c.size();
            return store.save("rows " + n); // ok: future-escapes-scope
        }
    }

    CompletableFuture<String> f5(String id) {
        clock.start();
        try {
            return fetch(id); // ok: future-escapes-scope
        } finally {
            clock.stop();
        }
    }

    CompletableFuture<String> f6(String id) {
        try {
            return fetchOrThrow(id); // ok: future-escapes-scope
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e); // ok: future-escapes-scope
        }
    }

    CompletableFuture<String> f7(String id) {
        try {
            return fetch(id); // ok: future-escapes-scope
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e); // ok: future-escapes-scope
        }
    }

    CompletableFuture<String> f8(String q) {
        Conn c = open();
        return c.query(q).whenComplete((v, t) -> c.close()); // ok: future-escapes-scope
    }

    CompletableFuture<String> f9(String q) {
        try (Conn c = open()) {
            String v = c.read(q);
            return CompletableFuture.completedFuture(v); // ok: future-escapes-scope
        }
    }

    CompletableFuture<String> f10(String q) {
        try (Conn c = open()) {
            log("rows " + c.size());
        }
        return fetch(q); // ok: future-escapes-scope
    }

    String f11(String id) {
        try {
            return fetch(id).join(); // ok: future-escapes-scope
        } catch (CompletionException e) {
            log("fetch", e);
            return "none";
        }
    }

    int f12(String q) {
        try (Conn c = open()) {
            CompletableFuture<String> f = c.query(q);
            return f.join().length(); // ok: future-escapes-scope
        }
    }

    // ------------------------------------------------------------------ lock-across-await

    private final Lock lock = new ReentrantLock();
    private final ReentrantLock fair = new ReentrantLock(true);
    private final ReentrantReadWriteLock rw = new ReentrantReadWriteLock();
    private final Semaphore permits = new Semaphore(4);
    private final Object monitor = new Object();
    private String state;
    private CompletableFuture<String> running;

    void l1(String id) {
        synchronized (monitor) {
            state = fetch(id).join(); // expect: lock-across-await
        }
    }

    synchronized String l2(String id) throws ExecutionException, InterruptedException {
        return fetch(id).get(); // expect: lock-across-await
    }

    String l3(String id) {
        lock.lock();
        try {
            return fetch(id).join(); // expect: lock-across-await
        } finally {
            lock.unlock();
        }
    }

    void l4(String id) throws Exception {
        rw.writeLock().lock();
        try {
            state = store.fetch(id).get(1, TimeUnit.SECONDS); // expect: lock-across-await
        } finally {
            rw.writeLock().unlock();
        }
    }

    CompletableFuture<String> l5(String id) {
        lock.lock();
        return fetch(id).whenComplete((v, t) -> lock.unlock()); // expect: lock-across-await
    }

    CompletionStage<String> l6(String id) {
        fair.lock();
        return load(id).thenApply(v -> { fair.unlock(); return v; }); // expect: lock-across-await
    }

    void l7(Map<String, String> out) {
        synchronized (out) {
            if (out.isEmpty()) {
                out.put("x", load("x").toCompletableFuture().join()); // expect: lock-across-await
            }
        }
    }

    void l8(String id, CompletableFuture<String> held) {
        fair.lock();
        try {
            state = held.join(); // expect: lock-across-await
        } finally {
            fair.unlock();
        }
    }

    CompletableFuture<String> m1(String id) {
        synchronized (monitor) {
            running = fetch(id); // ok: lock-across-await
            return running; // ok: lock-across-await
        }
    }

    String m2(String id) {
        CompletableFuture<String> f;
        lock.lock();
        try {
            f = fetch(id); // ok: lock-across-await
            running = f;
        } finally {
            lock.unlock();
        }
        return f.join(); // ok: lock-across-await
    }

    CompletableFuture<String> m3(String id) throws InterruptedException {
        permits.acquire();
        return fetch(id).whenComplete((v, t) -> permits.release()); // ok: lock-across-await
    }

    String m4(String id) throws InterruptedException {
        permits.acquire();
        try {
            return fetch(id).join(); // ok: lock-across-await
        } finally {
            permits.release();
        }
    }

    void m5(String id) {
        String v = fetch(id).join(); // ok: lock-across-await
        synchronized (monitor) {
            state = v;
        }
    }

    void m6(CompletableFuture<String> f) {
        synchronized (monitor) {
            pool.execute(() -> log(f.join())); // ok: lock-across-await
        }
    }

    CompletableFuture<String> m7(String id) {
        return fetch(id).thenApply(v -> {
            lock.lock();
            try {
                state = v;
                return v;
            } finally {
                lock.unlock(); // ok: lock-across-await
            }
        });
    }

    CompletableFuture<Void> m8(String id) {
        return fetch(id).thenAccept(v -> {
            synchronized (monitor) { // ok: lock-across-await
                state = v;
            }
        });
    }

    String m9(CompletableFuture<String> f) {
        synchronized (monitor) {
            return f.getNow("none"); // ok: lock-across-await
        }
    }

    void m10(Map<String, String> m, Deque<String> q) {
        synchronized (monitor) {
            state = m.get("x") + String.join(",", q) + q.peek(); // ok: lock-across-await
        }
    }

    void m11(String id) {
        lock.lock();
        state = id;
        lock.unlock();
        store.save(id).join(); // ok: lock-across-await
    }

    synchronized CompletableFuture<String> m12(String id) {
        if (running == null) {
            running = fetch(id).thenApply(String::trim); // ok: lock-across-await
        }
        return running;
    }

    // ------------------------------------------------------------------ complete-under-lock

    private final CompletableFuture<String> promise = new CompletableFuture<>();
    private final Map<String, CompletableFuture<String>> waiting = new HashMap<>();
    private final Deque<CompletableFuture<String>> queue = new ArrayDeque<>();

    interface Task {
        void complete(String v);
        void cancel();
    }

    void c1(String v) {
        synchronized (monitor) {
            state = v;
            promise.complete(v); // expect: complete-under-lock
        }
    }

    synchronized void c2(Throwable t) {
        promise.completeExceptionally(t); // expect: complete-under-lock
    }

    void c3(String v) {
        lock.lock();
        try {
            CompletableFuture<String> next = queue.poll();
            if (next != null) {
                next.complete(v); // expect: complete-under-lock
            }
        } finally {
            lock.unlock();
        }
    }

    void c4() {
        synchronized (waiting) {
            for (CompletableFuture<String> f : waiting.values()) {
                f.cancel(true); // expect: complete-under-lock
            }
            waiting.clear();
        }
    }

    void c5(String k, String v) {
        rw.writeLock().lock();
        try {
            waiting.remove(k).complete(v); // expect: complete-under-lock
        } finally {
            rw.writeLock().unlock();
        }
    }

    synchronized boolean c6(CompletableFuture<String> f, IOException e) {
        state = "failed";
        return f.completeExceptionally(e); // expect: complete-under-lock
    }

    void c7(String v) {
        fair.lock();
        promise.complete(v); // expect: complete-under-lock
        fair.unlock();
    }

    void d1(String v) {
        synchronized (monitor) {
            state = v;
        }
        promise.complete(v); // ok: complete-under-lock
    }

    void d2(String k, String v) {
        CompletableFuture<String> f;
        synchronized (waiting) {
            f = waiting.remove(k); // ok: complete-under-lock
        }
        if (f != null) {
            f.complete(v); // ok: complete-under-lock
        }
    }

    void d3(String v) {
        CompletableFuture<String> next;
        lock.lock();
        try {
            next = queue.poll(); // ok: complete-under-lock
        } finally {
            lock.unlock();
        }
        next.complete(v); // ok: complete-under-lock
    }

    void d4(String v) {
        synchronized (monitor) {
            pool.execute(() -> promise.complete(v)); // ok: complete-under-lock
        }
    }

    synchronized void d5(Task t) {
        t.complete("x"); // ok: complete-under-lock
        t.cancel(); // ok: complete-under-lock
    }

    synchronized void d6(Timer t) {
        t.cancel(); // ok: complete-under-lock
    }

    void d7(String v) {
        promise.complete(v); // ok: complete-under-lock
    }

    synchronized boolean d8() {
        return promise.isDone() || promise.isCancelled(); // ok: complete-under-lock
    }

    void d9(String v) throws InterruptedException {
        permits.acquire();
        try {
            promise.complete(v); // ok: complete-under-lock
        } finally {
            permits.release();
        }
    }

    void d10(String v) {
        lock.lock();
        state = v;
        lock.unlock();
        promise.complete(v); // ok: complete-under-lock
    }

    synchronized Runnable d11(String v) {
        return () -> promise.complete(v); // ok: complete-under-lock
    }

    synchronized CompletableFuture<String> d12(String k) {
        return waiting.computeIfAbsent(k, this::fetch); // ok: complete-under-lock
    }
}
