package dev.trestle.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** The values of the registered thread-locals of one thread at one moment. */
final class ThreadLocals {
  private static final List<ThreadLocalAccessor<?>> REGISTERED = registered();

  /** Those that were registered when somebody last looked, for all who find the same. */
  private static volatile ThreadLocalAccessor<?>[] known = {};

  private final ThreadLocalAccessor<?>[] accessors;

  /** One value for each accessor; null where the thread had none. */
  private final @Nullable Object[] values;

  private ThreadLocals(ThreadLocalAccessor<?>[] accessors) {
    this.accessors = accessors;
    this.values = new Object[accessors.length];
    for (int i = 0; i < accessors.length; i++) {
      values[i] = accessors[i].getValue();
    }
  }

  private static ThreadLocals captured() {
    ThreadLocalAccessor<?>[] accessors = known;
    if (!areRegistered(accessors)) {
      accessors = REGISTERED.toArray(new ThreadLocalAccessor<?>[0]);
      known = accessors;
    }
    return new ThreadLocals(accessors);
  }

  private static boolean areRegistered(ThreadLocalAccessor<?>[] accessors) {
    boolean same = REGISTERED.size() == accessors.length;
    try {
      for (int i = 0; same && i < accessors.length; i++) { // an iterator is garbage
        same = REGISTERED.get(i) == accessors[i];
      }
    } catch (IndexOutOfBoundsException e) {
      return false; // Guard against race with who takes one out.
    }
    return same;
  }

  /** The value for an accessor, most likely at that index; null if it was registered later. */
  private @Nullable Object valueOf(ThreadLocalAccessor<?> accessor, int likely) {
    if (likely < accessors.length && accessors[likely] == accessor) {
      return values[likely];
    }
    int index = Arrays.asList(accessors).indexOf(accessor);
    return index < 0 ? null : values[index];
  }

  private void addMissing(ThreadLocals others) {
    for (int i = 0; i < Math.min(values.length, others.values.length); i++) {
      if (values[i] == null && accessors[i] == others.accessors[i]) {
        values[i] = others.values[i];
      }
    }
  }

  private static List<ThreadLocalAccessor<?>> registered() {
    ContextRegistry registry = ContextRegistry.getInstance();
    List<ThreadLocalAccessor<?>> accessors = registry.getThreadLocalAccessors();
    boolean chosen = accessors.stream().anyMatch(a -> a.key().equals(Slf4jThreadLocalAccessor.KEY));
    if (!chosen && !(MDC.getMDCAdapter() instanceof NOPMDCAdapter)) {
      registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
    }
    return accessors;
  }

  /**
   * The current thread's values, and where it has none those that were kept for it; null if no
   * thread-local is registered.
   */
  static @Nullable ThreadLocals captureOr(@Nullable ThreadLocals kept) {
    if (REGISTERED.isEmpty()) {
      return null;
    }
    ThreadLocals captured = captured();
    if (kept != null) {
      captured.addMissing(kept);
    }
    return captured;
  }

  /**
   * Gives the current thread these values, clearing those that are missing here.
   *
   * @return the values to {@link #restore}; after an exception the thread has those already
   */
  ThreadLocals apply() {
    ThreadLocals previous = captured();
    int tried = 0;
    try {
      while (tried < previous.accessors.length) {
        int next = tried++;
        ThreadLocalAccessor<?> accessor = previous.accessors[next];
        set(accessor, valueOf(accessor, next)); // also the same: some open a scope each time
      }
    } catch (Throwable e) {
      previous.restoreFirst(tried, e);
      throw e;
    }
    return previous;
  }

  /** Puts these values back; an accessor that throws keeps none of the others from it. */
  void restore() {
    Throwable failure = restoreFirst(accessors.length, null);
    if (failure != null) {
      ThreadLocals.<RuntimeException>rethrow(failure);
    }
  }

  private @Nullable Throwable restoreFirst(int count, @Nullable Throwable earlier) {
    Throwable failure = earlier;
    for (int i = count - 1; i >= 0; i--) {
      try {
        restore(accessors[i], values[i]);
      } catch (Throwable e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    return failure;
  }

  @SuppressWarnings("unchecked") // the value came from the same accessor
  private static <V> void set(ThreadLocalAccessor<V> accessor, @Nullable Object value) {
    if (value == null) {
      accessor.setValue();
    } else {
      accessor.setValue((V) value);
    }
  }

  @SuppressWarnings("unchecked") // the value came from the same accessor
  private static <V> void restore(ThreadLocalAccessor<V> accessor, @Nullable Object value) {
    if (value == null) {
      accessor.restore();
    } else {
      accessor.restore((V) value);
    }
  }

  /** Accessors declare no checked exception; whatever they throw goes on as it is. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void rethrow(Throwable failure) throws X {
    throw (X) failure;
  }
}
