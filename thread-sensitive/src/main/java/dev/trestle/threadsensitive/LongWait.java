package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wait that takes longer than a moment: its thread looks around now and then, and whenever
 * something has changed. It finds what it may run, and whether its result can ever come.
 */
final class LongWait {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LAST = TimeUnit.SECONDS.toNanos(1);

  private static final Set<LongWait> ALL = ConcurrentHashMap.newKeySet();

  private final CallerFrame<?> frame;

  /** How long the wait lasts before it is reported next; the owner's. */
  private long reportAfter = Watchdog.patience();

  // The owner's.
  private long pause = FIRST;
  private long next;
  private @Nullable Task claimed;

  /** Whether another thread asks the owner to look, since its wait is to end. */
  private volatile boolean asked;

  private volatile @Nullable String proof;

  LongWait(CallerFrame<?> frame) {
    this.frame = frame;
    this.next = frame.since() + FIRST;
    ALL.add(this);
    CallsBean.register();
  }

  /** All frames that have slept for more than a moment. */
  static List<CallerFrame<?>> frames() {
    List<CallerFrame<?>> frames = new ArrayList<>();
    ALL.forEach(wait -> frames.add(wait.frame));
    return frames;
  }

  /** How long to sleep before looking; zero or less for now. */
  static long untilLook(@Nullable LongWait wait, long since, long now) {
    if (wait == null) {
      return since + FIRST - now;
    }
    return wait.asked ? 0 : wait.next - now;
  }

  /** Something has changed: look soon. */
  void wasWoken(long now) {
    pause = FIRST;
    if (now + FIRST - next < 0) {
      next = now + FIRST;
    }
  }

  /** Has the owner look now. */
  void ask() {
    asked = true;
    frame.signal();
  }

  /** Looks around; true if the owner has something to do. */
  boolean look(long now) {
    asked = false;
    next = now + pause;
    pause = Math.min(2 * pause, LAST);
    frame.joinAwaited();
    CompletionStage<?> stage = frame.awaitedStage();
    if (stage != null) {
      Awaited.byStages(stage, this::borrow);
    }
    for (BlockingCall<?> body = frame.body(); body != null; body = body.outer()) {
      Object executor = body.queuedOn();
      BlockingCall<?> found =
          executor == null || executor instanceof Lane ? null : Awaited.queuedOn(executor, frame);
      if (found != null) {
        claimed = new Task((Task.Own) found::runClaimed);
        return true;
      }
    }
    proof = DeadlockSearch.proofFor(frame);
    if (proof == null && frame.isForEver() && now - frame.since() >= reportAfter) {
      reportAfter = 2 * Math.max(reportAfter, now - frame.since());
      Watchdog.report(WaitText.waits(frame, now) + ", and nobody can tell when that ends");
    }
    return proof != null;
  }

  private void borrow(Call<?> awaited) {
    if (awaited instanceof BlockingCall<?> call && call.queuedOn() instanceof Permits permits) {
      permits.lendTo(call, frame);
    }
  }

  /** What was found to run, once. */
  @Nullable Task takeClaimed() {
    Task task = claimed;
    claimed = null;
    return task;
  }

  /** Why this wait can never end by itself; null if that is not known. */
  @Nullable String proof() {
    return proof;
  }

  void ended() {
    ALL.remove(this);
    if (reportAfter > Watchdog.patience()) {
      Watchdog.withdraw("thread '" + frame.threadName() + "' waits no longer");
    }
  }
}
