package dev.trestle.threadsensitive;

/** A task without a result that may throw any exception. */
@FunctionalInterface
public interface CheckedRunnable {
  /**
   * Runs the task.
   *
   * @throws Exception why the task could not be done
   */
  void run() throws Exception;
}
