package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.EventLoopThread;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A new virtual thread for each body, and {@code loop.execute}. */
public class VirtualThreadRoute extends Route {
  /** Its name is not in the Java that this is compiled for. */
  private static final MethodHandle START = startVirtualThread();

  private final EventLoopThread loop = EventLoopThread.start("loop");

  private static MethodHandle startVirtualThread() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class))
          .asType(MethodType.methodType(void.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void open() {}

  @Override
  void close() {
    loop.close();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  void hop(Chain chain) {
    Runnable task =
        () -> {
          Integer value = runBody();
          loop.execute(() -> chain.arrived(value));
        };
    try {
      START.invokeExact(task);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
