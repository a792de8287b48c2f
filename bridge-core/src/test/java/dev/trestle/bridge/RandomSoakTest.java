package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 25, with everything that may go wrong: cancels, time-outs, interrupts, scopes that close, bodies
 * that throw, futures shared between requests, permits, locks and tasks. Every future completes;
 * each body runs at most once, on the thread of its home, and in the middle of no other request's;
 * at the end of a long run no thread and no memory is left over.
 *
 * <p>{@code mvn -Psoak test -pl bridge-core -am} runs it for 20 minutes, with {@code
 * -Dsoak.minutes=5} for five; {@code -Dtrestle.test.seed} the same programs.
 */
@Tag("concurrency")
@Timeout(value = 10, unit = TimeUnit.HOURS) // each program has a limit of its own
class RandomSoakTest {
  private static final int SCOPES = 3;

  /** The scopes, then a thread-sensitive executor, then an executor of one thread. */
  private static final int HOMES = SCOPES + 2;

  private static final int SINGLE = HOMES - 1;
  private static final int SHARED = 4;
  private static final int DEPTH = 3;
  private static final int PROGRAMS = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long SEED = Long.getLong("trestle.test.seed", new Random().nextLong());
  private static final long NANOS = TimeUnit.MINUTES.toNanos(Integer.getInteger("soak.minutes", 0));

  private final AsyncToSync async = AsyncToSync.create();
  private final SyncToAsync concurrent = SyncToAsync.concurrent();
  private final EventLoopThread loop = EventLoopThread.start("loop");
  private final ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("executor");
  private final ExecutorService single =
      Executors.newSingleThreadExecutor(body -> new Thread(body, "single"));
  private final ScheduledExecutorService mischief = Executors.newScheduledThreadPool(1);

  @AfterEach
  void close() {
    mischief.shutdownNow();
    single.shutdownNow();
    var unused = executor.closeAsync();
    unused = loop.closeAsync();
  }

  /** What a body does, for the request that it is done for. */
  private interface Body {
    int run(int request) throws Exception;
  }

  /** Makes a call for a request. */
  private interface Start {
    CompletableFuture<Integer> call(int request);
  }

