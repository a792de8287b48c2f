package dev.trestle.threadsensitive;

/**
 * A call that a limiter refused, since as many as it allows wait already. Nothing was run; the same
 * call may be taken later.
 */
public final class LimiterFullException extends BridgeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was done, why it cannot work, and what to do instead
   */
  public LimiterFullException(String message) {
    super(message);
  }
}
