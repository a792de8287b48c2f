package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.Stages;
import dev.trestle.threadsensitive.Calls;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Many customers at once, as blocking code: the calling thread waits for all of them. */
final class Customers {
  static final List<String> NAMES =
      List.of("ada", "alan", "barbara", "dennis", "edsger", "grace", "ken", "niklaus");

  static final int AT_ONCE = 32;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Integer> ports;
  private int sent;

  /** Customers who go to one door as often as to the other. */
  Customers(Integer... ports) {
    this.ports = List.of(ports);
  }

  /** What came of an errand. */
  record Answer(Errand errand, int status, String body) {
    boolean isAsExpected() {
      return status == errand.kind().status;
    }

    JsonObject json() {
      return new JsonObject(body);
    }
  }

  /** Each customer sends one request after the other, as long as there are any. */
  List<Answer> send(List<Errand> errands) {
    Iterator<Errand> queue = errands.iterator();
    List<Answer> answers = new ArrayList<>(); // all callbacks run on the thread that waits here
    return AsyncToSync.create()
        .call(
            () -> {
              List<CompletableFuture<Void>> customers = new ArrayList<>();
              for (int i = 0; i < AT_ONCE; i++) {
                customers.add(shop(queue, answers));
              }
              return Stages.all(customers).thenApply(gone -> answers);
            });
  }

  private CompletableFuture<Void> shop(Iterator<Errand> queue, List<Answer> answers) {
    if (!queue.hasNext()) {
      return CompletableFuture.completedFuture(null);
    }
    return send(queue.next())
        .thenCompose(
            answer -> {
              answers.add(answer);
              return shop(queue, answers);
            });
  }

  private CompletableFuture<Answer> send(Errand errand) {
    int port = ports.get(sent++ % ports.size());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + errand.path()))
            .method(errand.method(), BodyPublishers.noBody())
            .build();
    return Calls.adopt(http.sendAsync(request, BodyHandlers.ofString()))
        .thenApply(response -> new Answer(errand, response.statusCode(), response.body().strip()));
  }
}
