package dev.trestle.bridge.matrix;

import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.Tasks;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.Calls;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One chain as it runs: each level tells what is wrong with the thread that it finds itself on. */
final class MatrixRun {
  private final MatrixChain chain;
  private final MatrixLoops loops;

  /** The thread of the chain's thread-sensitive work. */
  private final Thread home;

  /** What the innermost level yields. */
  private final long seed;

  private final Collection<Throwable> wrong;

  /** For each level what it waits for before it ends, if the one above must find it unfinished. */
  private final List<CompletableFuture<Void>> gates;

  /** The threads of the blocking levels so far. */
  private final Set<Thread> bodies = ConcurrentHashMap.newKeySet();

  private final Collection<CompletionStage<?>> begun = new ConcurrentLinkedQueue<>();

  MatrixRun(
      MatrixChain chain, MatrixLoops loops, Thread home, long seed, Collection<Throwable> wrong) {
    this.chain = chain;
    this.loops = loops;
    this.home = home;
    this.seed = seed;
    this.wrong = wrong;
    this.gates = IntStream.range(0, chain.depth()).mapToObj(this::gate).toList();
  }

  private CompletableFuture<Void> gate(int index) {
    return index > 0 && chain.levels().get(index - 1).needsUnfinishedStage()
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(null);
  }

  /** Each level that was begun, also those that nobody waits for any more. */
  Collection<CompletionStage<?>> begun() {
    return begun;
  }

  CompletableFuture<Object> begin() {
    return begin(0);
  }

  private CompletableFuture<Object> begin(int index) {
    CompletableFuture<Object> stage = begin(index, chain.levels().get(index));
    begun.add(stage);
    return stage;
  }

  private CompletableFuture<Object> begin(int index, MatrixLevel level) {
    return switch (level.colour()) {
      case SENSITIVE -> beginBlocking(SyncToAsync.threadSensitive(), index, level);
      case CONCURRENT -> beginBlocking(SyncToAsync.concurrent(), index, level);
      case TASK ->
          level.entry() == Entry.DIRECT
              ? loops.at(level.place()).start(() -> inTask(index, level))
              : onLoop(level, () -> Tasks.start(() -> inTask(index, level)));
      case CALLBACK -> beginCallback(index, level);
    };
  }

  private CompletableFuture<Object> beginBlocking(
      SyncToAsync blocking, int index, MatrixLevel level) {
    EventLoop loop = loops.at(level.place());
    if (level.entry() != Entry.DIRECT) {
      return onLoop(level, () -> blocking.call(() -> inBody(index, level, loop)));
    }
    EventLoop caller = EventLoop.current().orElse(null);
    return (loop.equals(caller) ? blocking : blocking.completingOn(loop))
        .call(() -> inBody(index, level, caller));
  }

  private CompletableFuture<Object> beginCallback(int index, MatrixLevel level) {
    EventLoop loop = loops.at(level.place());
    if (level.entry() == Entry.HOP) {
      return SyncToAsync.concurrent()
          .completingOn(loop)
          .run(() -> {})
          .thenComposeAsync(ignored -> inCallback(index, level));
    }
    boolean isHere =
        loops.threadAt(level.place()).thread() == Thread.currentThread() && loop.isCurrent();
    return isHere && level.entry() == Entry.DIRECT
        ? inCallback(index, level)
        : onLoop(level, () -> inCallback(index, level));
  }

  private CompletableFuture<Object> onLoop(
      MatrixLevel level, Callable<CompletableFuture<Object>> body) {
    EventLoop loop = loops.at(level.place());
    if (level.entry() != Entry.RAW) {
      return Calls.adopt(CompletableFuture.completedFuture(null))
          .thenComposeAsync(ignored -> MatrixRefusal.unchecked(body), loop);
    }
    CompletableFuture<Object> end = new CompletableFuture<>();
    loop.execute(
        Context.capture()
            .wrap(
                () -> {
                  try {
                    Patience.forward(body.call(), end);
                  } catch (Throwable e) {
                    end.completeExceptionally(e);
                  }
                }));
    return end;
  }

  /** What a level makes of what the next one yields. */
  private static Object more(Object value) {
    return (Long) value + 1;
  }

  // ---- blocking bodies

  /**
   * Runs a blocking level.
   *
   * @param back the loop that blocking code called from there goes back to; null if from none
   */
  private Object inBody(int index, MatrixLevel level, EventLoop back) throws Exception {
    Thread thread = Thread.currentThread();
    check(EventLoop.current().isEmpty(), level, "is not a loop");
    check(isAtHome(index, level, thread), level, "is on its kind of thread");
    bodies.add(thread);
    Patience.end(gates.get(index));
    if (chain.isLast(index)) {
      return seed;
    }
    int next = index + 1;
    EventLoop nextLoop = loops.at(chain.levels().get(next).place());
    Object value =
        switch (level.way()) {
          case CREATE -> AsyncToSync.create().call(() -> beginOn(back, next, level));
          case ON_NEXT -> AsyncToSync.on(nextLoop).call(() -> beginOn(nextLoop, next, level));
          case ON_OWN -> {
            EventLoop loop = loops.at(level.place());
            yield AsyncToSync.on(loop).call(() -> beginOn(loop, next, level));
          }
          case AWAIT -> Tasks.await(begin(next));
          case JOIN -> begin(next).join();
          case GET -> begin(next).get();
          case TIMED_GET -> begin(next).get(1, TimeUnit.DAYS);
          case RETURN -> begin(next);
        };
    check(thread == Thread.currentThread(), level, "goes on where it was");
    return level.way() == Way.RETURN ? value : more(value);
  }

