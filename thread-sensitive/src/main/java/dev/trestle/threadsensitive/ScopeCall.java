package dev.trestle.threadsensitive;

import org.jspecify.annotations.Nullable;

/** The call whose body has a scope around it; for an async body also the future of its result. */
final class ScopeCall<R extends @Nullable Object> extends Call<R> {
  private volatile boolean ended;

  ScopeCall(ThreadSensitiveScope scope) {
    super(Deliveries.here(), current(), CallOptions.DEFAULT);
    home = scope.lane();
    begin();
  }

  /** The body has ended: what it calls from now on belongs to the call further out. */
  void bodyEnded() {
    ended = true;
    end();
  }

  /** Brings the result of an async body, on any thread. */
  void settle(@Nullable R value, @Nullable Throwable failure) {
    if (delivery.isCurrent()) {
      completeWith(value, failure);
    } else {
      Deliveries.deliver(delivery, (Task.Own) () -> completeWith(value, failure));
    }
  }

  @SuppressWarnings("NullAway") // the stage's value, null only where R allows it
  private void completeWith(@Nullable R value, @Nullable Throwable failure) {
    if (failure == null) {
      super.complete(value);
    } else {
      super.completeExceptionally(failure);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (super.cancel(mayInterruptIfRunning)) {
      cancelBelow();
    }
    return isCancelled();
  }

  @Override
  public boolean complete(R value) {
    boolean first = super.complete(value);
    if (first) {
      cancelBelow();
    }
    return first;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean first = super.completeExceptionally(failure);
    if (first) {
      cancelBelow();
    }
    return first;
  }

  @Override
  void cancelCall() {
    cancel(true);
  }

  @Override
  boolean isShielded() {
    return false;
  }

  @Override
  boolean isEnded() {
    return ended;
  }
}
