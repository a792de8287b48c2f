package dev.trestle.threadsensitive;

/**
 * What {@link Calls#dump} says, for tools that attach to a running process: {@code
 * dev.trestle:type=Calls}. It is there from the first wait of a process that lasts longer than a
 * moment.
 */
public interface CallsMXBean {
  /**
   * Returns who waits for what.
   *
   * @return as {@link Calls#dump}
   */
  String dump();
}
