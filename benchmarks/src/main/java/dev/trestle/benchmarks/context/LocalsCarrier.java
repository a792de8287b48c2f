package dev.trestle.benchmarks.context;

import dev.trestle.context.Context;
import dev.trestle.context.Local;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Carries our {@code Local}s.
 *
 * @param <C> what has captured the values
 */
@State(Scope.Thread)
public abstract class LocalsCarrier<C> extends Carrier<C> {
  private final Context empty = Context.capture();
  private final List<Local<Integer>> locals = new ArrayList<>();
  private Context.@Nullable Scope elsewhere;

  final void make(int count) {
    for (int i = 0; i < count; i++) {
      Local<Integer> local = Local.named("local-" + i);
      local.set(i);
      locals.add(local);
    }
  }

  @Override
  final void leave() {
    elsewhere = empty.enter();
  }

  @Override
  final void comeBack() {
    if (elsewhere != null) {
      elsewhere.close();
    }
  }

  @Override
  final int present() {
    return (int) locals.stream().filter(Local::isSet).count();
  }
}
