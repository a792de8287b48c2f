package dev.trestle.benchmarks.context;

import com.alibaba.ttl.TransmittableThreadLocal;
import com.alibaba.ttl.TtlRunnable;
import dev.trestle.benchmarks.Bytes;
import dev.trestle.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.slf4j.helpers.BasicMDCAdapter;

/** Values that the library itself holds. */
@State(Scope.Thread)
@OperationsPerInvocation(Carrier.TASKS)
public class Locals {
  @Param({"0", "1", "10", "100"})
  public int values;

  @Benchmark
  public int limit(ByHand carrier) {
    return carrier.round();
  }

  @Benchmark
  @Bytes(value = 40, at = "values=10")
  public int trestle(Trestle carrier) {
    return carrier.round();
  }

  @Benchmark
  public int mdcCopy(Mdc carrier) {
    return carrier.round();
  }

  @Benchmark
  public int transmittableThreadLocal(Transmittable carrier) {
    return carrier.round();
  }

  @State(Scope.Thread)
  public static class ByHand extends OneReference<Runnable> {
    @Setup
    public void begin(Locals outer) {
      make(outer.values);
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      return wrap(body);
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }
  }

  @State(Scope.Thread)
  public static class Trestle extends LocalsCarrier<Runnable> {
    @Setup
    public void begin(Locals outer) {
      make(outer.values);
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

  /** As it is done with SLF4J's map of strings. */
  @State(Scope.Thread)
  public static class Mdc extends Carrier<Runnable> {
    private final BasicMDCAdapter mdc = new BasicMDCAdapter();
    private @Nullable Map<String, String> all;

    @Setup
    public void begin(Locals outer) {
      for (int i = 0; i < outer.values; i++) {
        mdc.put("key-" + i, "value-" + i);
      }
      all = mdc.getCopyOfContextMap();
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      Map<String, String> captured = mdc.getCopyOfContextMap();
      return () -> {
        Map<String, String> before = mdc.getCopyOfContextMap();
        set(captured);
        try {
          body.run();
        } finally {
          set(before);
        }
      };
    }

    private void set(@Nullable Map<String, String> map) {
      if (map == null) {
        mdc.clear();
      } else {
        mdc.setContextMap(map);
      }
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }

    @Override
    void leave() {
      mdc.clear();
    }

    @Override
    void comeBack() {
      set(all);
    }

    @Override
    int present() {
      Map<String, String> here = mdc.getCopyOfContextMap();
      return here == null ? 0 : here.size();
    }
  }

  @State(Scope.Thread)
  public static class Transmittable extends Carrier<Runnable> {
    private final List<TransmittableThreadLocal<Integer>> locals = new ArrayList<>();
    private @Nullable Object left;

    @Setup
    public void begin(Locals outer) {
      for (int i = 0; i < outer.values; i++) {
        TransmittableThreadLocal<Integer> local = new TransmittableThreadLocal<>();
        local.set(i);
        locals.add(local);
      }
      check(outer.values);
    }

    @Override
    Runnable capture(Runnable body) {
      return TtlRunnable.get(body);
    }

    @Override
    void run(Runnable captured) {
      captured.run();
    }

    @Override
    void leave() {
      left = TransmittableThreadLocal.Transmitter.clear();
    }

    @Override
    void comeBack() {
      if (left != null) {
        TransmittableThreadLocal.Transmitter.restore(left);
      }
    }

    @Override
    int present() {
      return (int) locals.stream().filter(local -> local.get() != null).count();
    }
  }
}
