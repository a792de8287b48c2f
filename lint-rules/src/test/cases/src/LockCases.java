package cases;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** lock-across-await and complete-under-lock. */
public abstract class LockCases {
    private final Object monitor = new Object();
    private final Lock lock = new ReentrantLock();
    private final Semaphore permits = new Semaphore(4);
    private final Executor executor;
    private final Map<String, CompletableFuture<String>> waiting = new HashMap<>();
    private String cached;

    protected LockCases(Executor executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<String> fetch(String id);

    abstract CompletionStage<Void> save(String value);

    // case+ lock-across-await | waiting for a future inside a synchronized block
    String cachedOrFetched(String id) {
        synchronized (monitor) {
            if (cached == null) {
                cached = fetch(id).join(); // expect: lock-across-await
            }
            return cached;
        }
    }

    // case+ lock-across-await | waiting for a future inside a synchronized method, in a branch
    synchronized String refresh(String id, boolean force) throws Exception {
        if (force) {
            return fetch(id).thenApply(String::trim).get(); // expect: lock-across-await
        }
        return cached;
    }

    // case+ lock-across-await | waiting between lock() and unlock()
    void store(String value) {
        lock.lock();
        try {
            cached = value;
            save(value).toCompletableFuture().join(); // expect: lock-across-await
        } finally {
            lock.unlock();
        }
    }

    // case+ lock-across-await | unlocking in a callback (error)
    CompletionStage<Void> storeLocked(String value) {
        lock.lock();
        cached = value;
        return save(value)
                .whenComplete((v, t) -> lock.unlock()); // expect: lock-across-await
    }

    // case- lock-across-await | started under the lock, awaited after it
    String fetchOutside(String id) {
        CompletableFuture<String> f;
        synchronized (monitor) {
            f = waiting.computeIfAbsent(id, this::fetch);
        }
        return f.join();
    }

    // case- lock-across-await | unlocked before the wait
    void storeOutside(String value) {
        CompletionStage<Void> saved;
        lock.lock();
        try {
            cached = value;
            saved = save(value);
        } finally {
            lock.unlock();
        }
        saved.toCompletableFuture().join();
    }

    // case- lock-across-await | a semaphore may be released in a callback
    CompletionStage<Void> storeLimited(String value) {
        permits.acquireUninterruptibly();
        return save(value).whenComplete((v, t) -> permits.release());
    }

    // case- lock-across-await | the join stands in a lambda that runs elsewhere, without the lock
    void storeElsewhere(String value) {
        synchronized (monitor) {
            cached = value;
            executor.execute(() -> save(value).toCompletableFuture().join());
        }
    }

    // case- lock-across-await | the callback takes the lock and gives it back itself
    CompletableFuture<Void> remember(String id) {
        return fetch(id).thenAccept(value -> {
            lock.lock();
            try {
                cached = value;
            } finally {
                lock.unlock();
            }
        });
    }

    // case+ complete-under-lock | complete inside a synchronized block
    void arrived(String id, String value) {
        synchronized (monitor) {
            CompletableFuture<String> f = waiting.remove(id);
            if (f != null) {
                f.complete(value); // expect: complete-under-lock
            }
        }
    }

    // case+ complete-under-lock | completeExceptionally between lock() and unlock(), in a loop
    void failAll(Throwable t) {
        lock.lock();
        try {
            for (CompletableFuture<String> f : waiting.values()) {
                f.completeExceptionally(t); // expect: complete-under-lock
            }
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    // case+ complete-under-lock | cancel in a synchronized method
    synchronized void cancel(String id) {
        CompletableFuture<String> f = waiting.remove(id);
        if (f != null) {
            f.cancel(false); // expect: complete-under-lock
        }
    }

    // case- complete-under-lock | taken out under the lock, completed after it
    void arrivedLater(String id, String value) {
        CompletableFuture<String> f;
        synchronized (monitor) {
            f = waiting.remove(id);
        }
        if (f != null) {
            f.complete(value);
        }
    }

    // case- complete-under-lock | completed in a lambda that runs after the lock
    void arrivedElsewhere(String id, String value) {
        lock.lock();
        try {
            CompletableFuture<String> f = waiting.remove(id);
            executor.execute(() -> f.complete(value));
        } finally {
            lock.unlock();
        }
    }

    // case- complete-under-lock | completedFuture and isCompletedExceptionally complete nothing
    CompletableFuture<String> known(String id) {
        synchronized (monitor) {
            CompletableFuture<String> f = waiting.get(id);
            if (f == null || f.isCompletedExceptionally()) {
                return CompletableFuture.completedFuture(cached);
            }
            return f;
        }
    }

    interface Build {
        void complete(String artifact);

        boolean cancel(String reason);
    }

    // case- complete-under-lock | complete and cancel of something that is no future
    void finish(Build build, String artifact) {
        synchronized (monitor) {
            if (artifact == null) {
                build.cancel("nothing built");
            } else {
                build.complete(artifact);
            }
        }
    }
}
