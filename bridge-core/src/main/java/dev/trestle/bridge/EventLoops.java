package dev.trestle.bridge;

import dev.trestle.threadsensitive.CallerLoop;
import dev.trestle.threadsensitive.DeliveryFinder;
import dev.trestle.threadsensitive.LoopTask;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Trestle's own loops, then every {@link EventLoopFinder}. Made by {@code ServiceLoader}. */
public final class EventLoops implements DeliveryFinder {
  private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
  private static final String PASSED_OVER = "event loop finder {} failed, and is passed over";

  /** An array, since each call looks at them and an iterator is garbage. */
  private static final EventLoopFinder[] FINDERS = finders();

  /** For {@code ServiceLoader}. */
  public EventLoops() {}

  @Override
  public @Nullable EventLoop current() {
    return currentOrNull();
  }

  static @Nullable EventLoop currentOrNull() {
    if (CallerLoop.currentOrNull() instanceof EventLoop driven) {
      return driven;
    }
    if (LoopTask.currentLoop() instanceof EventLoop ofTask) {
      return ofTask;
    }
    EventLoop own = EventLoopThread.currentOrNull();
    if (own != null) {
      return own;
    }
    for (EventLoopFinder finder : FINDERS) {
      try {
        EventLoop found = finder.current().orElse(null);
        if (found != null) {
          return found;
        }
      } catch (RuntimeException | LinkageError e) {
        log.warn(PASSED_OVER, finder, e);
      }
    }
    return null;
  }

  /** Whether a finder knows an executor as a loop of its library. */
  static boolean isForeignLoop(Executor executor) {
    for (EventLoopFinder finder : FINDERS) {
      try {
        if (finder.isLoop(executor)) {
          return true;
        }
      } catch (RuntimeException | LinkageError e) {
        log.warn(PASSED_OVER, finder, e);
      }
    }
    return false;
  }

  private static EventLoopFinder[] finders() {
    List<EventLoopFinder> found = new ArrayList<>();
    Iterator<EventLoopFinder> all =
        ServiceLoader.load(EventLoopFinder.class, EventLoops.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!all.hasNext()) {
          return found.toArray(new EventLoopFinder[0]);
        }
        found.add(all.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        // Its library is not there, which is the usual case, or not in a version it knows.
        log.debug("an event loop finder is left out: {}", e.toString());
      }
    }
  }
}
