package dev.trestle.bridge;

import dev.trestle.threadsensitive.Delivery;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An executor chosen for the dependents of a call.
 *
 * @param loop the loop that the call was made on, to which blocking code below it still goes back
 */
record ChosenDelivery(Executor executor, @Nullable EventLoop loop) implements Delivery {
  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public boolean isCurrent() {
    return executor instanceof Delivery delivery && delivery.isCurrent();
  }

  @Override
  public String toString() {
    return "executor " + executor;
  }
}
