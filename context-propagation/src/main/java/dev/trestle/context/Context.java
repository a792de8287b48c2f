package dev.trestle.context;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of all values that follow the call: every {@link Local}, the registered thread-locals,
 * and the bridge call in progress. It never changes, and any number of threads may use it at once.
 *
 * <pre>{@code
 * Context context = Context.capture();
 * library.onDone(context.wrap(() -> log.info("done")));   // logs with the request id of this call
 * }</pre>
 *
 * <p>Trestle's own calls and futures capture and restore by themselves; this class is for the
 * callbacks of libraries that know nothing of it.
 *
 * <p>What runs in a context sees exactly that context: a value missing from it is cleared. The
 * thread's own values are back when it ends, and what it set is gone, unless its caller waited for
 * it in a bridge call.
 */
public final class Context {
  private static final Context EMPTY = new Context(Locals.NONE, null, null);

  /** In the place of the call, in a context that belongs to none and must not be given one. */
  private static final Object DETACHED = new Object();

  private static final ThreadLocal<Current> CURRENT = ThreadLocal.withInitial(Current::new);

  /** Replaced as a whole; usually there are none, which each call asks. */
  private static volatile ContextStore[] stores = {};

  final Locals locals;
  private final @Nullable Object bridgeCall;

  private final @Nullable ThreadLocals threadLocals;

  private Context(Locals locals, @Nullable Object bridgeCall, @Nullable ThreadLocals threadLocals) {
    this.locals = locals;
    this.bridgeCall = bridgeCall;
    this.threadLocals = threadLocals;
  }

  /**
   * What is current on one thread, which is the only one to touch it. It holds the call besides the
   * context, so that a call needs no context of its own.
   */
  private static final class Current {
    /** Null on a thread that has nothing; then, or in another place, the stores are asked. */
    private @Nullable Context context;

    private @Nullable Object call;

    /** The place of a {@link ContextStore} that this was entered in; null if in none. */
    private @Nullable Object place;

    /** The innermost scope that is open, or the root of all. */
    private Scope innermost = new Scope(this, null);

    private void set(@Nullable Context context, @Nullable Object call, @Nullable Object place) {
      this.context = context;
      this.call = call;
      this.place = place;
    }

    /** A framework may serve another request in the middle of ours, on the same thread. */
    private @Nullable Context seenIn(@Nullable Object here) {
      return here == null || here == place ? context : null;
    }
  }

  /**
   * Takes a snapshot of the current thread's values.
   *
   * <p>It is one read, whatever the number of {@link Local}s, and one more for each thread-local
   * that is registered.
   *
   * @return the snapshot
   * @throws RuntimeException what the accessor of a registered thread-local threw
   */
  public static Context capture() {
    Current here = CURRENT.get();
    Context entered = here.seenIn(place());
    if (entered == null) {
      return stored().captured();
    }
    Context current = entered.with(here.call, entered.threadLocals);
    here.context = current; // so that the next capture makes no other
    return current.with(here.call, ThreadLocals.captureOr(null));
  }

  /**
   * Takes a snapshot that is to be {@linkplain #enterFor entered for} a bridge call; which call it
   * belongs to itself is not said. For building bridges.
   *
   * @return the snapshot
   * @throws RuntimeException what the accessor of a registered thread-local threw
   */
  public static Context captureValues() {
    Context entered = CURRENT.get().seenIn(place());
    return entered == null
        ? stored().captured()
        : entered.with(entered.bridgeCall, ThreadLocals.captureOr(null));
  }

  private Context captured() {
    return with(bridgeCall, ThreadLocals.captureOr(threadLocals));
  }

  /**
   * Returns the {@link Local}s of the current thread, without its registered thread-locals: what
   * {@link #writeBack} compares. Which call it belongs to is not said. For building bridges.
   *
   * @return the context that is current, or an empty one
   */
  public static Context current() {
    Context entered = CURRENT.get().seenIn(place());
    return entered != null ? entered : stored();
  }

  /**
   * Returns the bridge call that the current thread works for. For building bridges; its type is
   * the bridge's.
   *
   * @return the call; null if there is none
   */
  public static @Nullable Object currentCall() {
    Object call = callHere();
    return call == DETACHED ? null : call;
  }

  /**
   * Tells whether the current thread works in a context that was {@linkplain #detached detached}.
   * For building bridges.
   *
   * @return true if what it calls must not be taken for a part of any call
   */
  public static boolean isCurrentDetached() {
    return callHere() == DETACHED;
  }

  private static @Nullable Object callHere() {
    Current here = CURRENT.get();
    return here.seenIn(place()) != null ? here.call : stored().bridgeCall;
  }

  private static @Nullable Object place() {
    ContextStore[] all = stores;
    return all.length == 0 ? null : placeIn(all);
  }

