package dev.trestle.examples.flow;

import dev.trestle.bridge.Limiter;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A place in a chain where a request goes through the bridge.
 *
 * @param from the colour outside
 * @param to the colour inside; the same if it only waits for a permit, on its own thread
 * @param at what is entered there
 * @param limiter what it waits for; null for nothing
 */
record Switch(Colour from, Colour to, String at, @Nullable Limiter limiter) {
  /** How many bridge calls that takes. */
  int calls() {
    return from == to ? 2 : 1;
  }

  String why() {
    return from == to ? "a permit, on the same thread" : at + " is " + to;
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("from", from.toString())
            .put("to", to.toString())
            .put("at", at)
            .put("why", why());
    return limiter == null ? json : json.put("limiter", limiter.toString());
  }

  @Override
  public String toString() {
    return from
        + " -> "
        + to
        + " at "
        + at
        + " ("
        + why()
        + (limiter == null ? "" : ", limited by " + limiter)
        + ")";
  }
}
