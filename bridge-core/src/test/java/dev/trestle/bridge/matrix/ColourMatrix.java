package dev.trestle.bridge.matrix;

import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.Calls;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs chains one after the other on the same loops, and tells of each whether it keeps to it. */
final class ColourMatrix implements AutoCloseable {
  /** Far less than it takes a watchdog to report a wait. */
  private static final long LIMIT_MILLIS = 2_000;

  private ExecutorService callers = newCallers();
  private final Thread shared = SyncToAsync.threadSensitive().call(Thread::currentThread).join();
  private MatrixLoops loops = new MatrixLoops();
  private long seed;
  private int finished;
  private int refused;

  /** One thread, which is the home of the chains that it waits for. */
  private static ExecutorService newCallers() {
    return Executors.newSingleThreadExecutor(
        body -> {
          Thread caller = new Thread(body, "caller");
          caller.setDaemon(true);
          return caller;
        });
  }

  int finished() {
    return finished;
  }

  int refused() {
    return refused;
  }

  /** Fails unless the chain does what it should, in time, and leaves all loops alive. */
  void run(MatrixChain chain) {
    Collection<Throwable> wrong = new ConcurrentLinkedQueue<>();
    seed += 100;
    CompletableFuture<Thread> home = new CompletableFuture<>();
    CompletableFuture<Object> outcome;
    Collection<CompletionStage<?>> begun;
    if (chain.driven()) {
      callers.execute(() -> home.complete(Thread.currentThread()));
      MatrixRun run = new MatrixRun(chain, loops, Patience.result(home), seed, wrong);
      begun = run.begun();
      outcome = CompletableFuture.supplyAsync(() -> AsyncToSync.create().call(run::begin), callers);
    } else {
      MatrixRun run = new MatrixRun(chain, loops, shared, seed, wrong);
      begun = run.begun();
      outcome = run.begin();
    }
    try {
      judge(chain, outcome, wrong);
      awaitAll(begun);
      loops.beat(LIMIT_MILLIS, wrong);
    } catch (TimeoutException e) {
      wrong.add(new AssertionError("hangs\n" + Calls.dump()));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted in " + chain, e);
    }
    if (!wrong.isEmpty()) {
      loops = new MatrixLoops(); // those of before may be held for ever
      callers.shutdown();
      callers = newCallers();
      AssertionError failure = new AssertionError("-Dtrestle.test.chain='" + chain + "'");
      wrong.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private void judge(
      MatrixChain chain, CompletableFuture<Object> outcome, Collection<Throwable> wrong)
      throws InterruptedException, TimeoutException {
    MatrixRefusal expected =
        chain.failing().map(level -> MatrixRefusal.of(level, loops.at(level.place()))).orElse(null);
    try {
      Object value = plain(outcome).get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      finished++;
      if (expected != null) {
        wrong.add(new AssertionError("finishes, and does not fail with " + expected));
      } else if (!value.equals(seed + chain.depth() - 1)) {
        wrong.add(new AssertionError(value + ", not what belongs to " + seed));
      }
    } catch (ExecutionException e) {
      refused++;
      if (expected == null || !expected.is(e)) {
        wrong.add(new AssertionError("fails, and not with " + expected, e));
      }
    }
  }

  /** A future that takes no part in what is waited for. */
  private static <T> CompletableFuture<T> plain(CompletionStage<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    Patience.forward(stage, plain);
    return plain;
  }

  /** Also what nobody waits for ends, before the next chain begins. */
  private static void awaitAll(Collection<CompletionStage<?>> begun)
      throws InterruptedException, TimeoutException {
    for (CompletionStage<?> stage : begun) {
      CountDownLatch done = new CountDownLatch(1);
      stage.whenComplete((value, failure) -> done.countDown());
      if (!done.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
    }
  }

  @Override
  public void close() {
    callers.shutdown();
    loops.close();
  }
}
