package dev.trestle.examples.flow;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** How the async server gets an answer. It is called on the loop, and must not hold it. */
interface Serving {
  /**
   * Begins to answer.
   *
   * @param match what to answer; it throws if the request cannot be read
   * @param trace the name of the request
   * @param limit how long it may take
   */
  CompletableFuture<Response> answer(
      Callable<Application.Match> match, String trace, Duration limit);
}
