package dev.trestle.bridge.matrix;

/** How a level is begun. */
enum Entry {
  /** On the thread that it is called on: the call says which loop it means. */
  DIRECT,
  /** By a callback on the level's own loop, which makes the call there. */
  HOP,
  /**
   * The same, queued on the loop without Trestle's futures: only the context goes along. A plain
   * future tells the end, through which a wait that began too late sees nothing.
   */
  RAW
}
