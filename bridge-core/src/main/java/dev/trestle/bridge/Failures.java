package dev.trestle.bridge;

import java.util.List;
import java.util.concurrent.CompletionException;

/** How a failure of async code is thrown to the blocking code that waited for it. */
final class Failures {
  private Failures() {}

  /**
   * Throws a failure if it is unchecked or an error; else returns what to throw.
   *
   * @return the failure, if it is of the declared type
   * @throws CompletionException with the failure as its cause, if it is checked and undeclared
   */
  static <X extends Exception> X rethrown(Throwable failure, Class<X> declared) {
    Throwable own = unwrapped(failure);
    WaitingStack.addTo(own);
    if (own instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (own instanceof Error error) {
      throw error;
    }
    if (declared.isInstance(own)) {
      return declared.cast(own);
    }
    throw new CompletionException(own);
  }

  /**
   * Returns what a method may throw for a failure.
   *
   * @return the failure, if it is unchecked or of a declared type, else an exception that it caused
   */
  static Exception declared(Exception failure, List<Class<?>> declared) {
    return failure instanceof RuntimeException
            || declared.stream().anyMatch(type -> type.isInstance(failure))
        ? failure
        : new CompletionException(failure);
  }

  /** What a dependent stage wraps when its source fails; one that somebody wrote says more. */
  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null
            && failure.getClass() == CompletionException.class
            && cause.toString().equals(failure.getMessage())
        ? cause
        : failure;
  }

  /** Says, inside an exception from another thread, who waited for it. */
  static final class WaitingStack extends Exception {
    private static final long serialVersionUID = 1L;

    private WaitingStack(String message) {
      super(message);
    }

    /** Adds the current stack, if the exception has none of these yet. */
    static void addTo(Throwable failure) {
      synchronized (failure) { // Guard against race with another thread that waited for it.
        for (Throwable known : failure.getSuppressed()) {
          if (known instanceof WaitingStack) {
            return;
          }
        }
        failure.addSuppressed(
            new WaitingStack("waited for by thread '" + Thread.currentThread().getName() + "'"));
      }
    }
  }
}
