package dev.trestle.benchmarks.context;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * By hand: all values are one object, and one thread-local has it.
 *
 * @param <C> what has captured the values
 */
@State(Scope.Thread)
public abstract class OneReference<C> extends Carrier<C> {
  private static final ThreadLocal<@Nullable List<Integer>> CURRENT = new ThreadLocal<>();
  private @Nullable List<Integer> all;

  final void make(int count) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(i);
    }
    all = values;
    comeBack();
  }

  final Runnable wrap(Runnable body) {
    List<Integer> captured = CURRENT.get();
    return () -> {
      List<Integer> before = CURRENT.get();
      CURRENT.set(captured);
      try {
        body.run();
      } finally {
        CURRENT.set(before);
      }
    };
  }

  @Override
  final void leave() {
    CURRENT.set(null);
  }

  @Override
  final void comeBack() {
    CURRENT.set(all);
  }

  @Override
  final int present() {
    List<Integer> here = CURRENT.get();
    return here == null ? 0 : here.size();
  }
}
