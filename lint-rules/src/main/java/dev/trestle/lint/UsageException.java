package dev.trestle.lint;

/** Options that cannot be understood; the message says which, why, and what to write instead. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
