package dev.trestle.threadsensitive;

import java.util.concurrent.Executor;

/**
 * Where the completion of a future is delivered, so that its dependents run there. For building
 * bridges: an event loop is one.
 */
public interface Delivery extends Executor {
  /**
   * Tells whether the current thread is already there, so that nothing need be queued.
   *
   * @return true if a task given to {@link #execute} now would run on the current thread
   */
  boolean isCurrent();

  /**
   * A blocked caller begins to wait for what runs here. A loop that can be closed keeps those that
   * wait, and when it has run its last task it {@linkplain CallerFrame#abandon abandons} who is
   * left.
   *
   * @param caller who waits, until {@link #waitEnds}
   */
  default void waitBegins(CallerFrame<?> caller) {}

  /**
   * A blocked caller waits no longer.
   *
   * @param caller who waited
   */
  default void waitEnds(CallerFrame<?> caller) {}

  /**
   * A task begins, which needs this loop for each of its turns. A loop that can be closed keeps its
   * tasks, and before it refuses more it {@linkplain LoopTask#abandon abandons} those that are
   * left.
   *
   * @param task the task, until {@link #taskEnds}
   */
  default void taskBegins(LoopTask<?> task) {}

  /**
   * A task has ended.
   *
   * @param task the task
   */
  default void taskEnds(LoopTask<?> task) {}
}
