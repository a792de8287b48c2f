package dev.trestle.examples.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.examples.flow.LogWitness.Line;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What takes too long, is too much, or is wanted no more: it ends, and gives back what it had. */
class FlowLimitsTest {
  private static final Duration FOREVER = Duration.ofMinutes(10);

  private static final List<Arguments> DATABASES_AND_DOORS =
      Stream.of(TestDatabase.values())
          .flatMap(database -> Stream.of(Colour.values()).map(door -> Arguments.of(database, door)))
          .toList();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private LogWitness witness;
  private Service service;

  @BeforeEach
  void listen() {
    witness = LogWitness.attach();
  }

  @AfterEach
  void stop() {
    service.close();
    witness.close();
  }

  private void start(Database database, Duration limit) throws IOException {
    service = Service.start(database, Service.Settings.DEFAULT.withLimit(limit));
  }

  @ParameterizedTest
  @FieldSource("DATABASES_AND_DOORS")
  void aSlowQueryPastItsDeadlineAnswers504AndFreesItsConnection(TestDatabase on, Colour door)
      throws Exception {
    start(on.open(), Duration.ofMillis(300));

    HttpResponse<String> answer = get(door, "/slow").get(20, SECONDS);

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(new JsonObject(answer.body()).getString("reason"))
        .isEqualTo("it took too long, and was given up");
    awaitAllFree();
    assertThat(get(door, "/orders/7").get(20, SECONDS).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void aSlowPartnerPastTheDeadlineRollsBack(Colour door) throws Exception {
    start(TestDatabase.H2.open(), Duration.ofMillis(300));
    service.partner.holdPayments(Promise.promise().future());

    assertThat(post(door).get(20, SECONDS).statusCode()).isEqualTo(504);
    awaitAllFree();
    assertThat(written()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aFullLimiterAnswers503AndWhenToComeBack(Colour door) throws Exception {
    start(TestDatabase.H2.open(1, 2), FOREVER);
    Promise<Void> gate = Promise.promise();
    service.partner.holdPayments(gate.future());
    List<CompletableFuture<HttpResponse<String>>> taken = new ArrayList<>();
    taken.add(post(door));
    await().until(() -> asked() == 1);
    taken.add(post(door));
    taken.add(post(door));
    await().until(() -> service.database.limiter.statistics().waiting() == 2);

    HttpResponse<String> refused = get(door, "/orders/7").get(20, SECONDS);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(new JsonObject(refused.body()).getString("reason"))
        .isEqualTo("too many requests wait for the database; come back later");
    gate.complete();
    for (CompletableFuture<HttpResponse<String>> answer : taken) {
      assertThat(answer.get(20, SECONDS).statusCode()).isEqualTo(201);
    }
    awaitAllFree();
  }

  @ParameterizedTest
  @EnumSource
  void aDownloadNeedsAPermitBeforeItBegins(Colour door) throws Exception {
    start(TestDatabase.H2.open(1, 0), FOREVER);
    Promise<Void> gate = Promise.promise();
    service.partner.holdPayments(gate.future());
    CompletableFuture<HttpResponse<String>> taken = post(door);
    await().until(() -> asked() == 1);

    assertThat(get(door, "/export").get(20, SECONDS).statusCode()).isEqualTo(503);

    gate.complete();
    assertThat(taken.get(20, SECONDS).statusCode()).isEqualTo(201);
    assertThat(get(door, "/export").get(20, SECONDS).statusCode()).isEqualTo(200);
  }

  // ---- clients that go

  @ParameterizedTest
  @EnumSource
  void aClientThatGoesAwayCancelsTheQueryAtTheAsyncDoor(TestDatabase on) throws Exception {
    start(on.open(), FOREVER);
    try (Socket client = connect(Colour.ASYNC)) {
      send(client, "GET /slow");
      awaitQuery();
    }
    awaitAllFree();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatGoesAwayCancelsTheQueryAtTheBlockingDoor(TestDatabase on) throws Exception {
    start(on.open(), FOREVER);
    HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpResponse<String> first =
        http2.send(request(Colour.BLOCKING, "GET", "/health"), BodyHandlers.ofString());
    assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
    CompletableFuture<HttpResponse<String>> answer =
        http2.sendAsync(request(Colour.BLOCKING, "GET", "/slow"), BodyHandlers.ofString());
    awaitQuery();
    answer.cancel(true);
    awaitAllFree();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatGoesAwayEndsItsDownload(Colour door) throws Exception {
    start(TestDatabase.H2.open(), FOREVER);
    try (Socket client = connect(door)) {
      send(client, "GET /export");
      assertThat(client.getInputStream().read()).isEqualTo('H');
    }
    awaitAllFree();
  }

  private Socket connect(Colour door) throws IOException {
    URI root = service.at(door, "/");
    return new Socket(InetAddress.getByName(root.getHost()), root.getPort());
  }

  private static void send(Socket client, String request) throws IOException {
    client
        .getOutputStream()
        .write(
            (request + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private void awaitQuery() {
    await().until(() -> witness.lines().stream().anyMatch(isText("count for ever")));
  }

  private long asked() {
    return witness.lines().stream().filter(isText("ask for 169 cents")).count();
  }

  private static java.util.function.Predicate<Line> isText(String text) {
    return line -> line.text().equals(text);
  }

  private void awaitAllFree() {
    await()
        .untilAsserted(
            () -> {
              assertThat(service.database.inUse()).isZero();
              assertThat(service.database.limiter.statistics().held()).isZero();
            });
  }

  private long written() throws SQLException {
    return service.database.number("select count(*) from orders") - Database.OLD_ORDERS;
  }

  private CompletableFuture<HttpResponse<String>> post(Colour door) {
    return http.sendAsync(
        request(door, "POST", "/orders?customer=ada&item=7&quantity=1"), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> get(Colour door, String path) {
    return http.sendAsync(request(door, "GET", path), BodyHandlers.ofString());
  }

  private HttpRequest request(Colour door, String method, String path) {
    return HttpRequest.newBuilder(service.at(door, path))
        .method(method, BodyPublishers.noBody())
        .build();
  }
}
