package dev.trestle.threadsensitive;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what takes so long that it may never end, since nobody can see what it waits for: a
 * thread blocked in a call, and a home whose one body keeps others waiting. Each is logged when it
 * has lasted a while, and again each time that has doubled; and once more when it ends after all.
 *
 * <p>System property, read once: {@code trestle.watchdog.seconds} (5).
 */
final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final int LOOKS = 5;

  /** How long something lasts before it is reported first. */
  private static volatile long patience =
      TimeUnit.SECONDS.toNanos(Settings.positive("trestle.watchdog.seconds", 5));

  private static final Map<Lane, BusyHome> BUSY = new ConcurrentHashMap<>();
  private static final AtomicBoolean LOOKING = new AtomicBoolean();

  private Watchdog() {}

  /** For tests, which have less patience. */
  static void setPatience(Duration duration) {
    patience = duration.toNanos();
  }

  static long patience() {
    return patience;
  }

  /** Something is queued on a lane whose thread is busy. */
  static void watch(Lane lane) {
    if (BUSY.putIfAbsent(lane, new BusyHome(lane)) == null && LOOKING.compareAndSet(false, true)) {
      lookLater();
    }
  }

  private static void lookLater() {
    var unused = Timers.after(patience / LOOKS, Watchdog::look);
    CallsBean.register();
  }

  private static void look() {
    long now = System.nanoTime();
    BUSY.values().removeIf(home -> home.isOver(now));
    LOOKING.set(false);
    if (!BUSY.isEmpty() && LOOKING.compareAndSet(false, true)) {
      lookLater();
    }
  }

  /** The homes whose body keeps others waiting. */
  static Iterable<BusyHome> busyHomes() {
    return BUSY.values();
  }

  static void report(String what) {
    log.warn("{}\n{}", what, Calls.dump());
  }

  static void withdraw(String what) {
    log.info("{}", what);
  }

  /** A lane whose thread is busy while something is queued. */
  static final class BusyHome {
    private final Lane lane;

    // Only one thread at a time looks.
    private int removals;
    private long since = System.nanoTime();
    private long reportAfter = patience;

    private BusyHome(Lane lane) {
      this.lane = lane;
      this.removals = lane.removals();
    }

    private boolean isOver(long now) {
      int taken = lane.removals();
      if (taken != removals || lane.isWaiting() || !lane.hasQueued()) {
        if (reportAfter > patience) {
          withdraw(lane.threadName() + " goes on, after " + lasted(now));
        }
        removals = taken;
        since = now;
        reportAfter = patience;
        return lane.unwatchIfIdle();
      }
      if (now - since >= reportAfter) {
        reportAfter = 2 * Math.max(reportAfter, now - since);
        report(describe(now));
      }
      return false;
    }

    private Duration lasted(long now) {
      return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(now - since));
    }

    String describe(long now) {
      return lane.threadName()
          + " has run one body for "
          + lasted(now)
          + ", and others wait behind it; if it waits for one of those, it waits for ever";
    }

    Lane lane() {
      return lane;
    }
  }
}
