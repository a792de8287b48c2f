package dev.trestle.bridge;

import dev.trestle.threadsensitive.Calls;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Several stages as one. Unlike {@link CompletableFuture#allOf} and {@code anyOf} these keep the
 * values and their type, and a thread that is blocked in a wait for the result knows what it waits
 * for: it runs what is queued for any of the stages, and a deadlock is found.
 *
 * <p><b>Threads.</b> Dependents of the results run on the event loop that the method is called on;
 * without one, on a worker. <b>Context.</b> Dependents run in the context in which they were
 * registered. <b>Cancellation.</b> Cancelling a result leaves the stages alone.
 */
public final class Stages {
  private Stages() {}

  /**
   * Waits for all stages.
   *
   * @param stages the stages, of any library
   * @param <T> the type of the values
   * @return completes with the values in the order of the stages, when all are done; if some fail,
   *     with the failure of the first of them in that order
   */
  public static <T extends @Nullable Object> CompletableFuture<List<T>> all(
      Collection<? extends CompletionStage<? extends T>> stages) {
    return Calls.all(stages);
  }

  /**
   * Waits for all stages.
   *
   * @param stages the stages, of any library
   * @param <T> the type of the values
   * @return as {@link #all(Collection)}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> CompletableFuture<List<T>> all(
      CompletionStage<? extends T>... stages) {
    return Calls.all(Arrays.asList(stages));
  }

  /**
   * Waits for the first stage that is done, well or not.
   *
   * @param stages the stages, of any library
   * @param <T> the type of the value
   * @return completes as the first stage that is done
   * @throws IllegalArgumentException if there is none, since that would never complete
   */
  public static <T extends @Nullable Object> CompletableFuture<T> any(
      Collection<? extends CompletionStage<? extends T>> stages) {
    return Calls.any(stages);
  }

  /**
   * Waits for the first stage that is done, well or not.
   *
   * @param stages the stages, of any library
   * @param <T> the type of the value
   * @return as {@link #any(Collection)}
   * @throws IllegalArgumentException if there is none, since that would never complete
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> CompletableFuture<T> any(
      CompletionStage<? extends T>... stages) {
    return Calls.any(Arrays.asList(stages));
  }

  /**
   * Waits for a time to pass.
   *
   * @param time how long
   * @return completes without a value when that time is over; cancelling it stops the timer
   */
  public static CompletableFuture<@Nullable Void> after(Duration time) {
    Objects.requireNonNull(time, "time");
    return Calls.after(time);
  }
}
