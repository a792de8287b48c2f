package dev.trestle.benchmarks.wait;

import dev.trestle.benchmarks.byhand.Task;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a loop gets to do: to complete a promise. There is one for all calls, since a thread that
 * waits makes one call at a time; so a call allocates what its library needs, and nothing else.
 */
final class Request<P> extends Task {
  private final Consumer<P> complete;
  private @Nullable P promise;
  private @Nullable Thread ranOn;

  Request(Consumer<P> complete) {
    this.complete = complete;
  }

  Request<P> of(P made) {
    promise = made;
    return this;
  }

  void checkRanOn(Thread loop) {
    if (ranOn != loop) {
      throw new IllegalStateException("completed on " + ranOn + " in place of " + loop);
    }
  }

  @Override
  protected void runOnLoop() {
    ranOn = Thread.currentThread();
    complete.accept(Objects.requireNonNull(promise));
  }
}
