package dev.trestle.benchmarks.serial;

import dev.trestle.benchmarks.byhand.Waiting;
import java.util.function.BooleanSupplier;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thread by hand that looks after a queue of JCTools. */
@State(Scope.Benchmark)
public class JctoolsLoop {
  private final MpscUnboundedArrayQueue<Runnable> queue = new MpscUnboundedArrayQueue<>(1024);
  private final Thread thread = new Thread(this::serve, "jctools");
  private final Waiting waiting = new Waiting(thread);
  private volatile boolean closed;

  public JctoolsLoop() {
    thread.setDaemon(true);
    thread.start();
  }

  final void execute(Runnable task) {
    queue.offer(task); // counts up before it looks whether the thread is parked
    waiting.wake();
  }

  private void serve() {
    BooleanSupplier something = () -> !queue.isEmpty() || closed;
    while (!closed) {
      Runnable task = queue.poll();
      if (task == null) {
        waiting.until(something);
      } else {
        task.run();
      }
    }
  }

  @TearDown
  public void close() {
    closed = true;
    waiting.wake();
  }
}
