package dev.trestle.benchmarks.byhand;

import org.jspecify.annotations.Nullable;

/** Work that is its own place in a loop's queue, and in a pool's. */
public abstract class Task {
  /** Where it is in the loop's queue. */
  @Nullable Task below;

  /** Where it is in the pool's queue, which may still look at it while it is in the loop's. */
  volatile @Nullable Task after;

  /** Runs on a thread of the pool. */
  protected void runInPool() {
    throw new UnsupportedOperationException();
  }

  /** Runs on the loop. */
  protected void runOnLoop() {
    throw new UnsupportedOperationException();
  }
}
