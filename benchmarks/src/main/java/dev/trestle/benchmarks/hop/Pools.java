package dev.trestle.benchmarks.hop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors of the JDK. */
final class Pools {
  private Pools() {}

  /** For what may block. */
  static ExecutorService blocking() {
    return of(Route.THREADS);
  }

  /** One thread, for what must not. */
  static ExecutorService loop() {
    return of(1);
  }

  private static ExecutorService of(int threads) {
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  }
}
