package dev.trestle.threadsensitive;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one kind of bridge call behaves. For building bridges.
 *
 * @param cancelPolicy what cancelling does to a running blocking body
 * @param timeout how long the call may take; null for as long as its parent may
 * @param shielded whether the call goes on when its parent is cancelled
 * @param detachedFailures what is told of exceptions that nobody waits for any more
 */
public record CallOptions(
    CancelPolicy cancelPolicy,
    @Nullable Duration timeout,
    boolean shielded,
    Consumer<? super Throwable> detachedFailures) {
  private static final Logger log = LoggerFactory.getLogger(CallOptions.class);

  /** Detaches when cancelled, has no time limit of its own, and logs detached failures. */
  public static final CallOptions DEFAULT =
      new CallOptions(CancelPolicy.DETACH, null, false, CallOptions::logDetached);

  private static void logDetached(Throwable failure) {
    if (failure instanceof CancellationException || failure instanceof BridgeTimeoutException) {
      log.debug("a cancelled body ended as cancelled"); // as it should
    } else {
      log.warn("a body failed after its call had been cancelled: {}", failure.toString());
    }
  }

  /** Tells of a failure that nobody waits for. */
  void tellDetached(Throwable failure) {
    try {
      detachedFailures.accept(failure);
    } catch (Throwable e) {
      e.addSuppressed(failure);
      logDetached(e);
    }
  }

  /**
   * Returns the same options with another cancel policy.
   *
   * @param policy the policy
   * @return the options
   */
  public CallOptions withCancel(CancelPolicy policy) {
    return new CallOptions(policy, timeout, shielded, detachedFailures);
  }

  /**
   * Returns the same options with another time limit.
   *
   * @param limit the limit, more than zero
   * @return the options
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public CallOptions withTimeout(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("timeout must be more than zero, but is " + limit);
    }
    return new CallOptions(cancelPolicy, limit, shielded, detachedFailures);
  }

  /**
   * Returns the same options for calls that a cancelled parent leaves alone.
   *
   * @return the options
   */
  public CallOptions withShield() {
    return new CallOptions(cancelPolicy, timeout, true, detachedFailures);
  }

  /**
   * Returns the same options with another receiver of detached failures.
   *
   * @param handler what is told of each, on the thread where the body ended
   * @return the options
   */
  public CallOptions withDetachedFailures(Consumer<? super Throwable> handler) {
    return new CallOptions(cancelPolicy, timeout, shielded, handler);
  }
}
