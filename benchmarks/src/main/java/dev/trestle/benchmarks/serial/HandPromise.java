package dev.trestle.benchmarks.serial;

import dev.trestle.benchmarks.byhand.Task;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** By hand: a task that is its own link and its own future, for one thread to wait for. */
final class HandPromise extends Task {
  private static final VarHandle WAITER;

  static {
    try {
      WAITER = MethodHandles.lookup().findVarHandle(HandPromise.class, "waiter", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("waiter", e);
    }
  }

  private final Callable<Integer> body;

  /** What the body returned or threw. */
  private volatile @Nullable Object outcome;

  @SuppressWarnings("unused") // through WAITER
  private volatile @Nullable Thread waiter;

  HandPromise(Callable<Integer> body) {
    this.body = body;
  }

  @Override
  protected void runOnLoop() {
    try {
      outcome = body.call();
    } catch (Exception e) {
      outcome = e;
    }
    Thread waiting = (Thread) WAITER.getVolatile(this);
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  Integer await() {
    WAITER.setVolatile(this, Thread.currentThread());
    while (outcome == null) {
      LockSupport.park(this);
    }
    if (outcome instanceof Exception failure) {
      throw new IllegalStateException(failure);
    }
    return (Integer) Objects.requireNonNull(outcome);
  }
}
