package dev.trestle.bridge.matrix;

/** How the code of a level runs. */
enum Colour {
  /** A blocking body on the home of the chain. */
  SENSITIVE,
  /** A blocking body on a worker. */
  CONCURRENT,
  /** A task of the level's loop, which may wait without blocking it. */
  TASK,
  /** A function that runs on the level's loop, and may not wait. */
  CALLBACK;

  boolean isBlocking() {
    return this == SENSITIVE || this == CONCURRENT;
  }
}
