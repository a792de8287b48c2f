package forgotten;

import java.util.concurrent.CompletableFuture;

/**
 * The bug that a checker is for: {@code process} does not wait for what it logs, so nobody learns
 * that it failed. No module compiles this file; the request flow does, with the checker.
 */
abstract class Orders {
  abstract int calculate(String order);

  abstract CompletableFuture<Void> logMessage(String message);

  void process(String order) {
    int cents = calculate(order);
    logMessage(order + " costs " + cents);
  }

  CompletableFuture<Void> processAndTell(String order) {
    int cents = calculate(order);
    return logMessage(order + " costs " + cents);
  }
}
