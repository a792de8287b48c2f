package dev.trestle.examples.flow;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Ways to serve one application that are compared. */
enum Contender {
  /** A thread for each request, of a pool. */
  BLOCKING("blocking"),

  TRESTLE("trestle"),

  /** What people write first: all of a request on the executor that nobody chose. */
  SUPPLY_ASYNC("supplyAsync"),

  /** What Vert.x offers: all of a request on one of its workers. */
  EXECUTE_BLOCKING("executeBlocking");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /**
   * Finds one.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Contender named(String name) {
    return Stream.of(values())
        .filter(contender -> contender.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no contender '" + name + "', but " + List.of(values())));
  }

  Service.Settings settings() {
    return Service.Settings.DEFAULT.withServing(
        switch (this) {
          case BLOCKING, TRESTLE -> VertxDoor::inScope;
          case SUPPLY_ASYNC -> (match, trace, limit) -> answer(match, Contender::supply);
          case EXECUTE_BLOCKING ->
              (match, trace, limit) -> answer(match, Contender::executeBlocking);
        });
  }

  int port(Service service) {
    return this == BLOCKING ? service.blocking.port() : service.async.port();
  }

  /** Where the blocking work of a request is put. */
  private interface Place {
    CompletionStage<Response> run(Callable<Response> work);
  }

  /** Reads the request on the loop, has it answered elsewhere, and comes back to the loop. */
  private static CompletableFuture<Response> answer(
      Callable<Application.Match> match, Place place) {
    Application.Match found;
    try {
      found = match.call();
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
    Request request = found.request();
    CompletionStage<Response> work =
        read(request.body(), new ByteArrayOutputStream())
            .thenCompose(
                all -> {
                  Request whole =
                      new Request(
                          request.method(), request.path(), request.parameters(), Body.of(all));
                  return place.run(() -> found.chain().blocking().handler().handle(whole));
                });
    CompletableFuture<Response> answer = new CompletableFuture<>();
    var unused =
        Future.fromCompletionStage(work, Vertx.currentContext())
            .onComplete(
                response -> {
                  if (!answer.complete(response)) {
                    response.body().close(); // the client has gone
                  }
                },
                answer::completeExceptionally);
    return answer;
  }

  private static CompletionStage<byte[]> read(Body body, ByteArrayOutputStream before) {
    return body.nextAsync()
        .thenCompose(
            piece -> {
              if (piece == null) {
                return CompletableFuture.completedFuture(before.toByteArray());
              }
              before.writeBytes(piece);
              return read(body, before);
            });
  }

  // What it costs to name no executor is what is measured.
  @SuppressWarnings("default-executor")
  private static CompletionStage<Response> supply(Callable<Response> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private static CompletionStage<Response> executeBlocking(Callable<Response> work) {
    return Vertx.currentContext().executeBlocking(work, false).toCompletionStage();
  }

  @Override
  public String toString() {
    return label;
  }
}
