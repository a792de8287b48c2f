package dev.trestle.examples.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The async client of another team's service, which knows prices and customers and takes payments;
 * and that service, on a loop of its own.
 */
final class Partner {
  /** Whose payments are always declined. */
  static final String BROKE = "mallory";

  /** Who may not order at all. */
  static final String BLOCKED = "eve";

  private static final Logger log = LoggerFactory.getLogger(Partner.class);
  private static final int CONNECTIONS = 64;

  private final Vertx machine = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpClient http;
  private int port;

  /** What the service waits for before it takes a payment. */
  private volatile Future<?> gate = Future.succeededFuture();

  /** How long it thinks about an answer, in milliseconds. */
  private volatile long slowness = 1;

  private Partner(Vertx vertx) {
    this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** Starts the service, and makes a client of it for the loops of somebody else. */
  static Future<Partner> start(Vertx vertx) {
    Partner partner = new Partner(vertx);
    return partner
        .machine
        .createHttpServer()
        .requestHandler(partner::serve)
        .listen(0, "localhost")
        .map(
            server -> {
              partner.port = server.actualPort();
              return partner;
            });
  }

  Future<Void> close() {
    return machine.close();
  }

  int port() {
    return port;
  }

  // ---- what a client can ask

  /** What an item costs, in cents. */
  Future<Integer> price(int item) {
    log.debug("ask what item {} costs", item);
    return ask("/prices/" + item).map(Integer::parseInt);
  }

  Future<Boolean> isInGoodStanding(String customer) {
    log.debug("ask about {}", customer);
    return ask("/standing/" + URLEncoder.encode(customer, UTF_8)).map(Boolean::parseBoolean);
  }

  /** Completes when the order is paid; fails with a {@link Refusal} if the payment is declined. */
  Future<Order> pay(Order order) {
    log.debug("ask for {} cents", order.cents());
    return ask("/payments/" + URLEncoder.encode(order.customer(), UTF_8))
        .map(
            answer -> {
              if (answer.equals("declined")) {
                throw Refusal.paymentRequired(
                    "the payment of " + order.customer() + " was declined");
              }
              return order;
            });
  }

  private Future<String> ask(String path) {
    return http.request(HttpMethod.GET, port, "localhost", path)
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .map(Buffer::toString);
  }

  // ---- the service

  static int priceOf(int item) {
    return 99 + 10 * item;
  }

  /** Takes no payments until the gate completes. */
  void holdPayments(Future<?> until) {
    gate = until;
  }

  void answerAfter(Duration time) {
    slowness = Math.max(1, time.toMillis());
  }

  private void serve(HttpServerRequest request) {
    String[] path = URLDecoder.decode(request.path(), UTF_8).split("/", 3);
    String answer =
        switch (path[1]) {
          case "prices" -> String.valueOf(priceOf(Integer.parseInt(path[2])));
          case "standing" -> String.valueOf(!path[2].equals(BLOCKED));
          case "payments" -> path[2].equals(BROKE) ? "declined" : "paid";
          default -> "unknown";
        };
    Future<?> ready = path[1].equals("payments") ? gate : Future.succeededFuture();
    var unused =
        ready
            .compose(open -> machine.timer(slowness, TimeUnit.MILLISECONDS))
            .compose(thought -> request.response().end(answer));
  }
}
