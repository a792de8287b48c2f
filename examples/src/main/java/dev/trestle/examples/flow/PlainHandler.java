package dev.trestle.examples.flow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers a request at once, and so has either colour. */
interface PlainHandler extends BlockingHandler, AsyncHandler {
  @Override
  Response handle(Request request);

  @Override
  default CompletionStage<Response> handleAsync(Request request) {
    return CompletableFuture.completedFuture(handle(request));
  }
}
