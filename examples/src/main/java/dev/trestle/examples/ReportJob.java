package dev.trestle.examples;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.threadsensitive.Calls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A blocking job, which gets its numbers from the order server with an async HTTP client. */
final class ReportJob {
  private static final Logger log = LoggerFactory.getLogger(ReportJob.class);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AsyncToSync async = AsyncToSync.create();
  private final int port;

  ReportJob(int port) {
    this.port = port;
  }

  /** What all customers together have paid, in cents. */
  @SuppressWarnings("sequential-await") // a job has time; the server is spared
  long revenue() {
    long sum = 0;
    for (String customer : Customers.NAMES) {
      sum += async.call(() -> fetchRevenue(customer));
    }
    return sum;
  }

  /**
   * Async; {@code adopt} lets the log line below have the request's id, and the caller's thread.
   */
  private CompletableFuture<Long> fetchRevenue(String customer) {
    URI uri = URI.create("http://localhost:" + port + "/orders?customer=" + customer);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header(OrderServer.REQUEST_HEADER, MDC.get(OrderServer.REQUEST) + "." + customer)
            .build();
    return Calls.adopt(HTTP.sendAsync(request, BodyHandlers.ofString()))
        .thenApply(
            response -> {
              long cents = sum(response);
              log.debug("{} has paid {} cents", customer, cents);
              return cents;
            });
  }

  private static long sum(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the order server says " + response.body());
    }
    return new JsonArray(response.body())
        .stream().mapToLong(order -> ((JsonObject) order).getLong("cents")).sum();
  }
}
