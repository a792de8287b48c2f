package dev.trestle.threadsensitive;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a flight recording is told of one bridge call; {@link #NONE} while nobody records it. It
 * knows other calls only by number, and when it has ended it keeps nothing else.
 */
final class Hop {
  private static final Logger log = LoggerFactory.getLogger(Hop.class);

  static final String TO_BLOCKING = "to blocking";
  static final String TO_ASYNC = "to async";
  static final String TASK = "task";

  /** Of a call that is not recorded; all calls without a number share it. */
  static final Hop NONE = new Hop(0, null);

  private static final AtomicLong LAST = new AtomicLong();

  /** Never committed: it knows whether others would be. Null in a JDK without the recorder. */
  private static final @Nullable HopEvent SWITCH = eventOrNull();

  private final long id;
  private final long made = System.nanoTime();

  // Written by the thread that runs the call, and read by the one that sees its end.
  private volatile long began;
  private volatile @Nullable Object place;

  /** Null before there is a recorder, and after the end. */
  private @Nullable HopEvent event;

  private Hop(long id, @Nullable HopEvent event) {
    this.id = id;
    this.event = event;
  }

  private static @Nullable HopEvent eventOrNull() {
    try {
      return new HopEvent();
    } catch (LinkageError e) {
      log.debug("there is no flight recorder", e);
      return null;
    }
  }

  /** A call is made, by the current thread. */
  static Hop made(Call<?> call, String direction) {
    return SWITCH == null || !SWITCH.isEnabled() ? NONE : recorded(call, direction);
  }

  private static Hop recorded(Call<?> call, String direction) {
    HopEvent event = new HopEvent();
    event.id = LAST.incrementAndGet();
    event.parent = above(call);
    event.trace = Calls.TRACE.isSet() ? Calls.TRACE.get() : null;
    event.direction = direction;
    event.caller = Thread.currentThread().getName();
    event.begin();
    return new Hop(event.id, event);
  }

  private static long above(Call<?> call) {
    Call<?> above = call.parent();
    while (above != null && above.hop().id == 0) {
      above = above.parent();
    }
    return above == null ? 0 : above.hop().id;
  }

  /**
   * The body or the async function begins, on the current thread.
   *
   * @param where a {@link Lane}, a {@link Delivery}, a thread or an executor; null for the workers
   */
  void begins(@Nullable Object where) {
    if (event != null) {
      place = where;
      began = System.nanoTime();
    }
  }

  /**
   * Nothing of the call runs any more, or ever will. Called once.
   *
   * @param givenUp whether nobody wants the result any more
   * @param failure what it ended with; null if it has a result, or was given up without one
   */
  void ended(boolean givenUp, @Nullable Throwable failure) {
    HopEvent committed = event;
    if (committed == null) {
      return;
    }
    event = null;
    try {
      long now = System.nanoTime();
      committed.end();
      long start = began;
      committed.queued = (start == 0 ? now : start) - made;
      committed.ran = start == 0 ? 0 : now - start;
      committed.outcome = outcome(givenUp, failure);
      committed.home = start == 0 ? null : name(place);
      committed.commit();
    } catch (Throwable e) {
      log.warn(
          "a call is missing in the flight recording", e); // whatever the name of a loop throws
    }
    place = null;
  }

  private static String outcome(boolean givenUp, @Nullable Throwable failure) {
    return givenUp || failure instanceof CancellationException
        ? "cancelled"
        : failure == null ? "succeeded" : "failed";
  }

  private static String name(@Nullable Object place) {
    return place == null
        ? "the workers"
        : place instanceof Thread thread
            ? "thread '" + thread.getName() + "'"
            : place instanceof Lane lane && lane.isCallers()
                ? lane.threadName()
                : place instanceof Lane || place instanceof Delivery
                    ? place.toString()
                    : "an executor, a " + place.getClass().getName();
  }
}
