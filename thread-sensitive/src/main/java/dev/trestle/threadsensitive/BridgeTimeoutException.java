package dev.trestle.threadsensitive;

/** A bridge call that had no result when its deadline came; it was cancelled. */
public final class BridgeTimeoutException extends BridgeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was done, why it cannot work, and what to do instead
   */
  public BridgeTimeoutException(String message) {
    super(message);
  }
}
