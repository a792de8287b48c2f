package dev.trestle.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.examples.LogWitness.Line;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class OrderServerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private LogWitness witness;
  private Service service;
  private Vertx vertx;

  /** What the bank does. */
  private volatile Bank bank;

  @BeforeEach
  void start() throws Exception {
    witness = LogWitness.attach();
    service =
        Service.start(
            0,
            started -> {
              vertx = started;
              bank = Bank.taking(1, started);
              return order -> bank.pay(order);
            });
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    witness.close();
  }

  @Test
  void anOrderIsWrittenAndItsReceiptSigned() throws Exception {
    HttpResponse<String> answer = post("/orders?customer=ada&item=7&quantity=3");

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonObject told = new JsonObject(answer.body());
    Order order = Order.of(told);
    assertThat(order.cents()).isEqualTo(3 * Prices.of(7));
    assertThat(told.getString("receipt")).isEqualTo(Receipts.sign(order));
    assertThat(new JsonObject(get("/orders/" + order.id()).body())).isEqualTo(order.toJson());
    assertThat(written()).isEqualTo(1);
    assertThat(sold()).isEqualTo(3);
  }

  @Test
  void aTransactionStaysOnOneThreadAndTheRequestsIdOnEachThread() throws Exception {
    post("/orders?customer=ada&item=7&quantity=1", "here");

    assertThat(threads("here", "loop")).hasSize(1);
    assertThat(threads("here", "home")).hasSize(1);
    assertThat(threads("here", "worker")).hasSize(1);
    assertThat(texts("here"))
        .containsExactly(
            "POST /orders?customer=ada&item=7&quantity=1",
            "take 1 of item 7 from stock",
            "ask what item 7 costs",
            "write the order of ada",
            "ask the bank for 169 cents",
            "sign the receipt of order 2001",
            "committed",
            "answered 201");
    assertThat(witness.lines()).extracting(Line::request).containsOnly("here");
  }

  @Test
  void aDeclinedPaymentRollsBackWhatWasWritten() throws Exception {
    HttpResponse<String> answer =
        post("/orders?customer=" + Bank.BROKE + "&item=7&quantity=1", "broke");

    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(reason(answer)).isEqualTo("the bank declined the payment of mallory");
    assertThat(texts("broke")).contains("write the order of mallory", "rolled back");
    assertThat(threads("broke", "home")).hasSize(1);
    assertNothingWritten();
  }

  @Test
  void whatIsSoldOutIsNotSold() throws Exception {
    HttpResponse<String> answer =
        post("/orders?customer=ada&quantity=1&item=" + Database.SOLD_OUT_ITEM);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(reason(answer)).isEqualTo("there are not 1 left of item 1");
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /orders?item=7&quantity=1              | customer must be a name of 1 to 40 characters
          /orders?customer=&item=7&quantity=1    | customer must be a name of 1 to 40 characters
          /orders?customer=ada&quantity=1        | item must be a whole number from 1 to 2147483647, but is missing
          /orders?customer=ada&item=x&quantity=1 | item must be a whole number from 1 to 2147483647, but is 'x'
          /orders?customer=ada&item=99999&quantity=1 | there is no item 99999
          /orders?customer=ada&item=7            | quantity must be a whole number from 1 to 100, but is missing
          /orders?customer=ada&item=7&quantity=0 | quantity must be a whole number from 1 to 100, but is '0'
          /orders?customer=ada&item=7&quantity=101 | quantity must be a whole number from 1 to 100, but is '101'
          """)
  void aBadRequestIsToldItsReason(String path, String reason) throws Exception {
    HttpResponse<String> answer = post(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(reason(answer)).isEqualTo(reason);
    assertNothingWritten();
  }

  @Test
  void anOrderNumberMustBeANumber() throws Exception {
    HttpResponse<String> answer = get("/orders/seven");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(reason(answer)).startsWith("the number of an order must be a whole number");
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/999999999, there is no order 999999999",
    "/nowhere, there is no /nowhere",
    "/orders/7/8, there is no /orders/7/8"
  })
  void whatIsNotThereIsNotFound(String path, String reason) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(reason(answer)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/orders/7", "/report"})
  void whatIsThereButTakesNoOrdersSaysSo(String path) throws Exception {
    HttpResponse<String> answer = post(path);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(reason(answer)).isEqualTo("there is no POST of " + path);
  }

  @Test
  void aDatabaseThatRefusesIsUnavailableAndNothingIsWritten() throws Exception {
    HttpResponse<String> answer;
    try (Database.Maintenance maintenance = service.database.startMaintenance()) {
      answer = post("/orders?customer=ada&item=7&quantity=1");
    }

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(reason(answer)).isEqualTo("the database is not available; nothing was written");
    assertNothingWritten();
    assertThat(post("/orders?customer=ada&item=7&quantity=1").statusCode()).isEqualTo(201);
  }

  @Test
  void aDatabaseThatGoesAwayHalfWayLeavesNothingHalfWritten() throws Exception {
    CompletableFuture<Order> asked = new CompletableFuture<>();
    Promise<Order> paid = Promise.promise();
    bank =
        order -> {
          asked.complete(order);
          return paid.future();
        };
    CompletableFuture<HttpResponse<String>> answer =
        HTTP.sendAsync(request("POST", "/orders?customer=ada&item=7&quantity=1", "half"), body());
    Order written = asked.get(10, SECONDS);

    try (Database.Maintenance maintenance = service.database.startMaintenance()) {
      vertx.runOnContext(v -> paid.complete(written));
      assertThat(answer.get(10, SECONDS).statusCode()).isEqualTo(503);
    }

    assertThat(threads("half", "home")).hasSize(1);
    assertNothingWritten();
  }

  @Test
  void theOrdersOfACustomerAreListed() throws Exception {
    JsonArray orders = new JsonArray(get("/orders?customer=ada").body());

    assertThat((long) orders.size())
        .isEqualTo(service.database.number("select count(*) from orders where customer = 'ada'"));
  }

  @Test
  void aPlainThreadMakesTheReportAndDrivesItsAsyncClient() throws Exception {
    long revenue;
    MDC.put(OrderServer.REQUEST, "plain");
    try {
      revenue = new ReportJob(service.server.port()).revenue();
    } finally {
      MDC.remove(OrderServer.REQUEST);
    }

    assertThat(revenue).isEqualTo(paid());
    assertThat(threads("plain")).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void aBodyOfSyncToAsyncMakesTheReportAndItsCallerDrivesTheClient() throws Exception {
    MDC.put(OrderServer.REQUEST, "inside");
    long revenue;
    try {
      revenue =
          AsyncToSync.create()
              .call(
                  () ->
                      SyncToAsync.concurrent().call(new ReportJob(service.server.port())::revenue));
    } finally {
      MDC.remove(OrderServer.REQUEST);
    }

    assertThat(revenue).isEqualTo(paid());
    assertThat(threads("inside")).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void aRequestMakesTheReportAndItsClientIsBackOnTheLoop() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(request("GET", "/report", "served"), BodyHandlers.ofString());

    assertThat(new JsonObject(answer.body()).getLong("cents")).isEqualTo(paid());
    assertThat(texts("served")).contains("ada has paid " + paidBy("ada") + " cents");
    assertThat(threads("served")).isEqualTo(threads("served", "loop")).hasSize(1);
  }

  @Test
  void aMisleadingIdOfARequestIsReplaced() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(request("GET", "/orders/7", "two words"), BodyHandlers.ofString());

    assertThat(answer.headers().firstValue(OrderServer.REQUEST_HEADER)).hasValue("r1");
  }

  // ---- what the client does

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(request("GET", path, "get"), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return post(path, "post");
  }

  private HttpResponse<String> post(String path, String id)
      throws IOException, InterruptedException {
    return HTTP.send(request("POST", path, id), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String id) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + service.server.port() + path))
        .header(OrderServer.REQUEST_HEADER, id)
        .method(method, BodyPublishers.noBody())
        .build();
  }

  private static HttpResponse.BodyHandler<String> body() {
    return BodyHandlers.ofString();
  }

  private static String reason(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("reason");
  }

  // ---- what the database says

  private void assertNothingWritten() throws SQLException {
    assertThat(written()).isZero();
    assertThat(sold()).isZero();
  }

  private long written() throws SQLException {
    return service.database.number("select count(*) from orders") - Database.OLD_ORDERS;
  }

  private long sold() throws SQLException {
    return Database.STOCK_IN_ALL - service.database.number("select sum(stock) from items");
  }

  private long paid() throws SQLException {
    return service.database.number("select sum(cents) from orders");
  }

  private long paidBy(String customer) throws SQLException {
    return service.database.number("select sum(cents) from orders where customer = ?", customer);
  }

  // ---- what the log says

  private List<String> texts(String request) {
    return witness.lines().stream()
        .filter(line -> line.request().equals(request))
        .map(Line::text)
        .toList();
  }

  private Set<String> threads(String request) {
    return threads(request, "");
  }

  private Set<String> threads(String request, String role) {
    return witness.lines().stream()
        .filter(line -> line.request().equals(request))
        .filter(line -> role.isEmpty() || line.role().equals(role))
        .map(Line::thread)
        .collect(Collectors.toSet());
  }
}
