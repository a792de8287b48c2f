package dev.trestle.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The async client of a price service, which it brings along. */
final class Prices {
  private static final Logger log = LoggerFactory.getLogger(Prices.class);

  private final HttpClient http;
  private final int port;

  private Prices(Vertx vertx, int port) {
    this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(32));
    this.port = port;
  }

  /** Starts the service, then makes a client of it. */
  static Future<Prices> start(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(Prices::serve)
        .listen(0, "localhost")
        .map(server -> new Prices(vertx, server.actualPort()));
  }

  private static void serve(HttpServerRequest request) {
    int item = Integer.parseInt(request.path().substring(1));
    var unused = request.response().end(String.valueOf(of(item)));
  }

  static int of(int item) {
    return 99 + 10 * item;
  }

  /** Asks for what an item costs, in cents. */
  Future<Integer> fetch(int item) {
    log.debug("ask what item {} costs", item);
    return http.request(HttpMethod.GET, port, "localhost", "/" + item)
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .map(body -> Integer.parseInt(body.toString()));
  }
}
