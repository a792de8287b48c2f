package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.vertx.VertxFutures;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the running program, put together: one application, and a door of either colour. */
final class Service implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Service.class);
  private static final AsyncToSync ASYNC = AsyncToSync.create();

  /** How many requests the timeline keeps. */
  private static final int TIMELINE = 200;

  final Database database;
  final Partner partner;
  final Application application;
  final VertxDoor async;
  final JettyDoor blocking;
  final LoopWatch loopWatch;

  /** What is to be closed, the last one first. */
  private final Deque<AutoCloseable> parts;

  /**
   * How it is to be.
   *
   * @param asyncPort 0 for any that is free
   * @param blockingPort 0 for any that is free
   * @param servletThreads of the blocking door
   * @param limit how long a request may take
   * @param timeline whether it records what it does, to be looked at
   * @param serving how the async door gets its answers
   */
  record Settings(
      int asyncPort,
      int blockingPort,
      int servletThreads,
      Duration limit,
      boolean timeline,
      Serving serving) {
    static final Settings DEFAULT =
        new Settings(0, 0, 64, Duration.ofSeconds(5), false, VertxDoor::inScope);

    Settings withPorts(int async, int blocking) {
      return new Settings(async, blocking, servletThreads, limit, timeline, serving);
    }

    Settings withTimeline() {
      return new Settings(asyncPort, blockingPort, servletThreads, limit, true, serving);
    }

    Settings withLimit(Duration time) {
      return new Settings(asyncPort, blockingPort, servletThreads, time, timeline, serving);
    }

    Settings withServing(Serving way) {
      return new Settings(asyncPort, blockingPort, servletThreads, limit, timeline, way);
    }
  }

  /**
   * Opens the doors.
   *
   * @param database is closed with the service
   * @throws IOException if a port is taken
   */
  static Service start(Database database, Settings settings) throws IOException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    parts.push(database);
    try {
      return new Service(database, settings, parts);
    } catch (IOException | RuntimeException e) {
      close(parts);
      throw e;
    }
  }

  private Service(Database database, Settings settings, Deque<AutoCloseable> parts)
      throws IOException {
    this.database = database;
    this.parts = parts;
    // One loop: if anything blocks it, everybody feels it.
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    parts.push(() -> ASYNC.call(() -> VertxFutures.toStage(vertx.close())));
    partner = ASYNC.call(() -> VertxFutures.toStage(Partner.start(vertx)));
    parts.push(() -> ASYNC.call(() -> VertxFutures.toStage(partner.close())));
    application = new Shop(database, partner).application();
    if (settings.timeline) {
      Timeline timeline = Timeline.start(TIMELINE);
      parts.push(timeline);
      application
          .plain("GET", "/timeline", request -> Response.of(200, "text/html", Timeline.page()))
          .plain("GET", "/timeline.json", request -> Response.json(200, timeline.json()));
    }
    application.logSwitches();
    // region doors
    async =
        ASYNC.call(
            () ->
                VertxFutures.toStage(
                    VertxDoor.open(
                        settings.asyncPort, vertx, application, settings.limit, settings.serving)),
            IOException.class);
    blocking =
        JettyDoor.open(settings.blockingPort, settings.servletThreads, application, settings.limit);
    // endregion
    parts.push(blocking);
    loopWatch = LoopWatch.start(vertx);
  }

  /** Where a client of a door finds a path. */
  URI at(Colour door, String path) {
    int port = door == Colour.ASYNC ? async.port() : blocking.port();
    return URI.create("http://localhost:" + port + path);
  }

  @Override
  public void close() {
    close(parts);
  }

  private static void close(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        log.warn("a part did not close", e);
      }
    }
  }
}
