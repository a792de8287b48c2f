package dev.trestle.examples;

import static dev.trestle.bridge.Tasks.await;

import dev.trestle.bridge.EventLoop;
import java.util.concurrent.CompletableFuture;

/** One function serves both colours. */
final class OneFunction {
  /** A user. */
  record User(long id, String name) {}

  /** An async client. */
  interface Client {
    CompletableFuture<User> get(long id);
  }

  private final Client client;

  OneFunction(Client client) {
    this.client = client;
  }

  // region one
  User load(long id) {
    return await(client.get(id));
  }

  String greetingOnThisThread(long id) { // blocks, as AsyncToSync does
    return "Hello " + load(id).name();
  }

  CompletableFuture<String> greeting(EventLoop loop, long id) { // the loop goes on meanwhile
    return loop.start(() -> "Hello " + load(id).name());
  }
  // endregion
}
