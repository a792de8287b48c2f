package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  private static final int MAX_REQUESTS = 5;

  private final Timeline timeline = Timeline.start(MAX_REQUESTS);

  @AfterEach
  void close() {
    timeline.close();
  }

  @Test
  void aRequestIsShownWithoutHops() {
    long before = System.currentTimeMillis() * 1000;
    RequestEvent.arrived("r1", "async", "GET", "/orders/7").answered(200);

    JsonObject request = last("r1");
    assertThat(request.getString("door")).isEqualTo("async");
    assertThat(request.getString("method")).isEqualTo("GET");
    assertThat(request.getString("path")).isEqualTo("/orders/7");
    assertThat(request.getInteger("status")).isEqualTo(200);
    assertThat(request.getString("thread")).isEqualTo(Thread.currentThread().getName());
    assertThat(request.getLong("start")).isBetween(before, now());
    assertThat(request.getLong("end")).isBetween(request.getLong("start"), now());
    assertThat(request.getJsonArray("hops")).isEmpty();
  }

  @Test
  void theThreadIsWhereTheRequestCameIn() {
    RequestEvent event = RequestEvent.arrived("r1", "async", "GET", "/");
    onThread("elsewhere", () -> event.answered(200));

    assertThat(last("r1").getString("thread")).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void aHopIsShownWithItsTimesAndThreads() {
    // In a JVM that recorded before, JDK 17 may not know a new thread until the first is written.
    RequestEvent.arrived("r0", "async", "GET", "/").answered(200);
    last("r0");

    RequestEvent event = RequestEvent.arrived("r1", "async", "GET", "/orders/7");
    onThread("trestle-home-3", () -> hop("r1", 5).commit());
    event.answered(200);

    JsonObject hop = hops(last("r1")).getJsonObject(0);
    assertThat(hop.getLong("id")).isEqualTo(5);
    assertThat(hop.getLong("parent")).isEqualTo(2);
    assertThat(hop.getString("direction")).isEqualTo("to blocking");
    assertThat(hop.getString("caller")).isEqualTo("the loop");
    assertThat(hop.getString("thread")).isEqualTo("trestle-home-3");
    assertThat(hop.getString("home")).isEqualTo("thread-sensitive scope");
    assertThat(hop.getString("outcome")).isEqualTo("succeeded");
    long called = hop.getLong("called");
    assertThat(called).isBetween(last("r1").getLong("start"), now());
    assertThat(hop.getLong("began") - called).isEqualTo(2_000);
    assertThat(hop.getLong("ended") - called).isEqualTo(5_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          event loop 'the loop' | the loop
          thread 'waiting'      | waiting
          a.Loop@17             | a.Loop@17
          """)
  void aWaitForAsyncCodeIsShownWhereTheAsyncCodeRan(String home, String thread) {
    RequestEvent event = RequestEvent.arrived("r1", "blocking", "GET", "/");
    Hop hop = hop("r1", 1);
    hop.direction = "to async";
    hop.home = home;
    onThread("waiting", hop::commit);
    event.answered(200);

    assertThat(hops(last("r1")).getJsonObject(0).getString("thread")).isEqualTo(thread);
  }

  @Test
  void hopsGoToTheRequestOfTheirTrace() {
    List<RequestEvent> events =
        List.of(
            RequestEvent.arrived("r1", "async", "GET", "/"),
            RequestEvent.arrived("r2", "blocking", "GET", "/"));
    hop("r2", 1).commit();
    hop("r1", 2).commit();
    hop("r2", 3).commit();
    events.forEach(event -> event.answered(200));

    JsonObject second = last("r2");
    assertThat(ids(hops(second))).containsExactly(1L, 3L);
    assertThat(ids(hops(requests().getJsonObject(0)))).containsExactly(2L);
  }

  @Test
  void aHopMayComeLongAfterTheAnswer() {
    RequestEvent.arrived("r1", "async", "GET", "/").answered(200);
    assertThat(hops(last("r1"))).isEmpty();

    hop("r1", 1).commit();
    await().untilAsserted(() -> assertThat(ids(hops(last("r1")))).containsExactly(1L));
  }

  @Test
  void aTraceThatComesAgainIsAnotherRequest() {
    RequestEvent first = RequestEvent.arrived("again", "async", "GET", "/first");
    hop("again", 1).commit();
    first.answered(200);
    RequestEvent second = RequestEvent.arrived("again", "async", "GET", "/second");
    hop("again", 2).commit();
    second.answered(200);
    RequestEvent.arrived("last", "async", "GET", "/").answered(200);

    assertThat(last("last").getJsonArray("hops")).isEmpty();
    assertThat(ids(hops(requests().getJsonObject(0)))).containsExactly(1L);
    assertThat(ids(hops(requests().getJsonObject(1)))).containsExactly(2L);
  }

  @Test
  void onlyTheLastRequestsAreKept() {
    for (int i = 1; i <= 3 * MAX_REQUESTS; i++) {
      RequestEvent.arrived("r" + i, "async", "GET", "/").answered(200);
    }

    last("r15");
    assertThat(requests())
        .extracting(request -> ((JsonObject) request).getString("trace"))
        .containsExactly("r11", "r12", "r13", "r14", "r15");
  }

  @Test
  void onlyTheFirstHopsOfARequestAreKept() {
    RequestEvent event = RequestEvent.arrived("r1", "async", "GET", "/");
    for (int id = 1; id <= Timeline.MAX_HOPS + 7; id++) {
      hop("r1", id).commit();
    }
    event.answered(200);

    JsonObject request = last("r1");
    assertThat(hops(request)).hasSize(Timeline.MAX_HOPS);
    assertThat(ids(hops(request))).startsWith(1L, 2L).endsWith(100L);
    assertThat(request.getInteger("hopsLeftOut")).isEqualTo(7);
  }

  @Test
  void tracesWithoutARequestAreForgotten() {
    RequestEvent forgotten = RequestEvent.arrived("slow", "async", "GET", "/");
    RequestEvent kept = RequestEvent.arrived("quick", "async", "GET", "/");
    hop("slow", 1).commit();
    for (int i = 1; i < 2 * MAX_REQUESTS; i++) {
      hop("background" + i, 1).commit();
    }
    hop("quick", 2).commit();
    forgotten.answered(200);
    kept.answered(200);

    assertThat(ids(hops(last("quick")))).containsExactly(2L);
    assertThat(hops(requests().getJsonObject(0))).isEmpty();
  }

  @Test
  void whatIsNotSaidIsNull() {
    RequestEvent event = RequestEvent.arrived("r1", "async", "GET", "/");
    new Hop().commit();
    Hop bare = new Hop();
    bare.trace = "r1";
    bare.commit();
    event.answered(200);

    JsonArray hops = hops(last("r1"));
    assertThat(hops).hasSize(1);
    assertThat(hops.getJsonObject(0).getValue("home")).isNull();
    assertThat(hops.getJsonObject(0).getValue("thread")).as("it never began").isNull();
    assertThat(hops.getJsonObject(0).getValue("outcome")).isNull();
  }

  @Test
  void thePageIsThere() {
    assertThat(Timeline.page()).startsWith("<!doctype html>").contains("timeline.json");
  }

  /** Waits until the request of that trace is the last. */
  private JsonObject last(String trace) {
    return await()
        .until(
            () -> requests().isEmpty() ? null : requests().getJsonObject(requests().size() - 1),
            request -> request != null && trace.equals(request.getString("trace")));
  }

  private JsonArray requests() {
    return new JsonObject(timeline.json()).getJsonArray("requests");
  }

  private long now() {
    return new JsonObject(timeline.json()).getLong("now");
  }

  private static JsonArray hops(JsonObject request) {
    return request.getJsonArray("hops");
  }

  private static List<Long> ids(JsonArray hops) {
    return hops.stream().map(hop -> ((JsonObject) hop).getLong("id")).toList();
  }

  private static void onThread(String name, Runnable body) {
    CompletableFuture.runAsync(body, task -> new Thread(task, name).start()).join();
  }

  private static Hop hop(String trace, long id) {
    Hop hop = new Hop();
    hop.begin();
    hop.trace = trace;
    hop.id = id;
    hop.parent = 2;
    hop.direction = "to blocking";
    hop.home = "thread-sensitive scope";
    hop.caller = "the loop";
    hop.queued = 2_000_000;
    hop.ran = 3_000_000;
    hop.outcome = "succeeded";
    return hop;
  }

  @Name("dev.trestle.Hop")
  static final class Hop extends Event {
    long id;
    long parent;
    String trace;
    String direction;
    String home;
    String caller;

    @Timespan(Timespan.NANOSECONDS)
    long queued;

    @Timespan(Timespan.NANOSECONDS)
    long ran;

    String outcome;
  }
}
