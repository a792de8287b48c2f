package dev.trestle.examples.flow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * The last requests of this JVM with the hops of each: its calls from one colour to the other.
 *
 * <p>It reads a flight recording of its own, which the JVM writes about once a second. So a request
 * is seen one to two seconds after its answer, and a hop as long after its body has ended, be that
 * before the answer or after. A request that is never answered is never seen.
 *
 * <p>What it keeps is bounded, whatever the traces are: for each request the first {@value
 * #MAX_HOPS} hops that end, and the hops of as many traces again that no request has come for.
 */
final class Timeline implements AutoCloseable {
  static final int MAX_HOPS = 100;

  private static final String HOP = "dev.trestle.Hop";
  private static final Pattern QUOTED = Pattern.compile("'(.+)'");

  private final RecordingStream events = new RecordingStream();
  private final int maxRequests;
  private final Deque<Answered> requests = new ArrayDeque<>();
  private final Map<String, Hops> hopsByTrace = new LinkedHashMap<>();

  private Timeline(int maxRequests) {
    this.maxRequests = maxRequests;
  }

  /** Sees every request and hop from now on, and keeps the last so many requests. */
  static Timeline start(int maxRequests) {
    Timeline timeline = new Timeline(maxRequests);
    timeline.listen();
    return timeline;
  }

  private void listen() {
    events.enable(RequestEvent.NAME).withoutThreshold();
    events.enable(HOP).withoutThreshold();
    events.onEvent(RequestEvent.NAME, this::addRequest);
    events.onEvent(HOP, this::addHop);
    events.startAsync();
  }

  private synchronized void addRequest(RecordedEvent event) {
    String path = event.getString("path");
    if (path != null && path.startsWith("/timeline")) {
      return; // it does not look at itself
    }
    Answered request = new Answered(request(event), new Hops());
    String trace = event.getString("trace");
    if (trace != null) {
      hopsOf(trace).moveSince(micros(event.getStartTime()), request.hops);
      hopsByTrace.put(trace, request.hops);
    }
    requests.add(request);
    if (requests.size() > maxRequests) {
      requests.remove();
    }
  }

  private synchronized void addHop(RecordedEvent event) {
    String trace = event.getString("trace");
    if (trace != null) {
      hopsOf(trace).add(hop(event));
    }
  }

  private Hops hopsOf(String trace) {
    Hops hops = hopsByTrace.computeIfAbsent(trace, unknown -> new Hops());
    if (hopsByTrace.size() > 2 * maxRequests) {
      Iterator<String> eldest = hopsByTrace.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return hops;
  }

  private static JsonObject request(RecordedEvent event) {
    return new JsonObject()
        .put("trace", event.getString("trace"))
        .put("door", event.getString("door"))
        .put("method", event.getString("method"))
        .put("path", event.getString("path"))
        .put("status", event.getInt("status"))
        .put("start", micros(event.getStartTime()))
        .put("end", micros(event.getEndTime()))
        .put("thread", event.getString("thread"));
  }

  private static JsonObject hop(RecordedEvent event) {
    Instant began = event.getStartTime().plus(event.getDuration("queued"));
    return new JsonObject()
        .put("id", event.getLong("id"))
        .put("parent", event.getLong("parent"))
        .put("direction", event.getString("direction"))
        .put("caller", event.getString("caller"))
        .put("thread", threadOf(event))
        .put("home", event.getString("home"))
        .put("called", micros(event.getStartTime()))
        .put("began", micros(began))
        .put("ended", micros(began.plus(event.getDuration("ran"))))
        .put("outcome", event.getString("outcome"));
  }

  /**
   * Where a hop ran, as far as it is known; null if it never began. The event of a wait for async
   * code is of the thread that waited; the loop is told by its home.
   */
  private static @Nullable String threadOf(RecordedEvent hop) {
    String home = hop.getString("home");
    if (home == null) {
      return null;
    }
    if ("to async".equals(hop.getString("direction"))) {
      Matcher quoted = QUOTED.matcher(home);
      return quoted.find() ? quoted.group(1) : home;
    }
    RecordedThread thread = hop.getThread();
    return thread == null ? null : thread.getJavaName();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** The page that shows {@code /timeline.json}. */
  static String page() {
    try (InputStream page = Timeline.class.getResourceAsStream("/flow/timeline.html")) {
      if (page == null) {
        throw new IllegalStateException("flow/timeline.html is not on the class path");
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The requests, the last to be answered last; times are microseconds since 1970. */
  synchronized String json() {
    List<JsonObject> shown = requests.stream().map(Answered::toJson).toList();
    return new JsonObject()
        .put("now", micros(Instant.now()))
        .put("requests", new JsonArray(shown))
        .encode();
  }

  @Override
  public void close() {
    events.close();
  }

  private record Answered(JsonObject request, Hops hops) {
    JsonObject toJson() {
      return request.copy().put("hops", new JsonArray(hops.first)).put("hopsLeftOut", hops.leftOut);
    }
  }

  /** The first hops of one trace. */
  private static final class Hops {
    final List<JsonObject> first = new ArrayList<>();
    int leftOut;

    void add(JsonObject hop) {
      if (first.size() < MAX_HOPS) {
        first.add(hop);
      } else {
        leftOut++;
      }
    }

    /**
     * Leaves the earlier ones to a request before, which bore the same trace. Those left out ended
     * last: they go along.
     */
    void moveSince(long start, Hops later) {
      Predicate<JsonObject> moves = hop -> hop.getLong("called") >= start;
      first.stream().filter(moves).forEach(later::add);
      first.removeIf(moves);
      later.leftOut += leftOut;
      leftOut = 0;
    }
  }
}
