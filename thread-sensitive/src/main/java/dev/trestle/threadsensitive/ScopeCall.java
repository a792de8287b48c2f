package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The call whose body has a scope around it; for an async body also the future of its result. */
final class ScopeCall<R extends @Nullable Object> extends Call<R> {
  private final ServedLane lane;

  private volatile @Nullable CompletionStage<R> stage;
  private volatile boolean ended;
  private volatile @Nullable Future<?> timer;

  ScopeCall(ServedLane lane, CallOptions options) {
    super(Deliveries.here(), options);
    this.lane = lane;
    home = lane;
    begin();
  }

  /** Runs a blocking body; what it calls from then on is refused once the scope is closed. */
  R run(Callable<R> body) throws Exception {
    try {
      Context entered = Context.captureValues();
      Context last = entered;
      try (Context.Scope scope = entered.enterFor(this)) {
        try {
          return body.call();
        } finally {
          last = Context.current();
        }
      } finally {
        Context.writeBack(entered, last);
      }
    } finally {
      ended = true;
      end();
      tellEnded();
    }
  }

  /**
   * Starts an async body, at whose end the lane is released.
   *
   * @param keep whether later callbacks of a framework's request belong to this call
   */
  void start(Callable<? extends CompletionStage<R>> body, boolean keep) {
    CompletionStage<R> started;
    try (Context.Scope entered = Context.captureValues().enterFor(this)) {
      timer = timer(() -> completeExceptionally(lateness()));
      started = body.call();
      if (started == null) {
        throw new BridgeException(
            "the body returned null where a CompletionStage was expected; return"
                + " CompletableFuture.completedFuture(null) for no value");
      }
      if (keep) {
        Context.capture().keep();
      }
    } catch (Throwable e) {
      settle(null, e);
      return;
    }
    stage = started;
    if (isDone()) { // Guard against race with a cancel that came before there was a stage.
      cancelBelow();
      cancelStage(started);
    }
    try {
      var unused = started.whenComplete(this::settle);
    } catch (Throwable e) {
      settle(null, e);
    }
  }

  /** Brings the result of the async body, on any thread. */
  private void settle(@Nullable R value, @Nullable Throwable failure) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    stage = null;
    Future<?> pending = timer;
    if (pending != null) {
      pending.cancel(false);
    }
    end();
    tellEnded();
    lane.release();
    boolean late = ownsDeadline && isOverdue(); // Guard against race with the timer.
    Throwable outcome = late ? lateness() : failure;
    if (delivery.isCurrent()) {
      completeWith(value, outcome);
    } else {
      Deliveries.deliver(delivery, (Task.Own) () -> completeWith(value, outcome));
    }
  }

  private void completeWith(@Nullable R value, @Nullable Throwable failure) {
    if (lane.isClosing()) {
      Call<?> outer = parent();
      Context.keepInstead(
          kept -> kept instanceof Call<?> call && call.home == lane,
          outer == null ? null : outer.live());
    }
    if (failure == null) {
      succeed(value);
    } else {
      fail(failure);
    }
  }

  private BridgeTimeoutException lateness() {
    return new BridgeTimeoutException(
        "no result from the body of a "
            + lane
            + " within "
            + limitText()
            + "; the calls that it made were cancelled");
  }

  @Override
  void giveUp() {
    cancelBelow();
    CompletionStage<R> started = stage;
    if (started != null) {
      cancelStage(started);
    }
  }

  @Override
  @Nullable Sources awaited() {
    CompletionStage<R> started = stage;
    return started == null ? null : Sources.of(started);
  }

  @Override
  boolean isEnded() {
    return ended;
  }
}
