package dev.trestle.threadsensitive;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The lanes whose thread is kept busy by one body while others wait behind it. */
final class BusyLanes {
  private static final int LOOKS = 5;

  /** Homes: a body that blocks is what they are for, for some seconds. */
  static final BusyLanes HOMES = new BusyLanes(Watchdog::patience, BusyHome::new);

  /** Event loops, which nothing should block. */
  static final BusyLanes LOOPS = new BusyLanes(Watchdog::patienceWithLoops, HeldLoop::new);

  private final LongSupplier patience;
  private final Function<Lane, Busy> kind;
  private final Map<Lane, Busy> busy = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();

  private BusyLanes(LongSupplier patience, Function<Lane, Busy> kind) {
    this.patience = patience;
    this.kind = kind;
  }

  /** Something is queued on a lane whose thread is busy. */
  void watch(Lane lane) {
    if (busy.putIfAbsent(lane, kind.apply(lane)) == null && looking.compareAndSet(false, true)) {
      lookLater();
    }
  }

  private void lookLater() {
    var unused = Timers.after(patience.getAsLong() / LOOKS, this::look);
    CallsBean.register();
  }

  /** Looks, and later again if there is reason to. */
  void look() {
    try {
      lookAtEach();
    } finally { // whatever a logger throws
      looking.set(false);
      if (!busy.isEmpty() && looking.compareAndSet(false, true)) {
        lookLater();
      }
    }
  }

  /** Called by one thread at a time. */
  void lookAtEach() {
    long now = System.nanoTime();
    busy.forEach(
        (lane, watched) -> {
          if (watched.isOver(now, patience.getAsLong())) {
            forget(lane);
          }
        });
  }

  private void forget(Lane lane) {
    busy.remove(lane); // first: an offer that finds the lane unwatched adds it, or nobody does
    if (!lane.unwatchIfIdle()) {
      watch(lane);
    }
  }

  /** Those that were busy when it was last looked. */
  Iterable<Busy> all() {
    return busy.values();
  }

  /** A lane whose thread is busy while something is queued. Only one thread at a time looks. */
  abstract static class Busy {
    final Lane lane;

    private final int removals;
    private final long since = System.nanoTime();

    /** How long it lasts when it is reported next; 0 if it never was. */
    private long reportAfter;

    Busy(Lane lane) {
      this.lane = lane;
      this.removals = lane.removals();
    }

    private boolean isOver(long now, long patience) {
      if (lane.removals() != removals || lane.isWaiting() || !lane.hasQueued()) {
        if (reportAfter > 0) {
          withdraw(now);
        }
        return true;
      }
      if (now - since >= Math.max(patience, reportAfter)) {
        reportAfter = 2 * (now - since);
        report(now);
      }
      return false;
    }

    final Duration lasted(long now) {
      return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(now - since));
    }

    Lane lane() {
      return lane;
    }

    abstract String describe(long now);

    abstract void report(long now);

    abstract void withdraw(long now);
  }

  private static final class BusyHome extends Busy {
    BusyHome(Lane lane) {
      super(lane);
    }

    @Override
    String describe(long now) {
      return lane.threadName()
          + " has run one body for "
          + lasted(now)
          + ", and others wait behind it; if it waits for one of those, it waits for ever";
    }

    @Override
    void report(long now) {
      Watchdog.report(describe(now));
    }

    @Override
    void withdraw(long now) {
      Watchdog.withdraw(lane.threadName() + " goes on, after " + lasted(now));
    }
  }

  private static final class HeldLoop extends Busy {
    private @Nullable String line;

    HeldLoop(Lane lane) {
      super(lane);
    }

    @Override
    String describe(long now) {
      return "event loop '"
          + lane
          + "' has been held for "
          + lasted(now)
          + ", and others wait; "
          + (line == null ? "nobody knows where" : "it is held by " + line);
    }

    @Override
    void report(long now) {
      Thread held = lane.worksFor();
      line = held == null ? null : WaitText.lineOf(held);
      Watchdog.reportAlone(describe(now), held);
    }

    @Override
    void withdraw(long now) {
      Watchdog.withdraw("event loop '" + lane + "' goes on, after " + lasted(now));
      try {
        LoopHeldEvent event = new LoopHeldEvent();
        event.loop = lane.toString();
        event.line = String.valueOf(line);
        event.heldFor = lasted(now).toNanos();
        event.commit();
      } catch (LinkageError e) {
        Watchdog.withdraw("there is no flight recorder: " + e); // a JDK without that module
      }
    }
  }
}
