package dev.trestle.examples.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.examples.flow.LogWitness.Line;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application does, at either door, on the database of a subclass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FlowTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestDatabase database;
  private LogWitness witness;
  private Service service;
  private long ordersBefore;
  private long stockBefore;

  FlowTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeAll
  void start() throws Exception {
    service = Service.start(database.open(), Service.Settings.DEFAULT);
    witness = LogWitness.attach();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      witness.close();
      service.close();
    }
  }

  @BeforeEach
  void look() throws SQLException {
    ordersBefore = number("select count(*) from orders");
    stockBefore = number("select sum(stock) from items");
  }

  // ---- views

  @ParameterizedTest
  @EnumSource
  void anOrderIsWrittenAndItsReceiptSigned(Colour door) throws Exception {
    HttpResponse<String> answer = post(door, "/orders?customer=ada&item=7&quantity=3");

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonObject told = new JsonObject(answer.body());
    Order order = Order.of(told);
    assertThat(order.cents()).isEqualTo(3L * Partner.priceOf(7));
    assertThat(told.getString("receipt")).isEqualTo(Receipts.sign(order));
    assertThat(new JsonObject(get(door, "/orders/" + order.id()).body())).isEqualTo(order.toJson());
    assertThat(written()).isEqualTo(1);
    assertThat(sold()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionStaysOnOneThreadAcrossAsyncSteps(Colour door) throws Exception {
    post(door, "/orders?customer=ada&item=7&quantity=1", "here-" + door);

    assertThat(texts("here-" + door))
        .containsExactly(
            "POST /orders",
            "ask about ada",
            "take 1 of item 7 from stock",
            "ask what item 7 costs",
            "write the order of ada",
            "ask for 169 cents",
            "sign the receipt of order " + number("select max(id) from orders"),
            "committed",
            "answers 201");
    String home = door == Colour.ASYNC ? "home" : "servlet";
    assertThat(threads("here-" + door, home)).hasSize(1);
    assertThat(witness.homes().get("here-" + door)).isEqualTo(threads("here-" + door, home));
    assertThat(threads("here-" + door, "worker")).isNotEmpty();
    assertThat(threads("here-" + door, "loop")).hasSize(door == Colour.ASYNC ? 1 : 0);
    assertThat(witness.lines()).extracting(Line::request).doesNotContain("");
  }

  @ParameterizedTest
  @EnumSource
  void theOrdersOfACustomerAreListed(Colour door) throws Exception {
    JsonArray orders = new JsonArray(get(door, "/orders?customer=grace").body());

    assertThat((long) orders.size())
        .isEqualTo(number("select count(*) from orders where customer = 'grace'"));
  }

  @ParameterizedTest
  @EnumSource
  void aPriceIsThePartners(Colour door) throws Exception {
    assertThat(new JsonObject(get(door, "/prices/7").body()).getInteger("cents"))
        .isEqualTo(Partner.priceOf(7));
  }

  @ParameterizedTest
  @EnumSource
  void allOrdersAreDownloadedInPieces(Colour door) throws Exception {
    HttpResponse<String> answer = get(door, "/export");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv");
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize((int) ordersBefore + 1);
    assertThat(lines.get(1)).isEqualTo("1,ada,2,1,119");
    awaitAllConnectionsFree();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUploadedIsInStock(Colour door) throws Exception {
    String lines = ("7,2" + " ".repeat(100) + "\n8,3\n").repeat(500); // several pieces
    HttpResponse<String> answer =
        send(door, "POST", "/stock", "upload-" + door, BodyPublishers.ofString(lines));

    assertThat(answer.body()).isEqualTo("{\"lines\":1000}\n");
    assertThat(sold()).isEqualTo(-500 * 5);
  }

  @ParameterizedTest
  @EnumSource
  void anUploadWithAMistakeChangesNothing(Colour door) throws Exception {
    HttpResponse<String> answer =
        send(door, "POST", "/stock", "mistake-" + door, BodyPublishers.ofString("7,2\n8\n"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(reason(answer)).isEqualTo("line 2 is not 'item,quantity': 8");
    assertThat(sold()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anUploadHasALimit(Colour door) throws Exception {
    HttpResponse<String> answer =
        send(
            door,
            "POST",
            "/stock",
            "large-" + door,
            BodyPublishers.ofString("7,2\n".repeat(300_000)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(sold()).isZero();
  }

  // ---- refusals

  @ParameterizedTest
  @EnumSource
  void aDeclinedPaymentRollsBackWhatWasWritten(Colour door) throws Exception {
    HttpResponse<String> answer =
        post(door, "/orders?customer=" + Partner.BROKE + "&item=7&quantity=1", "broke-" + door);

    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(reason(answer)).isEqualTo("the payment of mallory was declined");
    assertThat(texts("broke-" + door)).contains("write the order of mallory", "rolled back");
    assertThat(witness.homes().get("broke-" + door)).hasSize(1);
    assertNothingWritten();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsNotInGoodStandingNeedsNoConnection(Colour door) throws Exception {
    HttpResponse<String> answer =
        post(door, "/orders?customer=" + Partner.BLOCKED + "&item=7&quantity=1", "eve-" + door);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(witness.homes()).doesNotContainKey("eve-" + door);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSoldOutIsNotSold(Colour door) throws Exception {
    HttpResponse<String> answer =
        post(door, "/orders?customer=ada&quantity=1&item=" + Database.SOLD_OUT_ITEM);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(reason(answer)).isEqualTo("there are not 1 left of item 1");
    assertNothingWritten();
  }

  @ParameterizedTest
  @EnumSource
  void thereIsOneOrderOfAKey(Colour door) throws Exception {
    String order = "/orders?customer=ada&item=7&quantity=1&key=once-" + door;

    assertThat(post(door, order).statusCode()).isEqualTo(201);
    HttpResponse<String> again = post(door, order);

    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(reason(again)).isEqualTo("there is an order with the key once-" + door);
    assertThat(written()).isEqualTo(1);
    assertThat(sold()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /orders?item=7&quantity=1              | 400 | customer must be a name of 1 to 40 characters
          POST | /orders?customer=&item=7&quantity=1    | 400 | customer must be a name of 1 to 40 characters
          POST | /orders?customer=ada&quantity=1        | 400 | item must be a whole number from 1 to 2147483647, but is missing
          POST | /orders?customer=ada&item=x&quantity=1 | 400 | item must be a whole number from 1 to 2147483647, but is 'x'
          POST | /orders?customer=ada&item=99999&quantity=1 | 400 | there is no item 99999
          POST | /orders?customer=ada&item=7            | 400 | quantity must be a whole number from 1 to 100, but is missing
          POST | /orders?customer=ada&item=7&quantity=0 | 400 | quantity must be a whole number from 1 to 100, but is '0'
          GET  | /orders/seven                          | 400 | id must be a whole number from 1 to 2147483647, but is 'seven'
          GET  | /orders/999999999                      | 404 | there is no order 999999999
          GET  | /nowhere                               | 404 | there is no /nowhere
          GET  | /orders/7/8                            | 404 | there is no /orders/7/8
          POST | /orders/7                              | 405 | there is no POST of /orders/7
          PUT  | /orders                                | 405 | there is no PUT of /orders
          """)
  void aBadRequestIsToldItsReasonAtEitherDoor(String method, String path, int status, String reason)
      throws Exception {
    for (Colour door : Colour.values()) {
      HttpResponse<String> answer =
          send(door, method, path, "bad-request", BodyPublishers.noBody());

      assertThat(answer.statusCode()).as("%s", door).isEqualTo(status);
      assertThat(reason(answer)).isEqualTo(reason);
    }
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource({"%", "%4", "%zz"})
  void aQueryThatCannotBeReadIsABadRequest(String customer) throws Exception {
    for (Colour door : Colour.values()) {
      String answer = answerTo(door, "GET /orders?customer=" + customer);

      assertThat(answer).as("%s", door).startsWith("HTTP/1.1 400 ");
      assertThat(answer).contains("the query cannot be read: ").doesNotContain(": null");
      assertThat(get(door, "/health").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMisleadingIdOfARequestIsReplaced(Colour door) throws Exception {
    HttpResponse<String> answer =
        send(door, "GET", "/health", "two words", BodyPublishers.noBody());

    assertThat(answer.headers().firstValue(Traces.HEADER).orElseThrow())
        .matches(door == Colour.ASYNC ? "a\\d+" : "b\\d+");
  }

  // ---- a database in trouble

  @ParameterizedTest
  @EnumSource
  void aDatabaseThatGoesAwayHalfWayLeavesNothingHalfWritten(Colour door) throws Exception {
    Promise<Void> open = Promise.promise();
    service.partner.holdPayments(open.future());
    CompletableFuture<HttpResponse<String>> answer;
    try {
      answer =
          HTTP.sendAsync(
              request(
                  door,
                  "POST",
                  "/orders?customer=ada&item=7&quantity=1",
                  "half-" + door,
                  BodyPublishers.noBody()),
              BodyHandlers.ofString());
      await().until(() -> texts("half-" + door).contains("ask for 169 cents"));
      try (Database.Maintenance maintenance = service.database.startMaintenance()) {
        open.complete();
        assertThat(answer.get(20, SECONDS).statusCode()).isEqualTo(503);
      }
    } finally {
      open.tryComplete();
    }

    assertThat(witness.homes().get("half-" + door)).hasSize(1);
    assertNothingWritten();
    await().until(() -> post(door, "/orders?customer=ada&item=7&quantity=1").statusCode() == 201);
    awaitAllConnectionsFree();
  }

  // ---- what the client does

  private HttpResponse<String> get(Colour door, String path) throws Exception {
    return send(door, "GET", path, "get", BodyPublishers.noBody());
  }

  private HttpResponse<String> post(Colour door, String path) throws Exception {
    return post(door, path, "post");
  }

  private HttpResponse<String> post(Colour door, String path, String id) throws Exception {
    return send(door, "POST", path, id, BodyPublishers.noBody());
  }

  private HttpResponse<String> send(
      Colour door, String method, String path, String id, BodyPublisher body) throws Exception {
    return HTTP.send(request(door, method, path, id, body), BodyHandlers.ofString());
  }

  private HttpRequest request(
      Colour door, String method, String path, String id, BodyPublisher body) {
    return HttpRequest.newBuilder(service.at(door, path))
        .header(Traces.HEADER, id)
        .method(method, body)
        .build();
  }

  /** Sends a request as it is, and returns the status line, the headers and the body. */
  private String answerTo(Colour door, String request) throws IOException {
    URI root = service.at(door, "/");
    try (Socket socket = new Socket(InetAddress.getByName(root.getHost()), root.getPort())) {
      String head = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String reason(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("reason");
  }

  // ---- what the database and the log say

  private long number(String sql) throws SQLException {
    return service.database.number(sql);
  }

  private void assertNothingWritten() throws SQLException {
    assertThat(written()).isZero();
    assertThat(sold()).isZero();
  }

  private long written() throws SQLException {
    return number("select count(*) from orders") - ordersBefore;
  }

  private long sold() throws SQLException {
    return stockBefore - number("select sum(stock) from items");
  }

  private void awaitAllConnectionsFree() {
    await().until(() -> service.database.inUse() == 0);
  }

  private List<String> texts(String request) {
    return witness.lines().stream()
        .filter(line -> line.request().equals(request))
        .map(Line::text)
        .toList();
  }

  private Set<String> threads(String request, String role) {
    return witness.lines().stream()
        .filter(line -> line.request().equals(request) && line.role().equals(role))
        .map(Line::thread)
        .collect(Collectors.toSet());
  }
}
