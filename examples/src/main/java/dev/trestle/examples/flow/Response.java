package dev.trestle.examples.flow;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer, the same at either door. */
record Response(int status, Map<String, String> headers, Body body) {
  /** An answer in JSON: an object of Vert.x, whose text that is. */
  static Response json(int status, Object json) {
    return of(status, "application/json", json + "\n");
  }

  static Response of(int status, String type, String text) {
    return new Response(
        status, Map.of("Content-Type", type), Body.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
