package dev.trestle.examples.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Legacy code: the client of the partner's service that holds its thread for each answer. */
final class BlockingPartner {
  private static final Logger log = LoggerFactory.getLogger(BlockingPartner.class);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI service;

  BlockingPartner(int port) {
    this.service = URI.create("http://localhost:" + port);
  }

  int price(int item) throws IOException, InterruptedException {
    log.debug("ask what item {} costs", item);
    return Integer.parseInt(ask("/prices/" + item));
  }

  void pay(Order order) throws IOException, InterruptedException {
    log.debug("ask for {} cents", order.cents());
    if (ask("/payments/" + URLEncoder.encode(order.customer(), UTF_8)).equals("declined")) {
      throw Refusal.paymentRequired("the payment of " + order.customer() + " was declined");
    }
  }

  private String ask(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(service.resolve(path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
