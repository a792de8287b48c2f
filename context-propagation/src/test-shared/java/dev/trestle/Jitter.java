package dev.trestle;

import java.util.SplittableRandom;

/** Random pauses of about 0 to 50 µs, which move the steps of a race against each other. */
public final class Jitter {
  private final SplittableRandom random;

  public Jitter(long seed) {
    random = new SplittableRandom(seed);
  }

  public void pause() {
    int choice = random.nextInt(8);
    if (choice == 0) {
      Thread.yield();
    } else if (choice > 2) {
      for (int i = random.nextInt(1 << (choice + 2)); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }
}
