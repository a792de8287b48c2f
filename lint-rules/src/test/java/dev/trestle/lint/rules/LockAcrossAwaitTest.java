package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Waiting for a future while a lock is held, and unlocking on a thread that does not hold it. */
class LockAcrossAwaitTest {
  private static final String RULE = "lock-across-await";
  private static final String LOCKS = "import java.util.concurrent.locks.*; ";

  @Test
  void waitingInsideSynchronized() {
    MarkedSource.members(
            """
            final Object monitor = new Object();
            synchronized void method() throws Exception {
              use(1);
              save(1).join(); // finding: lock-across-await/wait
              if (test()) { held.get(); } // finding: lock-across-await/wait
              held.get(1, TimeUnit.SECONDS); // finding: lock-across-await/wait
              items.forEach(x -> save(x).join()); // finding: lock-across-await/wait
              use(pending.stream().map(CompletableFuture::join).toList()); // finding: lock-across-await/wait
              executor.submit(() -> 1).get(); // finding: lock-across-await/wait
              executor.execute(() -> save(1).join());
              use(held.thenApply(x -> save(x).join()));
              new Thread(() -> save(1).join()).start();
              if (held.isDone()) { held.join(); }
              held.getNow("");
              held.cancel(true);
              save(1);  // finding: un-awaited
            }
            static synchronized void shared(CompletableFuture<String> f) { f.join(); } // finding: lock-across-await/wait
            void block(dev.trestle.bridge.AsyncToSync sync, reactor.core.publisher.Mono<String> mono) throws Exception {
              synchronized (this) { save(1).join(); } // finding: lock-across-await/wait
              synchronized (monitor) { for (;;) { save(1).get(); } } // finding: lock-across-await/wait
            }
            void more(dev.trestle.bridge.AsyncToSync sync, reactor.core.publisher.Mono<String> mono) {
              synchronized (monitor) { sync.call(() -> save(1)); } // finding: lock-across-await/wait
              synchronized (monitor) { mono.block(); } // finding: lock-across-await/wait
              synchronized (monitor) { dev.trestle.bridge.Tasks.await(save(1)); } // finding: lock-across-await/wait
              CompletableFuture<String> f;
              synchronized (monitor) { f = save(1); }
              f.join();
              synchronized (save(2).join()) { use(1); }
              synchronized (monitor) { held = save(1); }
              synchronized (monitor) { pending.add(save(1)); }
              synchronized (monitor) { new Object() { void later() { save(1).join(); } }; }
              synchronized (monitor) { Runnable r = () -> save(1).join(); executor.execute(r); }
              synchronized (monitor) { use(map.get("a")); String.join(",", items); }
            }
            """)
        .with(Libraries.ASYNC_TO_SYNC)
        .with(Libraries.TASKS)
        .with(Libraries.MONO)
        .check();
  }

