package dev.trestle.threadsensitive;

import org.jspecify.annotations.Nullable;

/** A future derived from a call's, and delivered where that one is. */
final class DependentFuture<T extends @Nullable Object> extends BridgeFuture<T> {
  /** Not the stage before this one: a chain without end would keep its whole past alive. */
  private final @Nullable Call<?> origin;

  /** What leads to the stage before this one as long as that one matters; null if not known. */
  private volatile @Nullable Carried edge;

  DependentFuture(Delivery delivery, @Nullable Call<?> origin) {
    super(delivery);
    this.origin = origin;
  }

  void awaitWith(Carried leading) {
    edge = leading;
  }

  @Override
  void forgetPast() {
    edge = null;
  }

  @Override
  @Nullable Sources awaited() {
    Carried leading = edge;
    return leading == null ? null : leading.awaited();
  }

  @Override
  @Nullable Call<?> origin() {
    return origin;
  }
}
