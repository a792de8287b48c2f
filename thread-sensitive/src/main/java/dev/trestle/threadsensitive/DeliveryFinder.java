package dev.trestle.threadsensitive;

import org.jspecify.annotations.Nullable;

/** Finds the event loop that the current thread belongs to. Found through {@code ServiceLoader}. */
public interface DeliveryFinder {
  /**
   * Returns the event loop that the current thread is serving, which it must not block.
   *
   * @return the loop, or null if the thread serves none
   */
  @Nullable Delivery current();
}