  @Test
  void waitingBetweenLockAndUnlock() {
    MarkedSource.of(
            LOCKS
                + """
                import java.util.concurrent.*;
                abstract class Locked {
                  final ReentrantLock lock = new ReentrantLock();
                  final ReadWriteLock both = new ReentrantReadWriteLock();
                  final StampedLock stamped = new StampedLock();
                  final Semaphore semaphore = new Semaphore(1);
                  CompletableFuture<String> held;
                  abstract CompletableFuture<String> save(Object value);
                  void usual() {
                    held.join();
                    lock.lock();
                    try {
                      save(1).join(); // finding: lock-across-await/wait
                      CompletableFuture<String> f = save(2);
                      if (f.isDone()) { f.join(); }
                    } finally {
                      lock.unlock();
                    }
                    held.join();
                  }
                  void plain() throws Exception {
                    lock.lockInterruptibly();
                    held.get(); // finding: lock-across-await/wait
                    lock.unlock();
                    held.get();
                  }
                  void read() {
                    both.readLock().lock();
                    try { held.join(); } finally { both.readLock().unlock(); } // finding: lock-across-await/wait
                    both.writeLock().lock();
                    try { held = save(1); } finally { both.writeLock().unlock(); }
                    held.join();
                  }
                  void stamp() {
                    long stamp = stamped.writeLock();
                    try { held.join(); } finally { stamped.unlockWrite(stamp); } // finding: lock-across-await/wait
                    held.join();
                  }
                  void tried() {
                    if (lock.tryLock()) {
                      try { held.join(); } finally { lock.unlock(); } // finding: lock-across-await/wait
                    }
                    if (!lock.tryLock()) { held.join(); return; }
                    try { held.join(); } finally { lock.unlock(); } // finding: lock-across-await/wait
                  }
                  void inFinally() {
                    this.lock.lock();
                    try { System.gc(); } finally {
                      held.join(); // finding: lock-across-await/wait
                      lock.unlock();
                      held.join();
                    }
                  }
                  void early(boolean b) {
                    lock.lock();
                    if (b) { lock.unlock(); return; }
                    held.join(); // finding: lock-across-await/wait
                    lock.unlock();
                  }
                  void inside() {
                    lock.lock();
                    try { System.gc(); lock.unlock(); held.join(); } finally { System.gc(); }
                  }
                  void maybe(boolean b) {
                    if (b) { lock.lock(); }
                    held.join();
                    if (b) { lock.unlock(); }
                  }
                  void nested(Lock other) {
                    lock.lock();
                    other.lock();
                    try { System.gc(); } finally { other.unlock(); }
                    held.join(); // finding: lock-across-await/wait
                    lock.unlock();
                  }
                  void limited() throws Exception {
                    semaphore.acquire();
                    try { held.join(); } finally { semaphore.release(); }
                  }
                  void elsewhere(Executor executor) {
                    lock.lock();
                    try { executor.execute(() -> held.join()); } finally { lock.unlock(); }
                  }
                }
                """)
        .check();
  }

  @Test
  void unlockingInACallback() {
    MarkedSource.members(
            """
            java.util.concurrent.locks.Lock lock;
            java.util.concurrent.locks.ReentrantLock reentrant;
            java.util.concurrent.locks.ReadWriteLock both;
            java.util.concurrent.locks.StampedLock stamped;
            Semaphore semaphore;
            void snippet() {
              lock.lock();
              use(save(1).whenComplete((v, t) -> lock.unlock())); // finding: lock-across-await/unlock
              use(save(1).thenRun(lock::unlock)); // finding: lock-across-await/unlock
              use(save(1).thenRunAsync(() -> lock.unlock(), executor)); // finding: lock-across-await/unlock
              use(save(1).handle((v, t) -> { reentrant.unlock(); return v; })); // finding: lock-across-await/unlock
              use(save(1).thenAccept(v -> { if (test()) { this.lock.unlock(); } })); // finding: lock-across-await/unlock
              use(save(1).thenRun(() -> both.writeLock().unlock())); // finding: lock-across-await/unlock
              use(CompletableFuture.runAsync(() -> { try { use(1); } finally { lock.unlock(); } })); // finding: lock-across-await/unlock
              use(save(1).thenRun(() -> { lock.lock(); try { use(1); } finally { lock.unlock(); } }));
              use(save(1).thenRun(() -> { if (lock.tryLock()) { lock.unlock(); } }));
              use(save(1).thenRun(() -> { if (reentrant.isHeldByCurrentThread()) { reentrant.unlock(); } }));
              use(save(1).thenRun(() -> { both.readLock().lock(); both.readLock().unlock(); }));
              use(save(1).whenComplete((v, t) -> semaphore.release()));
              long stamp = stamped.writeLock();
              use(save(1).whenComplete((v, t) -> stamped.unlockWrite(stamp)));
              lock.unlock();
              items.forEach(x -> lock.unlock());
              Runnable r = () -> lock.unlock();
              Runnable s = lock::unlock;
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void unlockingInACallbackIsAnError() {
    assertThat(new LockAcrossAwait().reasons())
        .anySatisfy(
            reason -> {
              assertThat(reason.id()).isEqualTo("unlock");
              assertThat(reason.severity().toString()).isEqualToIgnoringCase("error");
            });
  }

  @Test
  void theMessageNamesTheWaitAndTheLock() {
    assertThat(MarkedSource.method("synchronized (items) { held.join(); }").only(RULE).messages())
        .singleElement()
        .asString()
        .contains("join()", "synchronized (items)", "wait after");
  }
}
