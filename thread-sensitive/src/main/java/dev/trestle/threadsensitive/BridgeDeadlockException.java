package dev.trestle.threadsensitive;

/** A wait that was refused, or given up, because nothing could ever have ended it. */
public final class BridgeDeadlockException extends BridgeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was done, why it cannot work, and what to do instead
   */
  public BridgeDeadlockException(String message) {
    super(message);
  }
}