  private boolean isAtHome(int index, MatrixLevel level, Thread thread) {
    if (level.colour() == Colour.CONCURRENT) {
      return thread.getName().startsWith("trestle-worker-");
    }
    if (thread == home) {
      return true;
    }
    // When the caller has left, what nobody waits for goes to a body of the chain that waits.
    return chain.mayBeLeft(index)
        && (bodies.contains(thread) || thread.getName().equals("trestle-shared"));
  }

  /** Begins a level in an async function, which is to run on a loop. */
  private CompletableFuture<Object> beginOn(EventLoop loop, int next, MatrixLevel level) {
    EventLoop current = EventLoop.current().orElse(null);
    check(current != null, level, "runs its async function on a loop");
    check(loop == null || loop.equals(current), level, "runs its async function on " + loop);
    return begin(next);
  }

  // ---- tasks

  private Object inTask(int index, MatrixLevel level) throws Exception {
    CompletableFuture<Void> gate = gates.get(index);
    if (!gate.isDone()) {
      hold(level, () -> null);
      Tasks.await(gate);
    }
    CompletableFuture<Object> stage =
        hold(
            level,
            () -> {
              checkTask(level);
              return chain.isLast(index) ? null : beginFrom(index, level);
            });
    if (stage == null) {
      return seed;
    }
    if (level.way() == Way.RETURN && level.passesOn()) {
      return stage;
    }
    Thread thread = Thread.currentThread();
    Object value = Tasks.await(stage);
    return hold(
        level,
        () -> {
          checkTask(level);
          check(thread == Thread.currentThread(), level, "goes on where it was");
          return more(value);
        });
  }

  private void checkTask(MatrixLevel level) {
    check(isLoop(level), level, "is its loop");
    String name = Thread.currentThread().getName();
    check(name.startsWith("trestle-task-"), level, "is on a thread of tasks");
  }

  // ---- callbacks

  private CompletableFuture<Object> inCallback(int index, MatrixLevel level) {
    CompletableFuture<Void> gate = gates.get(index);
    if (gate.isDone()) {
      return atOnce(index, level);
    }
    CompletableFuture<Object> stage;
    try {
      stage = atOnce(index, level);
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedFuture(e); // not before the gate is open
    }
    CompletableFuture<Object> behindGate = stage;
    return Calls.adopt(gate).thenCompose(ignored -> behindGate);
  }

  private CompletableFuture<Object> atOnce(int index, MatrixLevel level) {
    return MatrixRefusal.unchecked(
        () ->
            hold(
                level,
                () -> {
                  check(isLoop(level), level, "is its loop");
                  Thread own = loops.threadAt(level.place()).thread();
                  check(Thread.currentThread() == own, level, "is on its thread");
                  return chain.isLast(index)
                      ? CompletableFuture.<Object>completedFuture(seed)
                      : beginFrom(index, level).thenApply(value -> cameBack(index, value));
                }));
  }

  private Object cameBack(int index, Object value) {
    MatrixLevel level = chain.levels().get(index);
    MatrixLevel next = chain.levels().get(index + 1);
    // Else the future is delivered on the other loop, as it says, or is not Trestle's.
    boolean isDeliveredHere =
        next.entry() == Entry.DIRECT
            ? next.colour() == Colour.TASK
                || (next.place() == level.place()) == next.colour().isBlocking()
            : next.entry() == Entry.HOP && next.colour() != Colour.CALLBACK;
    check(!isDeliveredHere || isLoop(level), level, "is told on its loop");
    return more(value);
  }

  // ---- on a loop, in a task or in a callback

  /** Begins the next level, and sees that the wait for it that is to be refused is refused. */
  private CompletableFuture<Object> beginFrom(int index, MatrixLevel level) {
    int next = index + 1;
    if (!level.isRefused() || level.way() == Way.RETURN) {
      return begin(next);
    }
    if (level.way().isByBridge()) {
      refused(level, null, loops.at(chain.levels().get(next).place()));
      return begin(next);
    }
    CompletableFuture<Object> stage = begin(next);
    try {
      refused(level, stage, null);
      return stage;
    } finally {
      gates.get(next).complete(null);
    }
  }

  private void refused(MatrixLevel level, CompletableFuture<Object> stage, EventLoop nextLoop) {
    EventLoop loop = loops.at(level.place());
    try {
      MatrixRefusal.tryToWait(level.way(), stage, loop, nextLoop);
    } catch (RuntimeException e) {
      MatrixRefusal expected = MatrixRefusal.of(level, loop);
      check(expected.is(e), level, "is refused with " + expected + ", not with " + e);
      if (level.passesOn()) {
        throw e;
      }
      return;
    }
    check(false, level, "is refused");
  }

  private <R> R hold(MatrixLevel level, Callable<R> part) throws Exception {
    return loops.threadAt(level.place()).hold(loops.at(level.place()), wrong, part);
  }

  private boolean isLoop(MatrixLevel level) {
    return EventLoop.current().filter(loops.at(level.place())::equals).isPresent();
  }

  private void check(boolean holds, MatrixLevel level, String what) {
    if (!holds) {
      wrong.add(
          new AssertionError(
              String.format(
                  "not so: '%s' %s; thread '%s', loop %s",
                  level, what, Thread.currentThread().getName(), EventLoop.current())));
    }
  }
}
