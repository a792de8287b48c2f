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
 * those wait, a hold is kept until it is closed. Straight-line code that has waited for it is its
 * holder: the body, task or scope that the code is part of. A wait for a permit needs the holders
 * to go on: so a ring of such waits is proved, and the newest fails. A holder that ends without
 * closing its hold breaks the semaphore: all who wait, and who come later, fail instead of waiting
 * for ever. If other code is to close the hold, {@linkplain Hold#handOn hand it on}. Of one that a
 * callback got, or a thread outside of any call, nobody knows whose it is.
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
   * line.
   *
   * @return completes with the hold when it is the caller's turn; fails with {@link
   *     BridgeException} if somebody has ended without closing a hold
   */
  public CompletableFuture<Hold> acquire() {
    Hold hold = new Hold(this);
    Waiting<Hold> waiting =
        new Waiting<>(name, this::holders, ignored -> release(hold), Hold::taken);
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
      waiting.giveAtOnce(hold, hold::close);
    } else if (refusal != null) {
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
    boolean mine;
    String refusal;
    synchronized (this) {
      refusal = broken;
      mine = refusal == null && take(hold);
    }
    if (refusal != null) {
      throw new BridgeException(refusal);
    }
    if (!mine) {
      return Optional.empty();
    }
    hold.taken();
    return Optional.of(hold);
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

  /** The holder has ended, and has not closed a hold. */
  void leftBehind(Hold hold) {
    List<Waiting<Hold>> left;
    BridgeException why;
    synchronized (this) {
      if (!held.contains(hold)) {
        return;
      }
      broken =
          name
              + " is broken: a call ended without closing its hold; close each one, best with"
              + " try-with-resources";
      why = new BridgeException(broken);
      left = List.copyOf(line.values());
      line.clear();
    }
    left.forEach(waiting -> waiting.refuse(why));
  }

  /** Of whom any has to go on before the next gets a permit; none if not all are known. */
  private synchronized List<Object> holders() {
    List<Object> all = new ArrayList<>();
    for (Hold hold : held) {
      Object holder = hold.holder();
      if (holder == null) {
        return List.of();
      }
      all.add(holder);
    }
    return all;
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
