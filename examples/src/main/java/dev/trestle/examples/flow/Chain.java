package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.Limiter;
import dev.trestle.bridge.SyncToAsync;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view with its middleware, put together for code of one colour, with as few bridge calls as
 * there can be.
 *
 * @param handler what to call
 * @param switches where a request goes through the bridge, from the outside in
 */
record Chain<H extends Handler>(H handler, List<Switch> switches) {
  private static final SyncToAsync HOME = SyncToAsync.threadSensitive();

  /** The same view and middleware, for either colour outside. */
  record Pair(Chain<BlockingHandler> blocking, Chain<AsyncHandler> async) {}

  /**
   * Puts a chain together, from the inside out: at each step the best for either colour follows
   * from the best for either colour further in.
   *
   * @param middleware from the outside in
   * @param name of the view
   */
  static Pair of(List<Middleware> middleware, String name, Handler view) {
    Pair chain =
        seen(
            name,
            null,
            view instanceof BlockingHandler blocking ? new Chain<>(blocking, List.of()) : null,
            view instanceof AsyncHandler async ? new Chain<>(async, List.of()) : null);
    for (int i = middleware.size() - 1; i >= 0; i--) {
      chain = within(middleware.get(i), chain);
    }
    return chain;
  }

  private static Pair within(Middleware middleware, Pair next) {
    Chain<BlockingHandler> blocking = null;
    Chain<AsyncHandler> async = null;
    Limiter limiter = null;
    if (middleware instanceof BlockingMiddleware blocks) {
      BlockingHandler inner = next.blocking.handler;
      blocking = new Chain<>(request -> blocks.handle(request, inner), next.blocking.switches);
      limiter = blocks.limiter();
    }
    if (middleware instanceof AsyncMiddleware waits) {
      AsyncHandler inner = next.async.handler;
      async = new Chain<>(request -> waits.handleAsync(request, inner), next.async.switches);
    }
    return seen(middleware.name(), limiter, blocking, async);
  }

  /** From either colour: as it is, or through the bridge where that is all there is, or less. */
  private static Pair seen(
      String at,
      @Nullable Limiter limiter,
      @Nullable Chain<BlockingHandler> blocking,
      @Nullable Chain<AsyncHandler> async) {
    return new Pair(
        better(
            blocking == null || limiter == null ? blocking : permitted(at, limiter, blocking),
            async == null ? null : awaited(at, async)),
        better(async, blocking == null ? null : handedOn(at, limiter, blocking)));
  }

  private static <H extends Handler> Chain<H> better(
      @Nullable Chain<H> asItIs, @Nullable Chain<H> other) {
    if (asItIs != null && (other == null || asItIs.calls() <= other.calls())) {
      return asItIs;
    }
    if (other != null) {
      return other;
    }
    throw new IllegalArgumentException(
        "a view or middleware is blocking or async, or both; implement BlockingHandler or"
            + " AsyncHandler, BlockingMiddleware or AsyncMiddleware");
  }

  /** How many bridge calls a request makes on its way in. */
  int calls() {
    return switches.stream().mapToInt(Switch::calls).sum();
  }

  /** Async code calls a blocking chain: on the home of the request. */
  private static Chain<AsyncHandler> handedOn(
      String at, @Nullable Limiter limiter, Chain<BlockingHandler> chain) {
    SyncToAsync home = limiter == null ? HOME : HOME.limitedBy(limiter);
    return chain.behind(
        new Switch(Colour.ASYNC, Colour.BLOCKING, at, limiter),
        request -> home.call(() -> chain.handler.handle(request)));
  }

  /** A blocking thread calls an async chain, and waits for it. */
  private static Chain<BlockingHandler> awaited(String at, Chain<AsyncHandler> chain) {
    return chain.behind(
        new Switch(Colour.BLOCKING, Colour.ASYNC, at, null),
        request ->
            AsyncToSync.create().call(() -> chain.handler.handleAsync(request), Exception.class));
  }

  /** A blocking thread waits for a permit, and then goes on itself: it is the home. */
  private static Chain<BlockingHandler> permitted(
      String at, Limiter limiter, Chain<BlockingHandler> chain) {
    SyncToAsync home = HOME.limitedBy(limiter);
    return chain.behind(
        new Switch(Colour.BLOCKING, Colour.BLOCKING, at, limiter),
        request ->
            AsyncToSync.create()
                .call(() -> home.call(() -> chain.handler.handle(request)), Exception.class));
  }

  private <O extends Handler> Chain<O> behind(Switch first, O handler) {
    List<Switch> all = new ArrayList<>();
    all.add(first);
    all.addAll(switches);
    return new Chain<>(handler, List.copyOf(all));
  }
}
