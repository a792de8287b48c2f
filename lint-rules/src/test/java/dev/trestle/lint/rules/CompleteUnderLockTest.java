package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Completing a future inside and outside of a lock. */
class CompleteUnderLockTest {
  private static final String RULE = "complete-under-lock";

  @Test
  void completingWhileALockIsHeldRunsCallbacksInside() {
    MarkedSource.members(
            """
            final java.util.concurrent.locks.Lock lock = new java.util.concurrent.locks.ReentrantLock();
            final Queue<CompletableFuture<String>> waiters = new ArrayDeque<>();
            synchronized void method(String x) {
              held.complete(x); // finding: complete-under-lock
              held.completeExceptionally(new Exception()); // finding: complete-under-lock
              held.cancel(true); // finding: complete-under-lock
              waiters.poll().complete(x); // finding: complete-under-lock
              waiters.forEach(f -> f.complete(x)); // finding: complete-under-lock
              for (var f : waiters) { f.cancel(false); } // finding: complete-under-lock
              items.forEach(held::complete); // finding: complete-under-lock
              CompletableFuture<String> next = waiters.poll();
              if (next != null) { next.complete(x); } // finding: complete-under-lock
            }
            void blocks(String x) {
              synchronized (waiters) { held.complete(x); } // finding: complete-under-lock
              lock.lock();
              try {
                held.complete(x); // finding: complete-under-lock
              } finally {
                lock.unlock();
              }
              lock.lock();
              try { use(1); } finally { held.complete(x); lock.unlock(); } // finding: complete-under-lock
              if (lock.tryLock()) { try { held.cancel(true); } finally { lock.unlock(); } } // finding: complete-under-lock
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void afterTheLockAndElsewhereIsFine() {
    MarkedSource.members(
            """
            final java.util.concurrent.locks.Lock lock = new java.util.concurrent.locks.ReentrantLock();
            final Queue<CompletableFuture<String>> waiters = new ArrayDeque<>();
            Future<?> timer; FutureTask<String> task;
            void free(String x) {
              CompletableFuture<String> next;
              synchronized (waiters) { next = waiters.poll(); }
              next.complete(x);
              held.complete(x);
              lock.lock();
              try { next = waiters.poll(); } finally { lock.unlock(); }
              next.complete(x);
              lock.lock();
              try { use(1); } finally { lock.unlock(); held.complete(x); }
            }
            synchronized void elsewhere(String x) {
              executor.execute(() -> held.complete(x));
              use(held.thenAccept(v -> waiters.peek().complete(v)));
              new Thread(() -> held.complete(x)).start();
              Runnable r = () -> held.complete(x);
              held.completeAsync(() -> x, executor);
              held.completeOnTimeout(x, 1, TimeUnit.SECONDS);
              held.isDone();
              timer.cancel(true);
              task.cancel(true);
            }
            synchronized CompletableFuture<String> made(String x) {
              CompletableFuture<String> fresh = new CompletableFuture<>();
              fresh.complete(x);
              new CompletableFuture<String>().complete(x);
              return fresh;
            }
            CompletableFuture<String> madeInBlock(String x) {
              synchronized (waiters) {
                var fresh = new CompletableFuture<String>();
                if (test()) { fresh.completeExceptionally(new Exception()); } else { waiters.add(fresh); }
                return fresh;
              }
            }
            static CompletableFuture<String> create() { throw new Error(); }
            synchronized CompletableFuture<String> madeByFactory(String x) {
              CompletableFuture<String> fresh = create();
              fresh.complete(x);
              return fresh;
            }
            CompletableFuture<String> madeBefore(String x) {
              var fresh = new CompletableFuture<String>();
              fresh.thenAccept(v -> use(v));
              synchronized (waiters) { fresh.complete(x); } // finding: complete-under-lock
              return fresh;
            }
            synchronized CompletableFuture<String> used(String x) {
              var fresh = new CompletableFuture<String>();
              use(fresh);
              fresh.complete(x); // finding: complete-under-lock
              return fresh;
            }
            synchronized CompletableFuture<String> field(String x) {
              if (young == null) {
                young = new CompletableFuture<>();
                if (test()) { young.complete(x); }
              }
              return young;
            }
            synchronized CompletableFuture<String> fieldSeen(String x) {
              young = new CompletableFuture<>();
              use(young);
              young.complete(x); // finding: complete-under-lock
              return young;
            }
            CompletableFuture<String> young;
            static class Order { void complete(String x) {} void cancel() {} }
            synchronized void other(Order order) { order.complete("x"); order.cancel(); }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theMessageNamesTheLock() {
    assertThat(
            MarkedSource.method("synchronized (items) { held.complete(item); }")
                .only(RULE)
                .messages())
        .singleElement()
        .asString()
        .contains("complete(..)", "synchronized (items)", "complete it after");
  }
}
