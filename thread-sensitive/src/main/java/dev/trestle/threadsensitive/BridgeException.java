package dev.trestle.threadsensitive;

import org.jspecify.annotations.Nullable;

/**
 * A bridge call that could not be made or could not end, as opposed to one whose task failed: that
 * one throws what the task threw.
 */
public class BridgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was done, why it cannot work, and what to do instead
   */
  public BridgeException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what was done, why it cannot work, and what to do instead
   * @param cause what was thrown below; may be null
   */
  public BridgeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
