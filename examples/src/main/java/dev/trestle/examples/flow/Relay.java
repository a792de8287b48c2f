package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.vertx.VertxFutures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes TCP connections on to a server, and breaks them when it is told to. */
final class Relay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final AsyncToSync ASYNC = AsyncToSync.create();

  /** One loop: whatever happens to a connection happens there, one thing after the other. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  private final NetClient client = vertx.createNetClient();
  private final NetServer server = vertx.createNetServer().connectHandler(this::accept);
  private final String host;
  private final int port;
  private final List<Link> links = new ArrayList<>();
  private boolean cut;

  private Relay(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** Starts one, on any port that is free. */
  static Relay to(String host, int port) {
    Relay relay = new Relay(host, port);
    try {
      ASYNC.call(() -> VertxFutures.toStage(relay.server.listen(0, "localhost")));
      return relay;
    } catch (RuntimeException e) {
      relay.close();
      throw e;
    }
  }

  int port() {
    return server.actualPort();
  }

  /** Breaks all connections, and every new one at once, until it is opened again. */
  Future<Void> cut() {
    return onLoop(
        () -> {
          cut = true;
          return Future.join(List.copyOf(links).stream().map(Link::close).toList()).mapEmpty();
        });
  }

  Future<Void> open() {
    return onLoop(
        () -> {
          cut = false;
          return Future.succeededFuture();
        });
  }

  /**
   * Breaks one connection.
   *
   * @param choice which: any number
   * @return whether there was one
   */
  Future<Boolean> killOne(int choice) {
    return onLoop(
        () ->
            links.isEmpty()
                ? Future.succeededFuture(false)
                : links.get(Math.floorMod(choice, links.size())).close().map(closed -> true));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> change) {
    Promise<T> changed = Promise.promise();
    vertx.runOnContext(now -> change.get().onComplete(changed));
    return changed.future();
  }

  private void accept(NetSocket near) {
    near.pause();
    Link link = new Link(near);
    links.add(link);
    near.closeHandler(gone -> link.closeUnawaited());
    if (cut) {
      link.closeUnawaited();
      return;
    }
    client
        .connect(port, host)
        .onComplete(
            link::passOn,
            failure -> {
              log.info("no connection to port {}: {}", port, failure.toString());
              link.closeUnawaited();
            });
  }

  @Override
  public void close() {
    ASYNC.call(() -> VertxFutures.toStage(vertx.close()));
  }

  /** A client's connection, and the one to the server. */
  private final class Link {
    private final NetSocket near;
    private @Nullable NetSocket far;
    private @Nullable Future<Void> closed;

    Link(NetSocket near) {
      this.near = near;
    }

    void passOn(NetSocket connected) {
      far = connected;
      connected.closeHandler(gone -> closeUnawaited());
      if (closed == null) {
        var unused = Future.join(near.pipeTo(connected), connected.pipeTo(near));
      } else {
        var unused = connected.close();
      }
    }

    void closeUnawaited() {
      var unused = close();
    }

    Future<Void> close() {
      if (closed == null) {
        links.remove(this);
        closed = far == null ? near.close() : Future.join(near.close(), far.close()).mapEmpty();
      }
      return closed;
    }
  }
}
