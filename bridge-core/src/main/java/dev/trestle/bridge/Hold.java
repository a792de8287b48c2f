package dev.trestle.bridge;

import dev.trestle.threadsensitive.Call;
import dev.trestle.threadsensitive.Registration;
import org.jspecify.annotations.Nullable;

/** A permit that is held until it is closed; for try-with-resources. */
public final class Hold implements AutoCloseable {
  private final AsyncSemaphore of;

  /** Whose end without a close breaks the semaphore; null if nobody is known. */
  private volatile @Nullable Object holder;

  private volatile @Nullable Registration atEnd;
  private volatile boolean closed;
  private volatile boolean handedOn;

  Hold(AsyncSemaphore of) {
    this.of = of;
  }

  /** The body, task, scope or thread that has it; null if that is not known. */
  @Nullable Object holder() {
    return handedOn ? null : holder;
  }

  /** Straight-line code has got it, and is now who has to close it. */
  void taken() {
    Object taker = holder == null ? Call.holderHere() : null;
    holder = taker == null ? holder : taker;
    if (taker instanceof Call<?> call) {
      atEnd = call.whenEnded(() -> of.leftBehind(this));
      if (closed || handedOn) {
        forgetHolder(); // Guard against race with who did not see it.
      }
    }
  }

  /**
   * Lets other code close this than the code that has waited for it. Without that, whoever waits
   * for the permit takes it that its holder has to go on first.
   *
   * @return this hold
   */
  public Hold handOn() {
    handedOn = true;
    forgetHolder();
    return this;
  }

  private void forgetHolder() {
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
    closed = true;
    forgetHolder();
    of.release(this);
  }

  @Override
  public String toString() {
    return "a hold of " + of;
  }
}
