package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.examples.flow.LogWitness.Line;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs each step of {@code MIGRATION.md} at both doors, and holds what the page says against it.
 */
class MigrationTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("MIGRATION.md");
  private static final int ITEM = 7;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static Service service;
  private static LogWitness witness;

  @BeforeAll
  static void open() throws SQLException, IOException {
    service = start(Service.Settings.DEFAULT.withTimeline());
    witness = LogWitness.attach();
  }

  @AfterAll
  static void close() {
    witness.close();
    service.close();
  }

  private static Service start(Service.Settings settings) throws SQLException, IOException {
    Service started = Service.start(Database.embedded(), settings);
    new Migration(started.database, started.partner).addTo(started.application);
    return started;
  }

  /** A door is told by where the request's home is. Step 1 has the view of step 0. */
  static Stream<Arguments> stepsAndDoors() {
    return Stream.of(0, 2, 3, 4)
        .flatMap(step -> Stream.of(arguments(step, "servlet"), arguments(step, "home")));
  }

  @ParameterizedTest
  @MethodSource("stepsAndDoors")
  void everyStepGivesTheSameAnswerAndRows(int step, String home) throws Exception {
    String trace = "bought-" + step + "-" + home;
    long stock = stock();
    HttpResponse<String> response = buy(service, step, home, trace, "ada").join();

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    JsonObject answer = new JsonObject(response.body());
    Order order = new Order(answer.getLong("id"), "ada", ITEM, 2, 2L * Partner.priceOf(ITEM));
    assertThat(answer).isEqualTo(order.toJson().put("receipt", Receipts.sign(order)));
    assertThat(service.database.has(order)).isTrue();
    assertThat(stock()).isEqualTo(stock - 2);
    assertThatOneThreadRan(
        trace, home, "take 2 of item 7 from stock", "write the order of ada", "committed");
  }

  @ParameterizedTest
  @MethodSource("stepsAndDoors")
  void everyStepUndoesAllWhenThePaymentIsDeclined(int step, String home) throws Exception {
    String trace = "declined-" + step + "-" + home;
    long stock = stock();
    HttpResponse<String> response = buy(service, step, home, trace, Partner.BROKE).join();

    assertThat(response.statusCode()).as(response.body()).isEqualTo(402);
    assertThat(response.body()).contains("the payment of mallory was declined");
    assertThat(orders(service, Partner.BROKE)).isZero();
    assertThat(stock()).isEqualTo(stock);
    assertThat(service.database.inUse()).isZero();
    assertThatOneThreadRan(
        trace, home, "take 2 of item 7 from stock", "write the order of mallory", "rolled back");
  }

  private static void assertThatOneThreadRan(String trace, String home, String... steps) {
    List<Line> jdbc =
        witness.lines().stream()
            .filter(line -> line.request().equals(trace) && line.isJdbc())
            .toList();
    assertThat(jdbc).extracting(Line::text).containsExactly(steps);
    assertThat(jdbc).extracting(Line::role).containsOnly(home);
    assertThat(witness.homes().get(trace)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, servlet, servlet servlet",
    "2, servlet, servlet servlet",
    "3, servlet, (servlet|worker) (servlet|worker)",
    "4, servlet, (servlet|worker) servlet",
    "0, home, home home",
    "2, home, home home",
    "3, home, loop loop",
    "4, home, loop home",
  })
  void thePartnerIsAskedWhereThePageSays(int step, String home, String threads) {
    String trace = "asked-" + step + "-" + home;
    buy(service, step, home, trace, "ada").join();

    List<String> roles =
        witness.lines().stream()
            .filter(line -> line.request().equals(trace) && line.text().startsWith("ask "))
            .map(Line::role)
            .toList();
    assertThat(String.join(" ", roles)).matches(threads);
  }

  @Test
  void thePageStatesTheSwitches() throws IOException {
    List<String> said = service.application.describeSwitches();
    String page = Files.readString(PAGE);
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i).contains("/step")) {
        assertThat(page).contains("\n" + String.join("\n", said.subList(i, i + 3)) + "\n");
      }
    }
  }

  @Test
  void thePageStatesTheHops() throws IOException {
    CompletableFuture.allOf(
            stepsAndDoors()
                .map(Arguments::get)
                .map(
                    at -> buy(service, (int) at[0], (String) at[1], "hops-" + at[1] + at[0], "ada"))
                .toArray(CompletableFuture[]::new))
        .join();
    String page = Files.readString(PAGE);
    for (int step : List.of(0, 2, 3, 4)) {
      int blocking = hops("hops-servlet" + step);
      int async = hops("hops-home" + step);
      if (step == 0) {
        assertThat(page).containsPattern("(?m)^\\| 0 \\|.*\\| %s \\| \\|$".formatted(blocking));
      }
      assertThat(page)
          .containsPattern(
              "(?m)^\\| %s \\|.*\\| %s \\| %s \\|$"
                  .formatted(step == 0 ? 1 : step, blocking, async));
    }
  }

  /** How many bridge calls a flight recording has of one request. */
  private static int hops(String trace) {
    return await()
        .until(
            () ->
                timeline()
                    .filter(request -> request.getString("trace").equals(trace))
                    .map(request -> request.getJsonArray("hops").size())
                    .findFirst()
                    .orElse(-1),
            count -> count >= 0);
  }

  private static Stream<JsonObject> timeline() {
    URI uri = URI.create("http://localhost:" + service.async.port() + "/timeline.json");
    String json =
        HTTP.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).join().body();
    JsonArray requests = new JsonObject(json).getJsonArray("requests");
    return requests.stream().map(JsonObject.class::cast);
  }

  @ParameterizedTest
  @CsvSource({"servlet", "home"})
  void aBlockingClientHoldsItsConnectionPastTheDeadline(String home) throws Exception {
    Duration limit = Duration.ofSeconds(2);
    try (Service hasty = start(Service.Settings.DEFAULT.withLimit(limit))) {
      Promise<Void> gate = Promise.promise();
      hasty.partner.holdPayments(gate.future());
      var late = buy(hasty, 0, home, "late-0-" + home, "ada");
      awaitLine("late-0-" + home, "ask for 338 cents");
      if (home.equals("home")) {
        assertThat(late.join().statusCode()).isEqualTo(504); // on time
      } else {
        await().during(limit.plusMillis(500)).until(() -> !late.isDone());
      }

      assertThat(hasty.database.inUse()).isEqualTo(1);
      assertThat(hasty.database.limiter.statistics().held()).isEqualTo(1);

      gate.complete();
      assertThat(late.join().statusCode()).isEqualTo(504);
      await().until(() -> hasty.database.inUse() == 0);
      assertThat(newOrders(hasty)).isZero();
    }
  }

  private static void awaitLine(String trace, String text) {
    await()
        .until(
            () ->
                witness.lines().stream()
                    .anyMatch(line -> line.request().equals(trace) && line.text().equals(text)));
  }

  @ParameterizedTest
  @CsvSource({"2, servlet", "3, servlet", "4, servlet", "2, home", "3, home", "4, home"})
  void anAwaitEndsWithTheDeadlineAndFreesItsConnection(int step, String home) throws Exception {
    try (Service hasty = start(Service.Settings.DEFAULT.withLimit(Duration.ofMillis(500)))) {
      hasty.partner.holdPayments(Promise.promise().future());
      var late = buy(hasty, step, home, "late-" + step + "-" + home, "ada");

      assertThat(late.join().statusCode()).isEqualTo(504);
      await().until(() -> hasty.database.inUse() == 0);
      await().until(() -> hasty.database.limiter.statistics().held() == 0);
      assertThat(newOrders(hasty)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet", "home"})
  void noConnectionWaitsForAPriceThatIsAskedFirst(String home) throws Exception {
    String trace = "dear-" + home;
    try (Service hasty = start(Service.Settings.DEFAULT.withLimit(Duration.ofMillis(500)))) {
      hasty.partner.answerAfter(Duration.ofMinutes(1));

      assertThat(buy(hasty, 4, home, trace, "ada").join().statusCode()).isEqualTo(504);
      assertThat(witness.homes()).doesNotContainKey(trace);
    }
  }

  private static CompletableFuture<HttpResponse<String>> buy(
      Service at, int step, String home, String trace, String customer) {
    int port = home.equals("servlet") ? at.blocking.port() : at.async.port();
    URI uri =
        URI.create(
            "http://localhost:%d/step%d/orders?customer=%s&item=%d&quantity=2"
                .formatted(port, step, customer, ITEM));
    return HTTP.sendAsync(
        HttpRequest.newBuilder(uri)
            .header(Traces.HEADER, trace)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static long stock() throws SQLException {
    return service.database.number("select stock from items where id = ?", ITEM);
  }

  private static long newOrders(Service at) throws SQLException {
    return at.database.number("select count(*) from orders") - Database.OLD_ORDERS;
  }

  private static long orders(Service at, String customer) throws SQLException {
    return at.database.number("select count(*) from orders where customer = ?", customer);
  }
}
