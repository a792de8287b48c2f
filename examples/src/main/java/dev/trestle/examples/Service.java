package dev.trestle.examples;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.vertx.VertxFutures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Function;

/** The parts of the running program, put together. */
final class Service implements AutoCloseable {
  private static final int BANK_MILLIS = 5;

  final Database database;
  final OrderServer server;
  final LoopWatch loopWatch;
  private final Vertx vertx;

  private Service(Database database, Vertx vertx, OrderServer server) {
    this.database = database;
    this.vertx = vertx;
    this.server = server;
    this.loopWatch = LoopWatch.start(vertx);
  }

  /** Starts on a port, or on any that is free if that is 0. */
  static Service start(int port) throws SQLException, IOException {
    return start(port, vertx -> Bank.taking(BANK_MILLIS, vertx));
  }

  static Service start(int port, Function<Vertx, Bank> bank) throws SQLException, IOException {
    Database database = new Database();
    // One loop: if anything blocks it, everybody feels it.
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      Future<OrderServer> listening =
          Prices.start(vertx)
              .map(prices -> new Shop(new Transactions(database), prices, bank.apply(vertx)))
              .compose(shop -> OrderServer.listen(port, vertx, shop));
      OrderServer server =
          AsyncToSync.create().call(() -> VertxFutures.toStage(listening), IOException.class);
      return new Service(database, vertx, server);
    } catch (IOException | RuntimeException e) {
      close(vertx, database);
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    close(vertx, database);
  }

  private static void close(Vertx vertx, Database database) throws SQLException {
    AsyncToSync.create().call(() -> VertxFutures.toStage(vertx.close()));
    database.close();
  }
}
