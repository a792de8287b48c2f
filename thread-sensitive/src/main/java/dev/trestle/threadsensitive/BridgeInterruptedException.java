package dev.trestle.threadsensitive;

/**
 * A blocked caller that was interrupted; its call was cancelled, and the thread's interrupt flag is
 * set.
 */
public final class BridgeInterruptedException extends BridgeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was done, why it cannot work, and what to do instead
   */
  public BridgeInterruptedException(String message) {
    super(message);
  }
}
