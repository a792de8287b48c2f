package dev.trestle.examples;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;

/** Holds the place of the order service. */
public final class OrderService {
  private OrderService() {}

  /**
   * Calls blocking code from async code from blocking code.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    Thread main = Thread.currentThread();
    Thread home =
        AsyncToSync.create().call(() -> SyncToAsync.threadSensitive().call(Thread::currentThread));
    System.out.println("the blocking body ran on " + home + ": " + (home == main));
  }
}
