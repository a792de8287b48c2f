package dev.trestle.benchmarks;

/** How long a contender is measured, in one JVM of its own. */
enum Effort {
  FULL(3, 700, 5, 1000),
  QUICK(2, 300, 3, 300),
  /** Long enough for C2, and nothing more: bytes do not depend on time. */
  BYTES(4, 300, 3, 200),
  /** For a machine too busy to have compiled all in that time. */
  BYTES_AGAIN(10, 1000, 5, 300);

  final int warmups;
  final int warmupMillis;
  final int iterations;
  final int iterationMillis;

  Effort(int warmups, int warmupMillis, int iterations, int iterationMillis) {
    this.warmups = warmups;
    this.warmupMillis = warmupMillis;
    this.iterations = iterations;
    this.iterationMillis = iterationMillis;
  }
}
