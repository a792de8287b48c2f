package dev.trestle.bridge;

import java.util.Optional;

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
}
