package dev.trestle.examples.flow;

import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.LimiterFullException;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of a failure. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static Response answer(Throwable thrown) {
    Throwable cause = thrown.getCause();
    Throwable failure = thrown instanceof CompletionException && cause != null ? cause : thrown;
    if (failure instanceof Refusal refusal) {
      return answer(refusal.status, String.valueOf(refusal.getMessage()));
    }
    log.warn("failed: {}", failure.toString());
    if (failure instanceof BridgeTimeoutException) {
      return answer(504, "it took too long, and was given up");
    }
    if (failure instanceof LimiterFullException) {
      Response full = answer(503, "too many requests wait for the database; come back later");
      Map<String, String> headers = new HashMap<>(full.headers());
      headers.put("Retry-After", "1");
      return new Response(full.status(), headers, full.body());
    }
    if (failure instanceof SQLException sql) {
      return answer(
          503,
          Transactions.OUTCOME_UNKNOWN.equals(sql.getSQLState())
              ? "the database went away; it is not known whether it was written"
              : "the database is not available; nothing was written");
    }
    return failure instanceof CancellationException
        ? answer(503, "it was given up")
        : answer(500, "the service failed; nothing was written");
  }

  private static Response answer(int status, String reason) {
    return Response.json(status, new JsonObject().put("reason", reason));
  }
}
