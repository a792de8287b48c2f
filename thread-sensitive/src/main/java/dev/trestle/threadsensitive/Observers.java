package dev.trestle.threadsensitive;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who wants to be told of the end of a future, and may stop wanting it, which leaves no trace. */
final class Observers<T extends @Nullable Object> {
  // Guarded by this; null when all are told.
  private @Nullable Set<BiConsumer<? super T, ? super @Nullable Throwable>> waiting =
      new LinkedHashSet<>();

  /** False if the future is done, and the observer still to be told. */
  synchronized boolean add(BiConsumer<? super T, ? super @Nullable Throwable> observer) {
    return waiting != null && waiting.add(observer);
  }

  synchronized void remove(BiConsumer<? super T, ? super @Nullable Throwable> observer) {
    if (waiting != null) {
      waiting.remove(observer);
    }
  }

  void tell(T value, @Nullable Throwable thrown) {
    Set<BiConsumer<? super T, ? super @Nullable Throwable>> told;
    synchronized (this) {
      told = waiting;
      waiting = null;
    }
    if (told != null) {
      told.forEach(observer -> observer.accept(value, thrown));
    }
  }
}
