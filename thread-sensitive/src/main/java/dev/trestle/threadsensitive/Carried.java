package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function registered with a future: it runs in the context of its registration. The same object
 * is the executor that takes it to the delivery, which saves one.
 */
abstract class Carried implements Executor {
  /** A chain of dependents run in place nests; a long one goes on from the queue now and then. */
  private static final int MAX_DEPTH = 64;

  private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

  final Context context = Context.capture();
  private final Delivery delivery;

  private Carried(Delivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public void execute(Runnable task) {
    int[] depth = DEPTH.get();
    if (depth[0] >= MAX_DEPTH || !delivery.isCurrent()) {
      Deliveries.deliver(delivery, task);
      return;
    }
    depth[0]++;
    try {
      task.run();
    } finally {
      depth[0]--;
    }
  }

  static <T extends @Nullable Object, R extends @Nullable Object> OfFunction<T, R> function(
      Function<? super T, ? extends R> function, Delivery delivery) {
    return new OfFunction<>(Objects.requireNonNull(function, "fn"), delivery);
  }

  static <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
      OfBiFunction<T, U, R> biFunction(
          BiFunction<? super T, ? super U, ? extends R> function, Delivery delivery) {
    return new OfBiFunction<>(Objects.requireNonNull(function, "fn"), delivery);
  }

  static <T extends @Nullable Object> OfConsumer<T> consumer(
      Consumer<? super T> action, Delivery delivery) {
    return new OfConsumer<>(Objects.requireNonNull(action, "action"), delivery);
  }

  static <T extends @Nullable Object, U extends @Nullable Object> OfBiConsumer<T, U> biConsumer(
      BiConsumer<? super T, ? super U> action, Delivery delivery) {
    return new OfBiConsumer<>(Objects.requireNonNull(action, "action"), delivery);
  }

  static OfRunnable runnable(Runnable action, Delivery delivery) {
    return new OfRunnable(Objects.requireNonNull(action, "action"), delivery);
  }

  static <R extends @Nullable Object> Supplier<R> supplier(Supplier<? extends R> supplier) {
    return Context.capture().wrapSupplier(supplier);
  }

  static final class OfFunction<T extends @Nullable Object, R extends @Nullable Object>
      extends Carried implements Function<T, R> {
    private final Function<? super T, ? extends R> function;

    private OfFunction(Function<? super T, ? extends R> function, Delivery delivery) {
      super(delivery);
      this.function = function;
    }

    @Override
    public R apply(T argument) {
      try (Context.Scope scope = context.enter()) {
        return function.apply(argument);
      }
    }
  }

  static final class OfBiFunction<
          T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
      extends Carried implements BiFunction<T, U, R> {
    private final BiFunction<? super T, ? super U, ? extends R> function;

    private OfBiFunction(
        BiFunction<? super T, ? super U, ? extends R> function, Delivery delivery) {
      super(delivery);
      this.function = function;
    }

    @Override
    public R apply(T first, U second) {
      try (Context.Scope scope = context.enter()) {
        return function.apply(first, second);
      }
    }
  }

  static final class OfConsumer<T extends @Nullable Object> extends Carried implements Consumer<T> {
    private final Consumer<? super T> action;

    private OfConsumer(Consumer<? super T> action, Delivery delivery) {
      super(delivery);
      this.action = action;
    }

    @Override
    public void accept(T argument) {
      try (Context.Scope scope = context.enter()) {
        action.accept(argument);
      }
    }
  }

  static final class OfBiConsumer<T extends @Nullable Object, U extends @Nullable Object>
      extends Carried implements BiConsumer<T, U> {
    private final BiConsumer<? super T, ? super U> action;

    private OfBiConsumer(BiConsumer<? super T, ? super U> action, Delivery delivery) {
      super(delivery);
      this.action = action;
    }

    @Override
    public void accept(T first, U second) {
      try (Context.Scope scope = context.enter()) {
        action.accept(first, second);
      }
    }
  }

  static final class OfRunnable extends Carried implements Runnable {
    private final Runnable action;

    private OfRunnable(Runnable action, Delivery delivery) {
      super(delivery);
      this.action = action;
    }

    @Override
    public void run() {
      try (Context.Scope scope = context.enter()) {
        action.run();
      }
    }
  }
}
