package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.Limiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A chain makes as few switches as there can be, and calls all of its middleware in order. */
class ChainTest {
  private static final int CHAINS = 500;
  private static final int MAX_LENGTH = 7;
  private static final Response ANSWER = Response.of(200, "text/plain", "answer");
  private static final Request REQUEST = new Request("GET", "/", Map.of(), Body.of(new byte[0]));

  private final List<String> seen = new ArrayList<>();
  private final Limiter limiter = Limiter.of("limiter of the chain", 1, 1);

  private interface Named extends Middleware {
    List<String> seen();

    String title();

    @Override
    default String name() {
      return title();
    }
  }

  private record Blocking(String title, List<String> seen, @Nullable Limiter limiter)
      implements Named, BlockingMiddleware {
    @Override
    public Response handle(Request request, BlockingHandler next) throws Exception {
      seen.add(title);
      return next.handle(request);
    }
  }

  private record Async(String title, List<String> seen) implements Named, AsyncMiddleware {
    @Override
    public CompletionStage<Response> handleAsync(Request request, AsyncHandler next) {
      seen.add(title);
      return next.handleAsync(request);
    }
  }

  private record Either(String title, List<String> seen)
      implements Named, BlockingMiddleware, AsyncMiddleware {
    @Override
    public Response handle(Request request, BlockingHandler next) throws Exception {
      seen.add(title);
      return next.handle(request);
    }

    @Override
    public CompletionStage<Response> handleAsync(Request request, AsyncHandler next) {
      seen.add(title);
      return next.handleAsync(request);
    }
  }

  @Test
  @SuppressWarnings("sequential-await") // one chain after the other
  void noChainCouldMakeFewerCalls() throws Exception {
    for (int seed = 0; seed < CHAINS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Middleware> middleware = new ArrayList<>();
      int length = random.nextInt(MAX_LENGTH);
      for (int i = 0; i < length; i++) {
        middleware.add(any("m" + i, random));
      }
      Handler view = anyView(random);
      Chain.Pair chain = Chain.of(middleware, "view", view);

      assertThat(chain.blocking().calls())
          .as("seed %s, blocking", seed)
          .isEqualTo(fewest(middleware, 0, view, true));
      assertThat(chain.async().calls())
          .as("seed %s, async", seed)
          .isEqualTo(fewest(middleware, 0, view, false));

      List<String> expected = middleware.stream().map(Middleware::name).toList();
      seen.clear();
      assertThat(chain.blocking().handler().handle(REQUEST)).isSameAs(ANSWER);
      assertThat(seen).as("seed %s", seed).isEqualTo(expected);
      seen.clear();
      assertThat(AsyncToSync.create().call(() -> chain.async().handler().handleAsync(REQUEST)))
          .isSameAs(ANSWER);
      assertThat(seen).as("seed %s", seed).isEqualTo(expected);
    }
  }

  private Middleware any(String name, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Blocking(name, seen, null);
      case 1 -> new Blocking(name, seen, limiter);
      case 2 -> new Async(name, seen);
      default -> new Either(name, seen);
    };
  }

  private static Handler anyView(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> (BlockingHandler) request -> ANSWER;
      case 1 -> (AsyncHandler) request -> CompletableFuture.completedFuture(ANSWER);
      default -> (PlainHandler) request -> ANSWER;
    };
  }

  /** By trying all there is. */
  private static int fewest(List<Middleware> chain, int from, Handler view, boolean outerBlocks) {
    boolean last = from == chain.size();
    Object element = last ? view : chain.get(from);
    int fewest = Integer.MAX_VALUE;
    if (element instanceof BlockingHandler || element instanceof BlockingMiddleware) {
      boolean limited = element instanceof BlockingMiddleware m && m.limiter() != null;
      int entry = outerBlocks ? (limited ? 2 : 0) : 1;
      fewest = entry + (last ? 0 : fewest(chain, from + 1, view, true));
    }
    if (element instanceof AsyncHandler || element instanceof AsyncMiddleware) {
      int entry = outerBlocks ? 1 : 0;
      fewest = Math.min(fewest, entry + (last ? 0 : fewest(chain, from + 1, view, false)));
    }
    return fewest;
  }

  @Test
  void switchesSayWhereAndWhy() {
    Chain.Pair chain =
        Chain.of(
            List.of(
                new Either("log", seen),
                new Async("sign-in", seen),
                new Blocking("tx", seen, limiter)),
            "the view",
            (AsyncHandler) request -> CompletableFuture.completedFuture(ANSWER));

    assertThat(chain.async().switches().stream().map(Switch::toString))
        .containsExactly(
            "async -> blocking at tx (tx is blocking, limited by " + limiter + ")",
            "blocking -> async at the view (the view is async)");
    assertThat(chain.blocking().switches().stream().map(Switch::toString))
        .containsExactly(
            "blocking -> async at sign-in (sign-in is async)",
            "async -> blocking at tx (tx is blocking, limited by " + limiter + ")",
            "blocking -> async at the view (the view is async)");
  }

  @Test
  void aHandlerOfNoColourIsRefused() {
    assertThatThrownBy(() -> Chain.of(List.of(), "view", new Handler() {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("implement BlockingHandler or AsyncHandler");
  }
}
