package dev.trestle.benchmarks.hop;

import org.jspecify.annotations.Nullable;

/** Hops one after the other, each begun on the loop when the one before has arrived. */
final class Chain {
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
