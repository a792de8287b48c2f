package dev.trestle.benchmarks.context;

import dev.trestle.benchmarks.Bytes;
import dev.trestle.context.Context;
import io.micrometer.context.ContextSnapshotFactory;
import io.smallrye.context.SmallRyeThreadContext;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Values that other libraries hold in thread-locals. */
@State(Scope.Thread)
@OperationsPerInvocation(Carrier.TASKS)
public class ThreadLocals {
  @Param({"1", "4", "10"})
  public int values;

  @Benchmark
  public int limit(Swap carrier) {
    return carrier.round();
  }

  @Benchmark
  @Bytes(value = 216, at = "values=10")
  public int trestle(Trestle carrier) {
    return carrier.round();
  }

  @Benchmark
  public int smallRyeContextualRunnable(SmallRye carrier) {
    return carrier.round();
  }

  @Benchmark
  public int micrometerSnapshot(Micrometer carrier) {
    return carrier.round();
  }

  /** By hand: one array, which changes places with the thread's values and back. */
  @State(Scope.Thread)
  public static class Swap extends ForeignCarrier<Runnable> {
    @Setup
    public void begin(ThreadLocals outer) {
      make(outer.values);
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      @Nullable Integer[] values = new Integer[threadLocals.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = threadLocals.get(i).get();
      }
      return () -> {
        swap(values);
        try {
          body.run();
        } finally {
          swap(values);
        }
      };
    }

    private void swap(@Nullable Integer[] values) {
      for (int i = 0; i < values.length; i++) {
        ThreadLocal<@Nullable Integer> threadLocal = threadLocals.get(i);
        Integer here = threadLocal.get();
        threadLocal.set(values[i]);
        values[i] = here;
      }
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }
  }

  @State(Scope.Thread)
  public static class Trestle extends ForeignCarrier<Runnable> {
    @Setup
    public void begin(ThreadLocals outer) {
      make(outer.values);
      register();
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      return Context.capture().wrap(body);
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }
  }

  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls begin first
  public static class SmallRye extends ForeignCarrier<Runnable> {
    private SmallRyeThreadContext context;

    @Setup
    public void begin(ThreadLocals outer) {
      make(outer.values);
      context = smallRye();
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      return context.contextualRunnable(body);
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }
  }

  @State(Scope.Thread)
  public static class Micrometer extends ForeignCarrier<Runnable> {
    private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

    @Setup
    public void begin(ThreadLocals outer) {
      make(outer.values);
      register();
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      return snapshots.captureAll().wrap(body);
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }
  }
}
