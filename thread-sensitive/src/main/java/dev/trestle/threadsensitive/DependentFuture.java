package dev.trestle.threadsensitive;

import org.jspecify.annotations.Nullable;

/** A future derived from a call's, and delivered where that one is. */
final class DependentFuture<T extends @Nullable Object> extends BridgeFuture<T> {
  /** Not the stage before this one: a chain without end would keep its whole past alive. */
  private final @Nullable Call<?> origin;

  DependentFuture(Delivery delivery, @Nullable Call<?> origin) {
    super(delivery);
    this.origin = origin;
  }

  @Override
  @Nullable Call<?> origin() {
    return origin;
  }
}
