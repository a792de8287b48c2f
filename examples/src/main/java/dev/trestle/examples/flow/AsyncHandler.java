package dev.trestle.examples.flow;

import java.util.concurrent.CompletionStage;

/** Answers a request later, and never holds the calling thread, which may be an event loop's. */
@FunctionalInterface
interface AsyncHandler extends Handler {
  CompletionStage<Response> handleAsync(Request request);
}