  private static @Nullable Object placeIn(ContextStore[] all) {
    for (ContextStore store : all) {
      Object place = store.place();
      if (place != null) {
        return place;
      }
    }
    return null;
  }

  private static Context stored() {
    for (ContextStore store : stores) {
      Context context = store.get();
      if (context != null) {
        return context;
      }
    }
    return EMPTY;
  }

  /** Makes a context current for what the thread is doing, or its request if it has a store. */
  static void replace(Context context) {
    Object place = place();
    Current here = CURRENT.get();
    if (here.seenIn(place) != null) {
      here.context = context;
      return;
    }
    for (ContextStore store : stores) {
      if (store.set(context)) {
        return;
      }
    }
    here.set(context, context.bridgeCall, place);
  }

  Context withLocals(Locals changed) {
    return changed == locals ? this : new Context(changed, bridgeCall, threadLocals);
  }

  private Context with(@Nullable Object call, @Nullable ThreadLocals captured) {
    return call == bridgeCall && captured == threadLocals
        ? this
        : new Context(locals, call, captured);
  }

  /**
   * Returns the same values without the call: no parent, no scope, no deadline, nothing that
   * cancels what runs in it. For caches and background work that outlive the request that starts
   * them.
   *
   * @return the detached context
   */
  public Context detached() {
    return new Context(locals, DETACHED, threadLocals);
  }

  /**
   * Returns the bridge call that this context belongs to. For building bridges; its type is the
   * bridge's.
   *
   * @return the call, or null if there is none
   */
  public @Nullable Object bridgeCall() {
    return bridgeCall == DETACHED ? null : bridgeCall;
  }

  /**
   * Makes this context current on the calling thread until the scope is closed. For building
   * bridges; others use {@link #run}, {@link #call} or {@link #wrap(Runnable)}, which cannot forget
   * to close.
   *
   * <p><b>Threads.</b> The scope is closed on the same thread, inner ones before outer ones.
   *
   * @return the scope, whose closing puts back what the thread had
   * @throws RuntimeException what the accessor of a registered thread-local threw; the thread then
   *     has its own values again
   */
  public Scope enter() {
    return entered(bridgeCall);
  }

  /**
   * Makes these values current for a bridge call, as {@link #enter} does: what the thread calls
   * until the scope is closed belongs to that call. For building bridges.
   *
   * @param call what {@link #currentCall} returns meanwhile; null for none
   * @return the scope, whose closing puts back what the thread had
   * @throws RuntimeException as {@link #enter}
   */
  public Scope enterFor(@Nullable Object call) {
    return entered(call != null || bridgeCall != DETACHED ? call : DETACHED);
  }

  private Scope entered(@Nullable Object call) {
    ThreadLocals replaced = threadLocals == null ? null : threadLocals.apply();
    Current here = CURRENT.get();
    Scope scope = here.innermost.inner();
    scope.open(replaced);
    here.set(this, call, place());
    return scope;
  }

  /** What a thread had before a context was entered on it. */
  public static final class Scope implements AutoCloseable {
    private final Current here;
    private final @Nullable Scope outer;

    /** The next one in; made once, since scopes nest, and used again. */
    private @Nullable Scope inner;

    // While it is open.
    private @Nullable Context previous;
    private @Nullable Object previousCall;
    private @Nullable Object previousPlace;
    private @Nullable ThreadLocals replaced;

    private Scope(Current here, @Nullable Scope outer) {
      this.here = here;
      this.outer = outer;
    }

    private Scope inner() {
      if (inner == null) {
        inner = new Scope(here, this);
      }
      return inner;
    }

    private void open(@Nullable ThreadLocals threadLocals) {
      previous = here.context;
      previousCall = here.call;
      previousPlace = here.place;
      replaced = threadLocals;
      here.innermost = this;
    }

    /**
     * Puts back what the thread had.
     *
     * @throws IllegalStateException if it was closed before, or an inner one is still open
     * @throws RuntimeException what the accessor of a registered thread-local threw; all others are
     *     back all the same
     */
    @Override
    public void close() {
      if (outer == null || here.innermost != this) {
        throw new IllegalStateException(
            "a context's scope was closed twice, or before one that was opened after it; close"
                + " each once, in the reverse order");
      }
      here.set(previous, previousCall, previousPlace);
      here.innermost = outer;
      ThreadLocals restored = replaced;
      previous = null;
      previousCall = null;
      previousPlace = null;
      replaced = null;
      if (restored != null) {
        restored.restore();
      }
    }
  }

