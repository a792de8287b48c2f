package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function registered with a future: it runs once, in the context of its registration. The same
 * object is the executor that takes it to the delivery, and what the dependent future knows of the
 * one it waits for: when it has run it lets go of everything, so that a dependent that is done
 * keeps no past alive.
 */
abstract class Carried implements Executor {
  /** A chain of dependents run in place nests; a long one goes on from the queue now and then. */
  private static final int MAX_DEPTH = 64;

  private static final String BEGUN = "a function runs once";

  private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

  /** The function that the current thread runs. */
  private static final ThreadLocal<@Nullable Carried> ON_THREAD = new ThreadLocal<>();

  private @Nullable Context context = Context.capture();

  /** What is waited for; null when the function has begun. */
  private volatile @Nullable Object source;

  /** What the running function is blocked in; null if it runs freely. */
  private volatile @Nullable CallerFrame<?> waitsIn;

  /**
   * Makes what is registered.
   *
   * @param source a {@link BridgeFuture}, or {@link Sources}
   */
  private Carried(Object source) {
    this.source = source;
  }

  /** What the dependent future waits for; null if not known. */
  @Nullable Sources awaited() {
    Object awaited = source;
    CallerFrame<?> blockedIn = waitsIn;
    return awaited == null
        ? blockedIn == null ? null : Sources.of(blockedIn)
        : awaited instanceof Sources sources ? sources : Sources.of((BridgeFuture<?>) awaited);
  }

  /** Enters the context of the registration, once. */
  final Running enter() {
    source = null;
    Context entered = Objects.requireNonNull(context, BEGUN);
    context = null;
    return new Running(entered.enter(), exchange(this));
  }

  /** The function that the current thread runs; null if it runs none, or a body on top of it. */
  static @Nullable Carried onThread() {
    return ON_THREAD.get();
  }

  /** Makes a function that of the current thread; returns the one before. */
  static @Nullable Carried exchange(@Nullable Carried next) {
    Carried before = ON_THREAD.get();
    if (before != next) {
      ON_THREAD.set(next);
    }
    return before;
  }

  /** The function is blocked in a frame; null when it goes on. */
  void waitsIn(@Nullable CallerFrame<?> frame) {
    waitsIn = frame;
  }

  /** The time in which the function runs. */
  private record Running(Context.Scope scope, @Nullable Carried outer) implements AutoCloseable {
    @Override
    public void close() {
      exchange(outer);
      scope.close();
    }
  }

  @Override
  public void execute(Runnable task) {
    runAt(first(Objects.requireNonNull(source, BEGUN)).delivery, task);
  }

