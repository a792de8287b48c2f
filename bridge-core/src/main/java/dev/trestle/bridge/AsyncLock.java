package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lock that blocking and async code hold, one at a time, first come first served. What stands
 * between two awaits of a task needs none; what must not be broken into while it awaits does.
 *
 * <pre>{@code
 * AsyncLock accounts = AsyncLock.named("accounts");
 * try (Hold hold = await(accounts.acquire())) {   // in a task, or on a blocking thread
 *   int balance = await(bank.balance(from));
 *   await(bank.setBalance(from, balance - amount));
 * }
 * }</pre>
 *
 * <p>It is not re-entrant: who asks for it once more while it holds it waits for itself, which is
 * proved and fails. Everything else is as with an {@link AsyncSemaphore} of one permit.
 *
 * <p><b>Threads.</b> All methods may be called on any thread, event loops included, and none
 * blocks.
 */
public final class AsyncLock {
  private final AsyncSemaphore one;

  private AsyncLock(AsyncSemaphore one) {
    this.one = one;
  }

  /**
   * Makes a lock.
   *
   * @param name for messages
   * @return the lock, which nobody holds
   */
  public static AsyncLock named(String name) {
    Objects.requireNonNull(name, "name");
    return new AsyncLock(new AsyncSemaphore("lock '" + name + "'", 1));
  }

  /**
   * Asks for the lock.
   *
   * @return as {@link AsyncSemaphore#acquire}
   */
  public CompletableFuture<Hold> acquire() {
    return one.acquire();
  }

  /**
   * Takes the lock if nobody holds it or waits for it.
   *
   * @return the hold, or empty
   * @throws BridgeException if somebody has ended without closing a hold
   */
  public Optional<Hold> tryAcquire() {
    return one.tryAcquire();
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return one.toString();
  }
}