  /**
   * Gives the current thread the changes that were made to {@link Local}s elsewhere, as if it had
   * made them itself. For building bridges.
   *
   * @param from the context in which the work began
   * @param to the context in which it ended
   */
  public static void writeBack(Context from, Context to) {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    if (from.locals != to.locals) {
      Context current = current();
      Context changed = current.withLocals(current.locals.withChanges(from.locals, to.locals));
      if (changed != current) {
        replace(changed);
      }
    }
  }

  /**
   * Lets a framework's per-request state hold the context of threads that have none of their own.
   * For building bridges; called once by a framework's adapter.
   *
   * @param store where that framework keeps it
   */
  public static void keepIn(ContextStore store) {
    Objects.requireNonNull(store, "store");
    synchronized (Context.class) {
      ContextStore[] more = Arrays.copyOf(stores, stores.length + 1);
      more[stores.length] = store;
      stores = more;
    }
  }

  /**
   * Keeps this context for the later callbacks of the request that the current thread is serving,
   * if a framework with a {@link ContextStore} serves it. For building bridges.
   *
   * <p>The registered thread-locals are kept as they are now. They do not come back by themselves
   * when such a callback runs, but what it calls gets them, where the thread has no others.
   *
   * @throws RuntimeException what the accessor of a registered thread-local threw
   */
  public void keep() {
    if (stores.length == 0) {
      return;
    }
    Context kept = with(bridgeCall, ThreadLocals.captureOr(null));
    for (ContextStore store : stores) {
      if (store.set(kept)) {
        return;
      }
    }
  }

  /**
   * Gives what is kept for the request that the current thread is serving another call, if it
   * belongs to one that is over. For building bridges.
   *
   * @param over tells whether a {@link #bridgeCall} is over
   * @param outer the call further out; null for none
   */
  public static void keepInstead(Predicate<Object> over, @Nullable Object outer) {
    for (ContextStore store : stores) {
      Context kept = store.get();
      if (kept != null && kept.bridgeCall != null && over.test(kept.bridgeCall)) {
        store.set(kept.with(outer, kept.threadLocals));
        return;
      }
    }
  }

  /**
   * Runs a body in this context.
   *
   * <p><b>Threads.</b> It runs on the calling thread, before this method returns.
   *
   * @param body what to run
   * @throws RuntimeException what the body, or the accessor of a registered thread-local, threw
   */
  public void run(Runnable body) {
    Objects.requireNonNull(body, "body");
    try (Scope scope = enter()) {
      body.run();
    }
  }

  /**
   * Runs a body in this context and returns its result.
   *
   * <p><b>Threads.</b> It runs on the calling thread, before this method returns.
   *
   * @param body what to run
   * @param <R> the type of the result
   * @return what the body returned
   * @throws Exception what the body, or the accessor of a registered thread-local, threw
   */
  public <R extends @Nullable Object> R call(Callable<R> body) throws Exception {
    Objects.requireNonNull(body, "body");
    try (Scope scope = enter()) {
      return body.call();
    }
  }

  /**
   * Returns a task that runs a body in this context, on whichever thread runs the task.
   *
   * @param body what to run
   * @return the task
   */
  public Runnable wrap(Runnable body) {
    Objects.requireNonNull(body, "body");
    return () -> run(body);
  }

  /**
   * Returns a task that runs a body in this context, on whichever thread calls the task.
   *
   * @param body what to run
   * @param <R> the type of the result
   * @return the task
   */
  public <R extends @Nullable Object> Callable<R> wrap(Callable<R> body) {
    Objects.requireNonNull(body, "body");
    return () -> call(body);
  }

  /**
   * Returns a supplier that runs a body in this context, on whichever thread asks it.
   *
   * @param body what to run
   * @param <R> the type of the result
   * @return the supplier
   */
  public <R extends @Nullable Object> Supplier<R> wrapSupplier(Supplier<? extends R> body) {
    Objects.requireNonNull(body, "body");
    return () -> {
      try (Scope scope = enter()) {
        return body.get();
      }
    };
  }

  /**
   * Returns a function that runs a body in this context, on whichever thread applies it.
   *
   * @param body what to run
   * @param <T> the type of the argument
   * @param <R> the type of the result
   * @return the function
   */
  public <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> wrapFunction(
      Function<? super T, ? extends R> body) {
    Objects.requireNonNull(body, "body");
    return argument -> {
      try (Scope scope = enter()) {
        return body.apply(argument);
      }
    };
  }

  /**
   * Returns an executor that runs each task in the context of the thread that submits it.
   *
   * @param executor what runs the tasks
   * @return the executor
   */
  public static Executor wrapExecutor(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return task -> executor.execute(capture().wrap(task));
  }

  /**
   * Describes the values, for debugging.
   *
   * @return the {@link Local}s with their values, and the call if there is one
   */
  @Override
  public String toString() {
    return "Context" + locals + (bridgeCall() == null ? "" : " of " + bridgeCall);
  }
}
