package shop;

import java.util.concurrent.CompletableFuture;

/** Forgets a future: each way to run the checker finds it. */
final class Orders {
  String result = "";

  CompletableFuture<Void> logMessage(String message) {
    return CompletableFuture.runAsync(() -> System.out.println(message), Runnable::run);
  }

  void process(String order) {
    result = "processed " + order;
    logMessage(result);
  }
}
