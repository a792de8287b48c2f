package dev.trestle.examples.flow;

import static dev.trestle.bridge.Tasks.await;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.vertx.VertxFutures;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The async server: event loops, which only ever hand on what blocks. */
final class VertxDoor {
  private static final Logger log = LoggerFactory.getLogger(VertxDoor.class);

  private final Application application;
  private final Duration limit;
  private final Serving serving;
  private final HttpServer http;
  private final Traces traces = new Traces("a");

  private VertxDoor(Vertx vertx, Application application, Duration limit, Serving serving) {
    this.application = application;
    this.limit = limit;
    this.serving = serving;
    this.http = vertx.createHttpServer().requestHandler(this::serve);
  }

  /**
   * Opens it.
   *
   * @param port where; 0 for any that is free
   * @param limit how long a request may take
   * @param serving how it gets its answers
   */
  static Future<VertxDoor> open(
      int port, Vertx vertx, Application application, Duration limit, Serving serving) {
    VertxDoor door = new VertxDoor(vertx, application, limit, serving);
    return door.http.listen(port, "localhost").map(listening -> door);
  }

  int port() {
    return http.actualPort();
  }

  private void serve(HttpServerRequest in) {
    String trace = traces.of(in.getHeader(Traces.HEADER));
    RequestEvent event = RequestEvent.arrived(trace, "async", in.method().name(), in.path());
    HttpServerResponse out = in.response();
    Body body = new Uploaded(in);
    try (MDC.MDCCloseable id = MDC.putCloseable(Traces.MDC_KEY, trace)) { // follows every call
      CompletableFuture<Response> answer = serving.answer(() -> find(in, body), trace, limit);
      out.closeHandler(gone -> answer.cancel(true));
      var unused =
          answer
              .exceptionally(Failures::answer)
              .thenCompose(response -> send(out, trace, response))
              .exceptionally(failure -> giveUp(out, trace, failure))
              .whenComplete(
                  (sent, failure) -> {
                    event.answered(out.getStatusCode());
                    body.close(); // the next request on this connection stands behind it
                  });
    }
  }

  private Application.Match find(HttpServerRequest in, Body body) {
    return application.find(
        new Request(in.method().name(), in.path(), Request.parametersOf(in.query()), body));
  }

  /** With Trestle: async, in a scope that has one thread for all of a request that blocks. */
  static CompletableFuture<Response> inScope(
      Callable<Application.Match> match, String trace, Duration limit) {
    return ThreadSensitiveScope.around(
        () -> {
          Calls.TRACE.set(trace);
          Application.Match found = match.call();
          return found.chain().async().handler().handleAsync(found.request());
        },
        limit);
  }

  private static CompletionStage<Void> send(
      HttpServerResponse out, String trace, Response response) {
    byte[] whole = response.body().whole();
    if (whole == null) {
      return EventLoop.current().orElseThrow().start(() -> sendPieces(out, trace, response));
    }
    putHead(out, trace, response);
    return VertxFutures.toStage(out.end(Buffer.buffer(whole)));
  }

  /** In a task of the loop: each {@code await} gives the loop to others. */
  private static void sendPieces(HttpServerResponse out, String trace, Response response) {
    Body body = response.body();
    out.closeHandler(gone -> body.close());
    try {
      byte[] piece = await(body.nextAsync()); // if there is none, nothing has been said yet
      putHead(out.setChunked(true), trace, response);
      while (piece != null) {
        await(VertxFutures.toStage(out.write(Buffer.buffer(piece))));
        piece = await(body.nextAsync());
      }
      await(VertxFutures.toStage(out.end()));
    } finally {
      body.close();
    }
  }

  private static void putHead(HttpServerResponse out, String trace, Response response) {
    out.setStatusCode(response.status()).putHeader(Traces.HEADER, trace);
    response.headers().forEach(out::putHeader);
  }

  private static @Nullable Void giveUp(HttpServerResponse out, String trace, Throwable failure) {
    if (out.headWritten()) {
      log.info("{} was cut off: {}", trace, failure.toString());
      var unused = out.reset(); // so that it does not look complete
    } else {
      var unused = send(out, trace, Failures.answer(failure));
    }
    return null;
  }

  /** The body of a request, as Vert.x brings it: asked for piece by piece, on the loop. */
  private static final class Uploaded implements Body {
    private final HttpServerRequest in;
    private @Nullable Promise<byte @Nullable []> asked;
    private boolean ended;

    Uploaded(HttpServerRequest in) {
      this.in = in;
      in.pause().handler(this::bring).endHandler(end -> bringEnd());
      in.exceptionHandler(this::fail);
    }

    @Override
    public byte @Nullable [] next() throws IOException {
      return AsyncToSync.create().call(this::nextAsync, IOException.class);
    }

    @Override
    public CompletionStage<byte @Nullable []> nextAsync() {
      Promise<byte @Nullable []> next = Promise.promise();
      asked = next;
      if (ended) {
        bringEnd();
      } else {
        in.fetch(1);
      }
      return VertxFutures.toStage(next.future());
    }

    private void bring(Buffer piece) {
      succeed(piece.getBytes());
    }

    private void bringEnd() {
      ended = true;
      succeed(null);
    }

    private void succeed(byte @Nullable [] piece) {
      if (asked != null) {
        asked.tryComplete(piece);
      }
    }

    private void fail(Throwable reason) {
      if (asked != null) {
        asked.tryFail(reason);
      }
    }

    @Override
    public void close() {
      if (!ended) {
        in.handler(unread -> {}).resume();
      }
    }
  }
}
