package dev.trestle.examples.flow;

import dev.trestle.bridge.Limiter;
import org.jspecify.annotations.Nullable;

/** Middleware that may hold the calling thread. */
interface BlockingMiddleware extends Middleware {
  Response handle(Request request, BlockingHandler next) throws Exception;

  /** How many requests may be in here at once; null for any number. */
  default @Nullable Limiter limiter() {
    return null;
  }
}
