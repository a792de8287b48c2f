package dev.trestle.bridge;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** See {@link EventLoop#adapt}. */
record AdaptedEventLoop(String name, Executor executor, BooleanSupplier current)
    implements EventLoop {
  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public boolean isCurrent() {
    return current.getAsBoolean();
  }

  @Override
  public String toString() {
    return "event loop '" + name + "'";
  }
}