  /** Runs what completes futures, or depends on one, at a delivery: in place while few nest. */
  static void runAt(Delivery delivery, Runnable task) {
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

  private static BridgeFuture<?> first(Object source) {
    return source instanceof Sources sources ? sources.first() : (BridgeFuture<?>) source;
  }

  /** Whether the function has still to be run, or what it returned to be waited for. */
  boolean isPending() {
    return source != null;
  }

  static <T extends @Nullable Object, R extends @Nullable Object> OfFunction<T, R> function(
      Function<? super T, ? extends R> function, Object source) {
    return new OfFunction<>(Objects.requireNonNull(function, "fn"), source);
  }

  /** A function whose result, a stage, is waited for in its turn. */
  static <T extends @Nullable Object, R extends @Nullable Object> Composing<T, R> composing(
      Function<? super T, ? extends CompletionStage<R>> function, Object source) {
    return new Composing<>(Objects.requireNonNull(function, "fn"), source);
  }

  static <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
      OfBiFunction<T, U, R> biFunction(
          BiFunction<? super T, ? super U, ? extends R> function, Object source) {
    return new OfBiFunction<>(Objects.requireNonNull(function, "fn"), source);
  }

  static <T extends @Nullable Object> OfConsumer<T> consumer(
      Consumer<? super T> action, Object source) {
    return new OfConsumer<>(Objects.requireNonNull(action, "action"), source);
  }

  static <T extends @Nullable Object, U extends @Nullable Object> OfBiConsumer<T, U> biConsumer(
      BiConsumer<? super T, ? super U> action, Object source) {
    return new OfBiConsumer<>(Objects.requireNonNull(action, "action"), source);
  }

  static OfRunnable runnable(Runnable action, Object source) {
    return new OfRunnable(Objects.requireNonNull(action, "action"), source);
  }

  static <R extends @Nullable Object> Supplier<R> supplier(Supplier<? extends R> supplier) {
    return Context.capture().wrapSupplier(supplier);
  }

  static final class OfFunction<T extends @Nullable Object, R extends @Nullable Object>
      extends Carried implements Function<T, R> {
    private @Nullable Function<? super T, ? extends R> function;

    private OfFunction(Function<? super T, ? extends R> function, Object source) {
      super(source);
      this.function = function;
    }

    @Override
    public R apply(T argument) {
      Function<? super T, ? extends R> own = Objects.requireNonNull(function, BEGUN);
      function = null;
      try (Running running = enter()) {
        return own.apply(argument);
      }
    }
  }

  static final class Composing<T extends @Nullable Object, R extends @Nullable Object>
      extends Carried implements Function<T, CompletionStage<R>> {
    private @Nullable Function<? super T, ? extends CompletionStage<R>> function;

    /** Weak, so that a long recursion of these keeps none but the last. */
    private volatile @Nullable WeakReference<BridgeFuture<?>> inner;

    private Composing(Function<? super T, ? extends CompletionStage<R>> function, Object source) {
      super(source);
      this.function = function;
    }

    @Override
    @Nullable Sources awaited() {
      WeakReference<BridgeFuture<?>> second = inner;
      BridgeFuture<?> stage = second == null ? null : second.get();
      return stage == null ? super.awaited() : Sources.of(stage);
    }

    @Override
    boolean isPending() {
      return inner != null || super.isPending();
    }

    @Override
    public CompletionStage<R> apply(T argument) {
      Function<? super T, ? extends CompletionStage<R>> own =
          Objects.requireNonNull(function, BEGUN);
      function = null;
      try (Running running = enter()) {
        CompletionStage<R> stage = own.apply(argument);
        if (stage instanceof BridgeFuture<R> ours && !ours.isDone()) {
          inner = new WeakReference<>(ours);
          ours.joinedHere();
        }
        return stage;
      }
    }
  }

  static final class OfBiFunction<
          T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
      extends Carried implements BiFunction<T, U, R> {
    private @Nullable BiFunction<? super T, ? super U, ? extends R> function;

    private OfBiFunction(BiFunction<? super T, ? super U, ? extends R> function, Object source) {
      super(source);
      this.function = function;
    }

    @Override
    public R apply(T first, U second) {
      BiFunction<? super T, ? super U, ? extends R> own = Objects.requireNonNull(function, BEGUN);
      function = null;
      try (Running running = enter()) {
        return own.apply(first, second);
      }
    }
  }

  static final class OfConsumer<T extends @Nullable Object> extends Carried implements Consumer<T> {
    private @Nullable Consumer<? super T> action;

    private OfConsumer(Consumer<? super T> action, Object source) {
      super(source);
      this.action = action;
    }

    @Override
    public void accept(T argument) {
      Consumer<? super T> own = Objects.requireNonNull(action, BEGUN);
      action = null;
      try (Running running = enter()) {
        own.accept(argument);
      }
    }
  }

  static final class OfBiConsumer<T extends @Nullable Object, U extends @Nullable Object>
      extends Carried implements BiConsumer<T, U> {
    private @Nullable BiConsumer<? super T, ? super U> action;

    private OfBiConsumer(BiConsumer<? super T, ? super U> action, Object source) {
      super(source);
      this.action = action;
    }

    @Override
    public void accept(T first, U second) {
      BiConsumer<? super T, ? super U> own = Objects.requireNonNull(action, BEGUN);
      action = null;
      try (Running running = enter()) {
        own.accept(first, second);
      }
    }
  }

  static final class OfRunnable extends Carried implements Runnable {
    private @Nullable Runnable action;

    private OfRunnable(Runnable action, Object source) {
      super(source);
      this.action = action;
    }

    @Override
    public void run() {
      Runnable own = Objects.requireNonNull(action, BEGUN);
      action = null;
      try (Running running = enter()) {
        own.run();
      }
    }
  }
}
