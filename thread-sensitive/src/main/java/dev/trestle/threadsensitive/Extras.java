package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What only few futures and calls have, so that the others need no room for it. Each field belongs
 * to the class that names it, which says who may touch it.
 */
final class Extras<T extends @Nullable Object> {
  // BridgeFuture's

  /** Whether a timer, or a supplier, may complete the future besides what it waits for. */
  volatile boolean hasAlternative;

  /** Made once, under the lock of this. */
  volatile @Nullable Observers<T> observers;

  // CallNode's

  /** What to run when the call is cancelled; guarded by the call. */
  @Nullable CancelHooks hooks;

  /** Who waits for the call without having made it. */
  volatile @Nullable Joins joins;

  // Call's

  /** What a flight recording is told of the call; written before anything is below it. */
  volatile @Nullable Hop hop;

  /** What is to be told when nothing of the call runs any more. */
  volatile @Nullable Set<Runnable> atEnd;

  // BlockingCall's

  volatile @Nullable Future<?> timer;

  /** What limits how many bodies run; null without, and before. */
  volatile Permits.@Nullable Grant permit;

  /** What the body waits in; null if it runs freely. */
  volatile @Nullable CallerFrame<?> waitsIn;

  /** The body that this one runs on top of; the runner's. */
  @Nullable BlockingCall<?> outer;

  /** Whether a blocked thread of the executor took the call from it; the runner's. */
  boolean claimed;

  // Written by the runner before the end.

  /** The context in which the body, or the function, ended, if another than that it began in. */
  @Nullable Context after;

  /** Whether the body ended after the deadline, when nobody had given the call up yet. */
  boolean late;
}
