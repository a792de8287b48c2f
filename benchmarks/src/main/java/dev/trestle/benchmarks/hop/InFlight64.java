package dev.trestle.benchmarks.hop;

/** A loop that has 64 hops in flight. */
public class InFlight64 extends Hops {
  @Override
  int chains() {
    return 64;
  }
}
