package dev.trestle.benchmarks.context;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One way to carry values, and a thread that has some. It captures many times where they are, and
 * then runs where they are not: to go from the one to the other once is not worth mentioning.
 *
 * @param <C> what has captured the values, with something to run
 */
@State(Scope.Thread)
public abstract class Carrier<C> {
  static final int TASKS = 1000;

  private final Object[] captured = new Object[TASKS];
  private int ran;

  /** Captures the values of the current thread for a body. */
  abstract C capture(Runnable body);

  /** Runs the body with them. */
  abstract void run(C captured);

  /** Goes to where there are no values. */
  abstract void leave();

  /** Goes back to where they are. */
  abstract void comeBack();

  /** How many values the current thread has. */
  abstract int present();

  @SuppressWarnings("unchecked") // the array holds only what capture returned
  final int round() {
    Runnable body = this::ran;
    for (int i = 0; i < TASKS; i++) {
      captured[i] = capture(body);
    }
    leave();
    for (int i = 0; i < TASKS; i++) {
      run((C) captured[i]);
    }
    comeBack();
    return ran;
  }

  private void ran() {
    ran++;
  }

  /** Fails unless a body has all values, and the thread has none before and after it. */
  final void check(int all) {
    int[] seen = {-1};
    C task = capture(() -> seen[0] = present());
    require(present(), all);
    leave();
    require(present(), 0);
    run(task);
    require(seen[0], all);
    require(present(), 0);
    comeBack();
    require(present(), all);
  }

  private static void require(int present, int expected) {
    if (present != expected) {
      throw new AssertionError(present + " values, not " + expected);
    }
  }
}
