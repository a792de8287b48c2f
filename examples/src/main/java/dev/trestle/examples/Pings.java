package dev.trestle.examples;

import dev.trestle.bridge.Channel;
import dev.trestle.bridge.ChannelClosedException;
import dev.trestle.bridge.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Messages go from a task of an event loop to a thread that blocks. */
final class Pings {
  private Pings() {}

  // region channel
  static CompletableFuture<Void> ping(EventLoop loop, Channel<String> messages, int times) {
    return loop.start(
        () -> {
          for (int i = 0; i < times; i++) {
            messages.blocking().send("ping"); // in a task, the loop goes on while it is full
          }
          messages.close();
        });
  }

  static List<String> receiveAll(Channel<String> messages) {
    List<String> received = new ArrayList<>();
    try {
      while (true) {
        received.add(messages.blocking().receive()); // on this thread, which waits
      }
    } catch (ChannelClosedException end) {
      return received;
    }
  }
  // endregion
}
