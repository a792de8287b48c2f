package dev.trestle.threadsensitive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a blocked thread can never go on: no work that is known can end its wait.
 *
 * <p>It follows what the thread waits for, step by step: a stage needs those it is derived from, a
 * queued call the thread of its lane, that thread the frame that it is blocked in. All that is
 * reached counts as stuck at first; what may go on by itself is struck out, then what needs only
 * such. What is left needs itself in a ring. A wait does not change while its thread sleeps: all is
 * read once more, and if each thread has slept the same sleep all the time, the ring was there at
 * one moment, and so it is for ever.
 */
final class DeadlockSearch {
  /** What one thing needs to go on: all of the others, or any; of none if it may by itself. */
  private record Step(boolean all, List<Object> needs, Object sleep) {
    static final Step FREE = new Step(true, List.of(), 0);

    static Step to(Object need) {
      return new Step(true, List.of(need), 0);
    }

    /** To the end of any body that holds what is needed; free if somebody unknown does. */
    static Step toAnyOf(List<?> holders) {
      List<Object> bodies = new ArrayList<>();
      for (Object holder : holders) {
        if (!(holder instanceof Call<?> call)) {
          return FREE;
        }
        bodies.add(new Body(call));
      }
      return bodies.isEmpty() ? FREE : new Step(false, bodies, 0);
    }
  }

  /** What runs for a call and holds something until it ends, though the future may be done. */
  private record Body(Call<?> call) {
    Step step() {
      if (call.isEnded()) {
        return Step.FREE;
      }
      return call instanceof BlockingCall<?> blocking
          ? ofCall(blocking)
          : call instanceof LoopTask<?> task && task.isDone() ? ofTask(task) : Step.to(call);
    }
  }

  private final WaitingCall<?> searcher;
  private final IdentityHashMap<Object, Step> stuck = new IdentityHashMap<>();

  private DeadlockSearch(WaitingCall<?> searcher) {
    this.searcher = searcher;
  }

  /**
   * Looks for a proof. Called by the thread of a frame that is about to sleep, or by anybody for a
   * task that waits.
   *
   * @return why the wait has to fail; null if it has not, or another's has to
   */
  static @Nullable String proofFor(WaitingCall<?> waiting) {
    DeadlockSearch search = new DeadlockSearch(waiting);
    search.follow();
    search.strike();
    if (!search.stuck.containsKey(waiting)) {
      return null;
    }
    List<Object> ring = search.ring();
    WaitingCall<?> newest = newest(ring);
    if (newest == null || !search.stillHolds()) {
      return null;
    }
    if (newest != waiting) {
      newest.lookNow();
      return null;
    }
    return DeadlockMessage.of(ring, waiting);
  }

  /** Reads what is reached from the searcher. */
  private void follow() {
    Deque<Object> next = new ArrayDeque<>();
    next.add(searcher);
    for (Object reached = next.poll(); reached != null; reached = next.poll()) {
      if (!stuck.containsKey(reached)) {
        Step step = step(reached);
        stuck.put(reached, step);
        next.addAll(step.needs());
      }
    }
  }

  /** Strikes out what may go on. */
  private void strike() {
    boolean changed = true;
    while (changed) {
      changed = stuck.values().removeIf(this::mayGoOn);
    }
  }

  private boolean mayGoOn(Step step) {
    return step.all()
        ? step.needs().stream().noneMatch(stuck::containsKey)
        : !step.needs().stream().allMatch(stuck::containsKey);
  }

  /** Whether nothing of what is stuck has moved meanwhile. */
  private boolean stillHolds() {
    return stuck.entrySet().stream()
        .allMatch(entry -> step(entry.getKey()).equals(entry.getValue()));
  }

  /** A way from the searcher that comes back to where it was, without what leads there. */
  private List<Object> ring() {
    List<Object> way = new ArrayList<>();
    Object reached = searcher;
    while (!way.contains(reached)) {
      way.add(reached);
      List<Object> needs = Objects.requireNonNull(stuck.get(reached), "what is stuck").needs();
      reached = needs.stream().filter(stuck::containsKey).findFirst().orElseThrow();
    }
    return way.subList(way.indexOf(reached), way.size());
  }

  private static @Nullable WaitingCall<?> newest(List<Object> ring) {
    WaitingCall<?> newest = null;
    for (Object reached : ring) {
      if (reached instanceof WaitingCall<?> one && (newest == null || one.beganAfter(newest))) {
        newest = one;
      }
    }
    return newest;
  }

  // ---- what each thing needs

  private static Step step(Object reached) {
    if (reached instanceof CallerFrame<?> frame) {
      return ofFrame(frame);
    }
    if (reached instanceof Body body) {
      return body.step();
    }
    if (!(reached instanceof BridgeFuture<?> future)
        || future.isDone()
        || future.hasAlternative()) {
      return Step.FREE; // nobody knows what a stage of another library waits for
    }
    if (future instanceof Call<?> call && call.deadline != null && !call.isLongOverdue()) {
      return Step.FREE; // its deadline, or that of a call further out, may yet end it
    }
    if (future instanceof BlockingCall<?> call) {
      return ofCall(call);
    }
    if (future instanceof LoopTask<?> task) {
      return ofTask(task);
    }
    if (future instanceof Waiting<?> waiting) {
      return Step.toAnyOf(waiting.holders());
    }
    Sources awaited = future.awaited();
    return awaited == null ? Step.FREE : new Step(awaited.all(), List.copyOf(awaited.stages()), 0);
  }

  /** A frame needs its stage; and the frames on top of it on its stack have to end first. */
  private static Step ofFrame(CallerFrame<?> frame) {
    Lane lane = frame.laneOrNull();
    CallerFrame<?> top = lane == null ? null : lane.blockedIn();
    if (lane == null || top == null) {
      return Step.FREE;
    }
    CompletionStage<?> stage = frame.isForEver() ? frame.awaitedStage() : null;
    int sleep = lane.sleep();
    if (top != frame) {
      return new Step(true, stage == null ? List.of(top) : List.of(top, stage), sleep);
    }
    return sleep == 0 || stage == null || frame.hasWork(lane)
        ? Step.FREE
        : new Step(true, List.of(stage), sleep);
  }

  /** A task that waits needs its stage; one that does not needs only its loop, which goes on. */
  private static Step ofTask(LoopTask<?> task) {
    LoopTask.Wait<?> wait = task.waitOrNull();
    return wait == null || !task.isForEver()
        ? Step.FREE
        : new Step(true, List.of(wait.stage()), wait);
  }

  /** A queued call needs the thread of its lane, or a permit; a running one what it waits in. */
  private static Step ofCall(BlockingCall<?> call) {
    if (!call.isQueued()) {
      CallerFrame<?> blockedIn = call.blockedIn();
      return blockedIn == null ? Step.FREE : Step.to(blockedIn);
    }
    if (call.queuedOn() instanceof Permits permits) {
      return Step.toAnyOf(permits.holders());
    }
    CallerFrame<?> busy = call.queuedOn() instanceof Lane lane ? lane.blockedIn() : null;
    if (busy == null || Joins.isRelevant(call, busy)) {
      return Step.FREE;
    }
    if (Awaited.isAwaited(call, busy)) {
      Joins.join(call, busy); // it runs there
      return Step.FREE;
    }
    return Step.to(busy);
  }
}
