package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task of a {@link ThreadSensitiveExecutor}, its future, and its place in the queue. */
final class SubmittedTask<V extends @Nullable Object> extends FutureTask<V> {
  private @Nullable Context context = Context.capture();

  /** The next in the queue; guarded by that queue's protocol. */
  @Nullable Object next;

  SubmittedTask(Callable<V> body) {
    super(body);
  }

  @Nullable Call<?> call() {
    Context captured = context;
    return captured != null && captured.bridgeCall() instanceof Call<?> call ? call : null;
  }

  @Override
  public void run() {
    Context captured = context;
    context = null;
    if (captured == null) {
      return; // it runs once
    }
    try (Context.Scope scope = captured.enter()) {
      super.run();
    } catch (Throwable e) { // of the accessor of a thread-local
      setException(e);
    }
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    checkThread();
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    checkThread();
    return super.get(timeout, unit);
  }

  private void checkThread() {
    Lane lane = isDone() ? null : Lane.served();
    if (lane != null && lane.isQueuedHere(this)) {
      throw new BridgeDeadlockException(
          "a task of "
              + lane
              + " waits for another that is queued behind it, which would never come; wait on"
              + " another thread, or call the code of the other directly");
    }
  }
}
