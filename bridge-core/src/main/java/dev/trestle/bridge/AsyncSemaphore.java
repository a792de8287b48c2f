package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits that blocking and async code hold, first come first served in one line.
 *
 * <pre>{@code
 * AsyncSemaphore seats = AsyncSemaphore.of("seats", 3);
 * try (Hold seat = await(seats.acquire())) {   // in a task, or on a blocking thread
 *   await(client.send(order));
 * }
 * }</pre>
 *
 * <p>Unlike the permits of a {@link Limiter}, which belong to running bodies and are lent while
 * those wait, a hold is kept until it is closed. It belongs to the body, task or scope that asked
 * for it, else to the thread. A wait for one needs its holders to go on: so a ring of such waits is
 * proved, and the newest fails. Who ends without closing its hold breaks the semaphore: all who
 * wait, and who come later, fail instead of waiting for ever.
 *
 * <p><b>Threads.</b> All methods may be called on any thread, event loops included, and none
 * blocks.
 */
public final class AsyncSemaphore {
  private final String name;

  // Guarded by this.
  private int free;
  private final Map<Hold, Waiting<Hold>> line = new LinkedHashMap<>();
  private final Set<Hold> held = new LinkedHashSet<>();
  private @Nullable String broken;

  /**
   * Makes permits that are free.
   *
   * @param name with what it is, for messages
   */
  AsyncSemaphore(String name, int permits) {
    this.name = name;
    this.free = permits;
  }

  /**
   * Makes a semaphore.
   *
   * @param name for messages
   * @param permits how many may hold it at once
   * @return the semaphore, with all permits free
   * @throws IllegalArgumentException if there is no permit
   */
  public static AsyncSemaphore of(String name, int permits) {
    Objects.requireNonNull(name, "name");
    if (permits < 1) {
      throw new IllegalArgumentException(
          "semaphore '" + name + "' needs 1 permit or more, but is given " + permits);
    }
    return new AsyncSemaphore("semaphore '" + name + "'", permits);
  }

  /**
   * Asks for a permit.
   *
   * <p><b>Threads.</b> Dependents of the future run on the event loop that this is called on;
   * without one, on a worker. <b>Cancellation.</b> Cancelling the future gives up the place in the
   * line; so does the end of the body, task or scope that asked.
   *
   * @return completes with the hold when it is the caller's turn; fails with {@link
   *     BridgeException} if somebody has ended without closing a hold
   */
  public CompletableFuture<Hold> acquire() {
    Hold hold = new Hold(this);
    Waiting<Hold> waiting = new Waiting<>(name, this::holders, ignored -> release(hold));
    hold.watchHolder();
    String refusal;
    boolean mine;
    synchronized (this) {
      refusal = broken;
      mine = refusal == null && take(hold);
      if (refusal == null && !mine) {
        line.put(hold, waiting);
      }
    }
    if (mine) {
      waiting.give(hold, hold::close);
    } else if (refusal != null) {
      hold.forgetHolder();
      waiting.refuse(new BridgeException(refusal));
    }
    return waiting;
  }

  /**
   * Takes a permit if one is free and nobody waits.
   *
   * @return the hold, or empty
   * @throws BridgeException if somebody has ended without closing a hold
   */
  public Optional<Hold> tryAcquire() {
    Hold hold = new Hold(this);
    hold.watchHolder();
    boolean mine;
    String refusal;
    synchronized (this) {
      refusal = broken;
      mine = refusal == null && take(hold);
    }
    if (!mine) {
      hold.forgetHolder();
    }
    if (refusal != null) {
      throw new BridgeException(refusal);
    }
    return mine ? Optional.of(hold) : Optional.empty();
  }

  /** Takes a free permit; under the lock. */
  private boolean take(Hold hold) {
    if (free == 0 || !line.isEmpty()) {
      return false;
    }
    free--;
    held.add(hold);
    return true;
  }

  /** A hold is closed, or not wanted any more. */
  void release(Hold hold) {
    hold.forgetHolder();
    Hold next;
    Waiting<Hold> waiting;
    synchronized (this) {
      line.remove(hold);
      if (!held.remove(hold)) {
        return;
      }
      if (line.isEmpty()) {
        free++;
        return;
      }
      next = line.keySet().iterator().next();
      waiting = Objects.requireNonNull(line.remove(next), "who is next waits");
      held.add(next);
    }
    waiting.give(next, next::close);
  }

  /** Who asked for a hold has ended, and has not closed it. */
  void holderEnded(Hold hold) {
    List<Waiting<Hold>> left = new ArrayList<>();
    String why;
    synchronized (this) {
      Waiting<Hold> itself = line.remove(hold);
      if (itself != null) {
        left.add(itself);
        why = "the call that waited for " + name + " has ended";
      } else if (held.contains(hold)) {
        broken =
            name
                + " is broken: a call ended without closing its hold; close each one, best with"
                + " try-with-resources";
        why = broken;
        left.addAll(line.values());
        line.clear();
      } else {
        return;
      }
    }
    left.forEach(waiting -> waiting.refuse(new BridgeException(why)));
  }

  /** Of whom any has to go on before the next gets a permit. */
  private synchronized List<Object> holders() {
    return held.stream().map(Hold::holder).toList();
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return name;
  }
}