  private static final class Planned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Planned() {
      super("planned", null, false, false);
    }
  }

  /** One program: what its bodies do is decided before it starts. */
  private final class Program {
    private final Random random;

    /** Homes are taken in one order, so that there is no deadlock; else in any. */
    private final boolean ordered;

    /** Whether requests wait for each other's futures. */
    private final boolean sharing;

    private final List<ThreadSensitiveScope> scopes =
        Stream.generate(ThreadSensitiveScope::open).limit(SCOPES).toList();
    private final List<SyncToAsync> homes;
    private final Limiter limiter = Limiter.of("soak", 2, 20);
    private final AsyncLock lock = AsyncLock.named("soak");
    private final Collection<CompletableFuture<?>> made = new ConcurrentLinkedQueue<>();
    private final Collection<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<CompletableFuture<Integer>> shared =
        new AtomicReferenceArray<>(SHARED);
    private final AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(HOMES);
    private final ThreadLocal<Deque<Integer>> requests = ThreadLocal.withInitial(ArrayDeque::new);

    Program(long seed) {
      random = new Random(seed);
      ordered = random.nextBoolean();
      sharing = !ordered && random.nextBoolean();
      homes =
          Stream.concat(
                  scopes.stream().map(SyncToAsync::threadSensitive),
                  Stream.of(SyncToAsync.on(executor), SyncToAsync.on(single)))
              .toList();
    }

    void run() {
      List<Runnable> roots = new ArrayList<>();
      int count = 2 + random.nextInt(4);
      CountDownLatch ended = new CountDownLatch(count);
      for (int i = 0; i < count; i++) {
        roots.add(root(i, ended));
      }
      for (ThreadSensitiveScope scope : scopes) {
        if (random.nextInt(8) == 0) {
          soon(() -> made.add(scope.closeAsync()));
        }
      }
      roots.forEach(Runnable::run);
      check(ended);
      List<CompletableFuture<Void>> closed =
          scopes.stream().map(ThreadSensitiveScope::closeAsync).toList();
      closed.forEach(Patience::result);
      assertThat(wrong).isEmpty();
    }

    private void check(CountDownLatch ended) {
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(1))
            .until(
                () -> ended.getCount() == 0 && made.stream().allMatch(CompletableFuture::isDone));
      } catch (ConditionTimeoutException e) {
        throw new AssertionError("hangs:\n" + Calls.dump(), e);
      }
    }

    /** A request from a plain thread, the loop, or nowhere in particular. */
    private Runnable root(int request, CountDownLatch ended) {
      Start start = random.nextInt(3) == 0 ? around(0) : call(0, DEPTH);
      boolean interrupted = random.nextInt(4) == 0;
      Runnable counted =
          () -> {
            CompletableFuture<Integer> call = start.call(request);
            CompletableFuture<Integer> outcome = new CompletableFuture<>();
            call.whenComplete(
                (value, thrown) -> {
                  expected(thrown);
                  outcome.complete(0);
                  ended.countDown();
                });
          };
      return switch (random.nextInt(3)) {
        case 0 -> counted;
        case 1 -> () -> loop.execute(counted);
        default -> plainThread(request, block(0, DEPTH), interrupted, ended);
      };
    }

    private Runnable plainThread(int request, Body body, boolean interrupted, CountDownLatch end) {
      return () -> {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    body.run(request);
                  } catch (Throwable e) {
                    expected(e);
                  } finally {
                    end.countDown();
                  }
                },
                "plain-" + request);
        thread.setDaemon(true);
        thread.start();
        if (interrupted) {
          soon(thread::interrupt);
        }
      };
    }

    /** Notes what nobody has planned. */
    private void expected(Throwable thrown) {
      if (thrown == null) {
        return;
      }
      Throwable cause = thrown;
      while (cause.getCause() != null
          && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
        cause = cause.getCause();
      }
      if (cause instanceof BridgeDeadlockException) {
        if (ordered) {
          wrong.add(thrown);
        }
      } else if (!(cause instanceof BridgeException
          || cause instanceof CancellationException
          || cause instanceof InterruptedException
          || cause instanceof TimeoutException
          || cause instanceof Planned)) {
        wrong.add(thrown);
      }
    }

    private void soon(Runnable task) {
      var unused = mischief.schedule(task, random.nextInt(20_000), TimeUnit.MICROSECONDS);
    }

    // ---- what bodies do

    private Body body(int held, int depth) {
      List<Body> steps = new ArrayList<>();
      for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
        steps.add(step(held, depth - 1));
      }
      int end = random.nextInt(20);
      int spins = 1 << random.nextInt(12);
      boolean locked = steps.isEmpty() && random.nextInt(6) == 0;
      return request -> {
        int sum = 1;
        for (Body step : steps) {
          sum += step.run(request);
        }
        if (locked) {
          try (Hold hold = Tasks.await(lock.acquire())) {
            assertThat(hold).isNotNull();
            spin(spins);
          }
        } else {
          spin(spins);
        }
        if (end == 0) {
          throw new Planned();
        }
        return sum;
      };
    }

    private void spin(int spins) {
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait();
      }
    }

    /** A step; one in two swallows what goes wrong in it, and goes on. */
    private Body step(int held, int depth) {
      Body step = block(held, depth);
      if (random.nextBoolean()) {
        return step;
      }
      return request -> {
        try {
          return step.run(request);
        } catch (Exception e) {
          expected(e);
          return 0;
        }
      };
    }

    private Body block(int held, int depth) {
      Start first = call(held, depth);
      Start second = call(held, depth);
      Start stage = stage(first, second, held, depth);
      int slot = random.nextInt(SHARED);
      Duration limit = Duration.ofNanos(1 + random.nextInt(30_000_000));
      return switch (random.nextInt(11)) {
        case 0 -> request -> async.call(() -> first.call(request));
        case 10 -> request -> noted(loop.start(() -> Tasks.await(stage.call(request)))).join();
        case 1 -> request -> stage.call(request).join();
        case 2 -> request -> stage.call(request).get();
        case 3 -> request -> stage.call(request).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        case 4 -> request -> async.withTimeout(limit).call(() -> stage.call(request));
        case 5 -> request -> AsyncToSync.on(loop).call(() -> stage.call(request));
        case 6 ->
            request -> {
              CompletableFuture<Integer> before = first.call(request);
              return async.<Integer>call(() -> second.call(request))
                  + async.<Integer>call(() -> before);
            };
        case 7 ->
            request -> {
              CompletableFuture<Integer> other =
                  sharing && held != SINGLE ? shared.get(slot) : null;
              return other == null ? 0 : other.thenApply(x -> x).join();
            };
        default -> request -> async.call(() -> stage.call(request));
      };
    }

    // ---- calls, and stages of several

    private Start call(int held, int depth) {
      int home =
          held == SINGLE
              ? random.nextInt(3) == 0 ? SINGLE : HOMES
              : ordered ? held + random.nextInt(HOMES + 1 - held) : random.nextInt(HOMES + 2);
      Body body = body(home < HOMES ? home : held, depth);
      int slot = sharing ? random.nextInt(2 * SHARED) : SHARED;
      int given = random.nextInt(12);
      long delay = random.nextInt(10_000);
      CancelPolicy policy = CancelPolicy.values()[random.nextInt(CancelPolicy.values().length)];
      Duration limit = Duration.ofNanos(1 + random.nextInt(30_000_000));
      SyncToAsync plain =
          home < HOMES
              ? homes.get(home)
              : home == HOMES ? concurrent : SyncToAsync.threadSensitive();
      SyncToAsync to =
          switch (given) {
            case 0 -> plain.withTimeout(limit);
            case 1 -> plain.shielded();
            case 4 -> mayBeLimited(held, home, depth) ? plain.limitedBy(limiter) : plain;
            default -> plain;
          };
      SyncToAsync with = to.withCancel(policy).withDetachedFailures(this::expected);
      return request -> {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> call = with.call(() -> checked(home, request, runs, body));
        made.add(call);
        if (slot < SHARED) {
          shared.set(slot, call);
        }
        if (given == 2 || given == 3) {
          var unused = mischief.schedule(() -> call.cancel(true), delay, TimeUnit.MICROSECONDS);
        }
        return call;
      };
    }

    /**
     * A permit is one more thing to hold while waiting. In programs without a deadlock, only who
     * waits for nothing has one; and nobody can see whether the one thread of an executor waits.
     */
    private boolean mayBeLimited(int held, int home, int depth) {
      return ordered ? home == HOMES && depth == 0 : held != SINGLE && home != SINGLE;
    }

    private int checked(int home, int request, AtomicInteger runs, Body body) throws Exception {
      if (runs.incrementAndGet() > 1) {
        wrong.add(new AssertionError("a body runs twice"));
      }
      Thread here = Thread.currentThread();
      if (home < HOMES && threads.get(home) != here && !threads.compareAndSet(home, null, here)) {
        wrong.add(
            new AssertionError("home " + home + " on " + here + ", and " + threads.get(home)));
      }
      Deque<Integer> stack = requests.get();
      if (!sharing && !stack.isEmpty() && stack.peek() != request) {
        wrong.add(new AssertionError(request + " runs within " + stack));
      }
      stack.push(request);
      try {
        return body.run(request);
      } finally {
        stack.pop();
      }
    }

    private Start around(int held) {
      Start inner = stage(call(held, DEPTH), call(held, DEPTH), held, DEPTH);
      return request -> noted(ThreadSensitiveScope.around(() -> inner.call(request)));
    }

    private <T> CompletableFuture<T> noted(CompletableFuture<T> future) {
      made.add(future);
      return future;
    }

    private Start stage(Start first, Start second, int held, int depth) {
      IntFunction<Stream<CompletableFuture<Integer>>> both =
          request -> Stream.of(first.call(request), second.call(request));
      return switch (random.nextInt(12)) {
        case 0 ->
            request -> noted(first.call(request).thenCombine(second.call(request), Integer::sum));
        case 1 -> request -> noted(first.call(request).thenCompose(x -> second.call(request)));
        case 2 ->
            request ->
                noted(
                    Stages.all(both.apply(request).toList())
                        .thenApply(all -> all.get(0) + all.get(1)));
        case 3 -> request -> noted(Stages.any(both.apply(request).toList()));
        case 4 -> request -> noted(first.call(request).applyToEither(second.call(request), x -> x));
        case 5 -> request -> noted(first.call(request).handle((x, thrown) -> x == null ? 0 : x));
        case 6 ->
            request ->
                noted(first.call(request).exceptionallyCompose(thrown -> second.call(request)));
        case 7 ->
            request ->
                noted(first.call(request).thenApply(x -> x).orTimeout(5, TimeUnit.MILLISECONDS));
        case 8 ->
            request ->
                noted(
                    Stages.all(
                            Stages.any(first.call(request), second.call(request)),
                            first.call(request).whenComplete((x, thrown) -> {}))
                        .thenCompose(x -> second.call(request)));
        case 9 -> request -> noted(ThreadSensitiveScope.around(() -> first.call(request)));
        default -> first;
      };
    }
  }

  // 25 ★
  @Test
  void whateverHappensEveryFutureCompletes() {
    long end = System.nanoTime() + NANOS;
    int programs = 0;
    Usage atFirst = Usage.now();
    do {
      long seed = SEED + programs;
      try {
        new Program(seed).run();
      } catch (AssertionError e) {
        throw new AssertionError("program " + programs + " of -Dtrestle.test.seed=" + SEED, e);
      }
      programs++;
      if (programs == PROGRAMS) {
        atFirst = Usage.now();
      }
    } while (programs < PROGRAMS || System.nanoTime() - end < 0);
    if (NANOS > 0) {
      Usage before = atFirst;
      Awaitility.await()
          .atMost(Duration.ofMinutes(2)) // until idle threads have gone
          .untilAsserted(() -> Usage.now().isNoMoreThan(before));
      System.out.println(
          "soak: " + programs + " programs; at first " + before + ", at the end " + Usage.now());
    }
  }

  /** What a JVM has at one moment. */
  private record Usage(int threads, long megabytes) {
    static Usage now() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
      return new Usage(ManagementFactory.getThreadMXBean().getThreadCount(), used);
    }

    void isNoMoreThan(Usage before) {
      assertThat(threads).isLessThanOrEqualTo(before.threads + 5);
      assertThat(megabytes).isLessThanOrEqualTo(before.megabytes + 20);
    }

    @Override
    public String toString() {
      return threads + " threads and " + megabytes + " MB";
    }
  }
}
