package dev.trestle.threadsensitive;

import dev.trestle.context.Local;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What code can know and say about the bridge call that it is running in. */
public final class Calls {
  /**
   * What the calls below belong to, such as the id of a request. The server that takes the request
   * sets it; like every {@link Local} it follows the call. A flight recording shows it with each
   * bridge call, as {@code trace} of the event {@code dev.trestle.Hop}; nothing else reads it.
   */
  public static final Local<String> TRACE = Local.named("trace");

  private Calls() {}

  /**
   * Registers what to do when the blocking body that is running here is cancelled, such as {@code
   * statement::cancel}.
   *
   * <p><b>Threads.</b> The hook runs on a worker, at most once, and only while the body runs: the
   * end of the body waits for a hook in progress. If the call has been cancelled already, it runs
   * at once.
   *
   * @param hook what to do; what it throws is logged
   * @return takes the hook back
   * @throws BridgeException if the current thread is running no bridge call
   */
  public static Registration onCancel(Runnable hook) {
    Objects.requireNonNull(hook, "hook");
    Call<?> call = Call.current();
    if (call == null) {
      throw new BridgeException(
          "Calls.onCancel was called on thread '"
              + Thread.currentThread().getName()
              + "', which is running no bridge call; call it from within a body given to SyncToAsync");
    }
    return call.hooks().add(hook);
  }

  /**
   * Returns which threads wait in a bridge call for longer than a moment, since when, for what and
   * where, and which homes are kept busy by one body while others wait; each with its stack.
   *
   * <p><b>Threads.</b> Any; it takes no lock and waits for nothing, so it works when everything is
   * stuck. It is a picture of many moments: what moves meanwhile may show twice, or not at all.
   *
   * @return text for a person, of one line or more
   */
  public static String dump() {
    return WaitText.dump();
  }

  /**
   * Returns a stage that completes when nothing runs any more for a call: for one that was
   * cancelled while its body ran, that is later than the call's own future.
   *
   * <p><b>Threads.</b> Its dependents run where those of the call's future do. <b>Cancellation.</b>
   * Cancelling it has no effect on the call.
   *
   * @param stage what a call of {@code SyncToAsync} or the start of a task returned, or a stage
   *     derived from it
   * @return completes without a value, and never fails
   * @throws IllegalArgumentException if the stage does not come from a bridge call
   */
  public static CompletableFuture<Void> ended(CompletionStage<?> stage) {
    Objects.requireNonNull(stage, "stage");
    Call<?> call = stage instanceof BridgeFuture<?> future ? future.origin() : null;
    if (call instanceof BlockingCall || call instanceof LoopTask) {
      return call.ended();
    }
    throw new IllegalArgumentException(
        "the stage does not come from a SyncToAsync call, or a task: "
            + stage
            + "; give the future that the call returned");
  }

  /**
   * Returns a future of Trestle's kind for a stage of another library, such as {@code
   * HttpClient.sendAsync} returns.
   *
   * <p><b>Threads.</b> Dependents run on the event loop that this method is called on; without one,
   * on a worker. <b>Context.</b> Dependents run in the context in which they were registered.
   * <b>Cancellation.</b> Cancelling the result leaves the stage alone.
   *
   * @param stage the stage
   * @param <T> the type of the result
   * @return completes as the stage does
   */
  public static <T extends @Nullable Object> CompletableFuture<T> adopt(CompletionStage<T> stage) {
    Objects.requireNonNull(stage, "stage");
    return Deliveries.adopt(stage, Deliveries.here());
  }

  /**
   * Returns a future of Trestle's kind for work of another library that can be given up. For
   * building bridges.
   *
   * <p><b>Threads.</b> Dependents run on the event loop that this method is called on; without one,
   * on a worker. <b>Context.</b> Dependents run in the context in which they were registered.
   * <b>Cancellation.</b> Cancelling the result, or completing it from outside, gives up the work.
   *
   * @param future completes as the work does
   * @param onCancel gives up the work; runs on the thread that cancels the result, and only if the
   *     future is not done
   * @param <T> the type of the result
   * @return completes as the future does
   */
  public static <T extends @Nullable Object> CompletableFuture<T> adopt(
      CompletableFuture<T> future, Runnable onCancel) {
    Objects.requireNonNull(future, "future");
    Objects.requireNonNull(onCancel, "onCancel");
    return Deliveries.adopt(future, Deliveries.here(), onCancel);
  }

  /**
   * Waits for all stages. For building bridges; users have {@code Stages}.
   *
   * @param stages the stages
   * @param <T> the type of the values
   * @return completes with the values in the order of the stages, when all are done; if some fail,
   *     with the failure of the first of them in that order
   */
  public static <T extends @Nullable Object> CompletableFuture<List<T>> all(
      Collection<? extends CompletionStage<? extends T>> stages) {
    return Gathered.all(List.copyOf(stages));
  }

  /**
   * Waits for the first stage that is done. For building bridges; users have {@code Stages}.
   *
   * @param stages the stages
   * @param <T> the type of the value
   * @return completes as the first stage that is done
   * @throws IllegalArgumentException if there is none
   */
  public static <T extends @Nullable Object> CompletableFuture<T> any(
      Collection<? extends CompletionStage<? extends T>> stages) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no stage to wait for, so the result would never come; give at least one");
    }
    return Gathered.any(List.copyOf(stages));
  }

  /**
   * Waits for a time to pass. For building bridges; users have {@code Stages}.
   *
   * @param time how long
   * @return completes without a value when that time is over; cancelling it stops the timer
   */
  @SuppressWarnings("NullAway") // it has no value
  public static CompletableFuture<@Nullable Void> after(Duration time) {
    return new DependentFuture<@Nullable Void>(Deliveries.here(), null)
        .completeOnTimeout(null, Deadline.nanos(time), TimeUnit.NANOSECONDS);
  }
}
