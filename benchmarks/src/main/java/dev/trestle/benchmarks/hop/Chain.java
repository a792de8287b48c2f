package dev.trestle.benchmarks.hop;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hops one after the other, each begun on the loop when the one before has arrived. */
final class Chain implements Consumer<Integer>, BiConsumer<Integer, @Nullable Throwable> {
  private final Route route;

  /** Where a route keeps what belongs to the chain. */
  @Nullable Object coroutine;

  private int left;
  private int sum;

  Chain(Route route) {
    this.route = route;
  }

  void begin(int hops) {
    left = hops;
    sum = 0;
    route.hop(this);
  }

  @Override
  public void accept(Integer value) {
    arrived(value);
  }

  @Override
  public void accept(Integer value, @Nullable Throwable failure) {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    arrived(value);
  }

  /** The callback on the loop. */
  void arrived(Integer value) {
    sum += value;
    if (--left > 0) {
      route.hop(this);
    } else {
      route.ended(sum);
    }
  }
}
