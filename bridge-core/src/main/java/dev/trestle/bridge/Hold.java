package dev.trestle.bridge;

import dev.trestle.threadsensitive.Call;
import dev.trestle.threadsensitive.Registration;
import org.jspecify.annotations.Nullable;

/** A permit that is held until it is closed; for try-with-resources. */
public final class Hold implements AutoCloseable {
  private final AsyncSemaphore of;
  private final Object holder = Call.holderHere();

  /** What breaks the semaphore if the holder ends first. */
  private volatile @Nullable Registration atEnd;

  Hold(AsyncSemaphore of) {
    this.of = of;
  }

  /** The call or thread that asked for it. */
  Object holder() {
    return holder;
  }

  /** From now on its holder should not end before it. */
  void watchHolder() {
    if (holder instanceof Call<?> call) {
      atEnd = call.whenEnded(() -> of.holderEnded(this));
    }
  }

  void forgetHolder() {
    Registration registered = atEnd;
    if (registered != null) {
      registered.remove();
    }
  }

  /**
   * Gives the permit to the next in the line. Closing it again does nothing.
   *
   * <p><b>Threads.</b> May be called on any thread.
   */
  @Override
  public void close() {
    of.release(this);
  }

  @Override
  public String toString() {
    return "a hold of " + of;
  }
}
