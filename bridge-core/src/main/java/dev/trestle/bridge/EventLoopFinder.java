package dev.trestle.bridge;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Recognises the threads of one library's event loops. Found through {@code ServiceLoader}; a
 * finder whose library is not on the class path is left out silently.
 */
public interface EventLoopFinder {
  /**
   * Returns the loop that the current thread is.
   *
   * <p>Called at each bridge call, so it should be quick, and return the same object for the same
   * loop where that is cheap.
   *
   * @return the loop, or empty if the current thread is none of this library's, or may block
   */
  Optional<EventLoop> current();

  /**
   * Tells whether an executor is one of this library's event loops, or a group of them, so that
   * blocking bodies do not belong on it.
   *
   * @param executor an executor that a user gave to {@link SyncToAsync#on}
   * @return true if it is; false unless overridden
   */
  default boolean isLoop(Executor executor) {
    return false;
  }
}
