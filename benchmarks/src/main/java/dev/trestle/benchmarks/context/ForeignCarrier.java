package dev.trestle.benchmarks.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.smallrye.context.FastThreadContextProvider;
import io.smallrye.context.SmallRyeContextManager;
import io.smallrye.context.SmallRyeThreadContext;
import io.smallrye.context.impl.DefaultValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Carries thread-locals of others: all set on this thread, or all null.
 *
 * @param <C> what has captured the values
 */
@State(Scope.Thread)
public abstract class ForeignCarrier<C> extends Carrier<C> {
  final List<ThreadLocal<@Nullable Integer>> threadLocals = new ArrayList<>();

  final void make(int count) {
    for (int i = 0; i < count; i++) {
      threadLocals.add(new ThreadLocal<>());
    }
    comeBack();
  }

  @Override
  final void leave() {
    threadLocals.forEach(each -> each.set(null)); // to remove it would make the next set allocate
  }

  @Override
  final void comeBack() {
    for (int i = 0; i < threadLocals.size(); i++) {
      threadLocals.get(i).set(i);
    }
  }

  @Override
  final int present() {
    return (int) threadLocals.stream().filter(each -> each.get() != null).count();
  }

  /** Makes them known to Micrometer, and so to Trestle. */
  final void register() {
    for (int i = 0; i < threadLocals.size(); i++) {
      ContextRegistry.getInstance()
          .registerThreadLocalAccessor(new Accessor("foreign-" + i, threadLocals.get(i)));
    }
    int registered = ContextRegistry.getInstance().getThreadLocalAccessors().size();
    if (registered != threadLocals.size()) {
      throw new AssertionError(registered + " accessors");
    }
  }

  /** What carries them with SmallRye, and needs no snapshot of any. */
  final SmallRyeThreadContext smallRye() {
    ThreadContextProvider[] providers = new ThreadContextProvider[threadLocals.size()];
    for (int i = 0; i < providers.length; i++) {
      providers[i] = new Provider("foreign-" + i, threadLocals.get(i));
    }
    SmallRyeThreadContext context =
        new SmallRyeContextManager.Builder()
            .withThreadContextProviders(providers)
            .withDefaultValues(DefaultValues.empty())
            .enableFastThreadContextProviders(true)
            .build()
            .allPropagatedThreadContext();
    if (!context.getPlan().isFast()) {
      throw new AssertionError("not the fast path");
    }
    return context;
  }

  private record Accessor(String key, ThreadLocal<@Nullable Integer> threadLocal)
      implements ThreadLocalAccessor<Integer> {
    @Override
    public @Nullable Integer getValue() {
      return threadLocal.get();
    }

    @Override
    public void setValue(Integer value) {
      threadLocal.set(value);
    }

    @Override
    public void setValue() {
      threadLocal.set(null);
    }
  }

  private record Provider(String type, ThreadLocal<@Nullable Integer> threadLocal)
      implements FastThreadContextProvider {
    @Override
    public ThreadLocal<?> threadLocal(Map<String, String> properties) {
      return threadLocal;
    }

    @Override
    public String getThreadContextType() {
      return type;
    }

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
      throw new AssertionError("not the fast path");
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
      throw new AssertionError("not the fast path");
    }
  }
}
