package dev.trestle.bridge;

import dev.trestle.threadsensitive.BlockingCall;
import dev.trestle.threadsensitive.LimiterFullException;
import dev.trestle.threadsensitive.Permits;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How many blocking bodies of one kind may run at the same time: as many as a database has
 * connections, or a device takes requests. Others wait their turn, first come first served, up to a
 * limit; one more is refused with a {@link LimiterFullException}, which beats a line without an
 * end.
 *
 * <pre>{@code
 * Limiter database = Limiter.of("database", 10, 200);
 * SyncToAsync queries = SyncToAsync.concurrent().limitedBy(database);
 * }</pre>
 *
 * <p>A permit belongs to running work: a call that waits in the line holds no thread, and one that
 * is cancelled there gives up its place. A body that was cancelled while it ran holds its permit
 * until it ends. While a body waits in {@link AsyncToSync}, or with {@code join}, its permit is
 * lent to one call that it waits for, so bodies of one kind may be nested. It never waits for its
 * permit when it goes on; nobody new is let in until the number is right again.
 *
 * <p><b>Threads.</b> All methods may be called on any thread, and none blocks.
 */
public final class Limiter {
  private final Permits permits;

  private Limiter(Permits permits) {
    this.permits = permits;
  }

  /**
   * Makes a limiter.
   *
   * @param name for messages
   * @param permits how many bodies may run at once
   * @param maxWaiting how many more calls may wait; one more than these fails with {@code
   *     BridgeException}
   * @return the limiter
   * @throws IllegalArgumentException if there is no permit, or the line is shorter than nothing
   */
  public static Limiter of(String name, int permits, int maxWaiting) {
    Objects.requireNonNull(name, "name");
    if (maxWaiting < 0) {
      throw new IllegalArgumentException(
          "limiter '" + name + "': maxWaiting must be 0 or more, but is " + maxWaiting);
    }
    return new Limiter(new Permits(name, checked(name, permits), maxWaiting));
  }

  private static int checked(String name, int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException(
          "limiter '" + name + "' needs 1 permit or more, but is given " + permits);
    }
    return permits;
  }

  void submit(BlockingCall<?> call, Consumer<? super BlockingCall<?>> submit) {
    permits.submit(call, submit);
  }

  /**
   * Changes how many bodies may run at once. If more do already, they go on, and nobody new is let
   * in until enough have ended.
   *
   * @param changed the new number of permits
   * @throws IllegalArgumentException if it is less than 1
   */
  public void resize(int changed) {
    permits.resize(checked(permits.toString(), changed));
  }

  /**
   * What is known of a limiter at one moment.
   *
   * @param permits how many there are
   * @param held how many calls hold one, borrowed ones included
   * @param lent how many of these are borrowed from a call that waits for the borrower
   * @param waiting how many calls wait for one
   * @param refused how many calls were refused so far, since too many waited
   * @param holders who holds one, in words for a person
   */
  public record Statistics(
      int permits, int held, int lent, int waiting, long refused, List<String> holders) {}

  /**
   * Says who holds the permits, and how many wait.
   *
   * @return a picture of this moment
   */
  public Statistics statistics() {
    Permits.Statistics now = permits.statistics();
    return new Statistics(
        now.permits(), now.held(), now.lent(), now.waiting(), now.refused(), now.holders());
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return permits.toString();
  }
}
