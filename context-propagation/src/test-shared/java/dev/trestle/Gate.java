package dev.trestle;

import java.util.concurrent.CountDownLatch;

/** A place where a body stops until a test lets it go on. */
public final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile Thread thread;

  /** Stops here until the gate is open; an interrupt is an error. */
  public void pass() {
    arrive();
    Patience.await(opened);
  }

  /** Stops here until the gate is open or the thread is interrupted. */
  public void passInterruptibly() throws InterruptedException {
    arrive();
    opened.await();
  }

  /** Waits until a thread has stopped here, and returns it. */
  public Thread awaitReached() {
    Patience.await(reached);
    return thread;
  }

  /** Tells whether a thread has come here. */
  public boolean isReached() {
    return reached.getCount() == 0;
  }

  /** Lets everyone through. */
  public void open() {
    opened.countDown();
  }

  private void arrive() {
    thread = Thread.currentThread();
    reached.countDown();
  }
}
