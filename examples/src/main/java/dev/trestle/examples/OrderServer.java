package dev.trestle.examples;

import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** An async HTTP server: one event loop, which only ever hands on what blocks. */
final class OrderServer {
  /** What the id of a request is called in the log. */
  static final String REQUEST = "request";

  static final String REQUEST_HEADER = "X-Request-Id";

  private static final Logger log = LoggerFactory.getLogger(OrderServer.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,40}");
  private static final int MAX_QUANTITY = 100;
  private static final int MAX_CUSTOMER = 40;

  private static final JsonObject HELP =
      new JsonObject().put("try", List.of("/orders/7", "/orders?customer=ada", "/report"));

  private final HttpServer http;
  private final Shop shop;
  private final AtomicLong lastId = new AtomicLong();

  private OrderServer(Vertx vertx, Shop shop) {
    this.shop = shop;
    this.http = vertx.createHttpServer().requestHandler(this::serve);
  }

  static Future<OrderServer> listen(int port, Vertx vertx, Shop shop) {
    OrderServer server = new OrderServer(vertx, shop);
    return server.http.listen(port, "localhost").map(listening -> server);
  }

  int port() {
    return http.actualPort();
  }

  /** Runs on the loop; the scope gives the request a thread for what blocks, once it needs one. */
  private void serve(HttpServerRequest request) {
    var unused =
        ThreadSensitiveScope.around(
            () -> {
              MDC.put(REQUEST, idOf(request)); // from here it follows every call
              log.info("{} {}", request.method(), request.uri());
              return answer(request)
                  .handle((body, failure) -> send(request, body, failure))
                  .whenComplete((sent, failure) -> logFailure(failure));
            });
  }

  private String idOf(HttpServerRequest request) {
    String given = request.getHeader(REQUEST_HEADER);
    return given != null && ID.matcher(given).matches() ? given : "r" + lastId.incrementAndGet();
  }

  private CompletableFuture<?> answer(HttpServerRequest request) {
    try {
      return route(request);
    } catch (RuntimeException e) { // else there would be no answer at all
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<?> route(HttpServerRequest request) {
    String path = request.path();
    int slash = path.lastIndexOf('/');
    String place = slash <= 0 ? path : path.substring(0, slash) + "/..";
    return switch (request.method() + " " + place) {
      case "GET /" -> CompletableFuture.completedFuture(HELP);
      case "POST /orders" ->
          shop.buy(
              customer(request),
              number("item", parameter(request, "item"), Integer.MAX_VALUE),
              number("quantity", parameter(request, "quantity"), MAX_QUANTITY));
      case "GET /orders" ->
          shop.ordersOf(customer(request))
              .thenApply(orders -> new JsonArray(orders.stream().map(Order::toJson).toList()));
      case "GET /orders/.." ->
          shop.find(number("the number of an order", path.substring(slash + 1), Integer.MAX_VALUE))
              .thenApply(Order::toJson);
      case "GET /report" ->
          shop.report(port()).thenApply(cents -> new JsonObject().put("cents", cents));
      default -> throw unknown(request.method(), place, path);
    };
  }

  private static Refusal unknown(HttpMethod method, String place, String path) {
    return switch (place) {
      case "/", "/orders", "/orders/..", "/report" ->
          Refusal.wrongMethod("there is no " + method + " of " + path);
      default -> Refusal.notFound("there is no " + path);
    };
  }

  private static String customer(HttpServerRequest request) {
    String name = parameter(request, "customer");
    if (name == null || name.isBlank() || name.length() > MAX_CUSTOMER) {
      throw Refusal.badRequest("customer must be a name of 1 to " + MAX_CUSTOMER + " characters");
    }
    return name;
  }

  private static @Nullable String parameter(HttpServerRequest request, String name) {
    try {
      return request.getParam(name);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the query cannot be read: " + e.getMessage());
    }
  }

  private static int number(String name, @Nullable String text, int most) {
    try {
      int value = Integer.parseInt(String.valueOf(text));
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Refusal.badRequest(
        name
            + " must be a whole number from 1 to "
            + most
            + ", but is "
            + (text == null ? "missing" : "'" + text + "'"));
  }

  private @Nullable Void send(
      HttpServerRequest request, @Nullable Object body, @Nullable Throwable failure) {
    int status =
        failure == null ? (request.method().equals(HttpMethod.POST) ? 201 : 200) : status(failure);
    log.info("answered {}", status);
    Object answer = failure == null ? body : new JsonObject().put("reason", reason(failure));
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/json")
            .putHeader(REQUEST_HEADER, MDC.get(REQUEST))
            .end(answer + "\n");
    return null;
  }

  private static int status(Throwable failure) {
    Throwable cause = causeOf(failure);
    if (cause instanceof Refusal refusal) {
      return refusal.status;
    }
    log.warn("failed: {}", cause.toString());
    return cause instanceof SQLException ? 503 : 500;
  }

  private static String reason(Throwable failure) {
    Throwable cause = causeOf(failure);
    return cause instanceof Refusal
        ? String.valueOf(cause.getMessage())
        : cause instanceof SQLException
            ? "the database is not available; nothing was written"
            : "the service failed; nothing was written";
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static void logFailure(@Nullable Throwable failure) {
    if (failure != null) {
      log.error("no answer could be sent", failure);
    }
  }
}
