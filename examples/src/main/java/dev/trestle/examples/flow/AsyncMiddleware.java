package dev.trestle.examples.flow;

import java.util.concurrent.CompletionStage;

/** Middleware that never holds the calling thread. */
interface AsyncMiddleware extends Middleware {
  CompletionStage<Response> handleAsync(Request request, AsyncHandler next);
}
