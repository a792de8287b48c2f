package dev.trestle.benchmarks.hop;

/** A loop that has one hop to do, and nothing else. */
public class OneAtATime extends Hops {
  @Override
  int chains() {
    return 1;
  }
}
