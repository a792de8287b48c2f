package dev.trestle.examples.flow;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Clients that each have one connection, and send one request after the other over it. All of them
 * live on one loop.
 */
final class Crowd implements AutoCloseable {
  /** How long one waits for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** After how many milliseconds at most one that goes away does so. */
  private static final int LEAVES_WITHIN = 30;

  private final Vertx vertx;
  private final Context loop;
  private final HttpClient http;
  private final int size;
  private final int port;
  private final int leaving;
  private final Random random;
  private final Sales sales;
  private final Tally tally = new Tally();
  private final Promise<Tally> over = Promise.promise();
  private long begin;
  private long end;
  private int busy;

  private record Answer(int status, Buffer body) {}

  /**
   * A crowd that has sent nothing yet.
   *
   * @param size how many there are
   * @param leaving for one in how many requests the client goes away early; 0 if none does
   */
  Crowd(Vertx vertx, int size, int port, int leaving, Random random, Sales sales) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(size));
    this.size = size;
    this.port = port;
    this.leaving = leaving;
    this.random = random;
    this.sales = sales;
  }

  /**
   * Sends requests for a time.
   *
   * @return completes when each has been answered, or given up
   */
  Future<Tally> run(Duration warmUp, Duration time) {
    begin = System.nanoTime() + warmUp.toNanos();
    end = begin + time.toNanos();
    busy = size;
    for (int i = 0; i < size; i++) {
      loop.runOnContext(started -> goOn());
    }
    return over.future();
  }

  private void goOn() {
    long now = System.nanoTime();
    if (now < end && !tally.isFull()) {
      send(now);
    } else if (--busy == 0) {
      tally.end((Math.min(now, end) - begin) / 1e9);
      over.complete(tally);
    }
  }

  private void send(long start) {
    Ask ask = Ask.of(Ask.Kind.any(random), random, sales);
    boolean leaves = leaving > 0 && random.nextInt(leaving) == 0;
    ask(ask, leaves)
        .onComplete(
            answer -> answered(ask, answer, start),
            failure -> {
              if (start >= begin) {
                tally.unanswered(
                    leaves ? "gone" : failure instanceof TimeoutException ? "hung" : "cut");
              }
              goOn();
            });
  }

  private void answered(Ask ask, Answer answer, long start) {
    boolean right = ask.isAnsweredBy(answer.status, answer.body);
    long now = System.nanoTime();
    if (start >= begin) {
      tally.answered(answer.status, right, now - start);
    }
    if (now >= begin && now < end) {
      tally.countInTime();
    }
    goOn();
  }

  private Future<Answer> ask(Ask ask, boolean leaves) {
    return http.request(HttpMethod.valueOf(ask.kind().method), port, "localhost", ask.path())
        .compose(request -> send(request, ask, leaves));
  }

  private Future<Answer> send(HttpClientRequest request, Ask ask, boolean leaves) {
    Future<HttpClientResponse> response =
        ask.body().isEmpty() ? request.send() : request.send(ask.body());
    Future<Answer> answer =
        response
            .compose(head -> head.body().map(body -> new Answer(head.statusCode(), body)))
            .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .onFailure(failure -> hangUp(request));
    if (leaves) {
      var unused =
          vertx
              .timer(1 + random.nextInt(LEAVES_WITHIN), TimeUnit.MILLISECONDS)
              .onSuccess(
                  time -> {
                    if (!answer.isComplete()) {
                      hangUp(request);
                    }
                  });
    }
    return answer;
  }

  private static void hangUp(HttpClientRequest request) {
    var unused = request.connection().close();
  }

  /**
   * Asks for one thing of each kind.
   *
   * @return those that it does not get
   */
  Future<List<String>> tryEach() {
    List<String> failed = new ArrayList<>();
    Promise<List<String>> tried = Promise.promise();
    loop.runOnContext(
        started -> {
          Future<?> last = Future.succeededFuture();
          for (Ask.Kind kind : Ask.Kind.values()) {
            last = last.compose(before -> tryOne(kind, failed));
          }
          last.<List<String>>map(all -> failed).onComplete(tried);
        });
    return tried.future();
  }

  private Future<?> tryOne(Ask.Kind kind, List<String> failed) {
    Ask ask = Ask.of(kind, random, sales);
    return ask(ask, false)
        .map(
            answer ->
                ask.isAnsweredBy(answer.status, answer.body) && answer.status < 300
                    ? "right"
                    : kind + ": " + answer.status)
        .otherwise(failure -> kind + ": " + failure)
        .onSuccess(
            result -> {
              if (!result.equals("right")) {
                failed.add(result);
              }
            });
  }

  @Override
  public void close() {
    var unused = http.close();
  }
}
