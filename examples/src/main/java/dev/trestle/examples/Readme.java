package dev.trestle.examples;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.Limiter;
import dev.trestle.bridge.Stages;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Context;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The code of the README, each piece as small as it can be; the test beside it runs them all. */
final class Readme {
  /** Legacy code: it blocks, and keeps its transaction in a thread-local. */
  interface Orders {
    String find(long id) throws SQLException;

    void begin() throws SQLException;

    void commit(int price) throws SQLException;
  }

  /** An async client. */
  interface Prices {
    CompletableFuture<Integer> fetch(long id);
  }

  private final Orders orders;
  private final Prices prices;

  Readme(Orders orders, Prices prices) {
    this.orders = orders;
    this.prices = prices;
  }

  // region bridges
  CompletableFuture<String> order(long id) { // async code calls blocking code
    return SyncToAsync.threadSensitive().call(() -> orders.find(id));
  }

  int price(long id) { // blocking code calls async code
    return AsyncToSync.create().call(() -> prices.fetch(id));
  }

  // endregion

  CompletableFuture<Void> buy(long id) {
    // region scope
    SyncToAsync blocking = SyncToAsync.threadSensitive();
    return ThreadSensitiveScope.around(
        () ->
            blocking
                .run(orders::begin) // on the scope's thread
                .thenCompose(begun -> prices.fetch(id)) // async, back on the loop
                .thenCompose(
                    price -> blocking.run(() -> orders.commit(price)))); // that thread again
    // endregion
  }

  // region context
  static final Local<String> TENANT = Local.named("tenant");

  String priceFor(String tenant, long id) throws Exception {
    return TENANT.where(tenant, () -> TENANT.get() + " pays " + price(id));
  }

  static Consumer<String> inContext(Consumer<String> log) { // for a library's callback
    Context context = Context.capture();
    return event -> context.run(() -> log.accept(TENANT.get() + ": " + event));
  }

  // endregion

  void show(long id, Consumer<Object> page) {
    // region then
    SyncToAsync.concurrent()
        .call(
            () -> orders.find(id),
            (order, failure) -> page.accept(failure == null ? order : failure)); // on the loop
    // endregion
  }

  // region limit
  private static final Limiter DATABASE = Limiter.of("database", 10, 200);
  private static final SyncToAsync QUERIES = SyncToAsync.concurrent().limitedBy(DATABASE);

  CompletableFuture<List<String>> both(long first, long second) {
    return Stages.all(
        QUERIES.call(() -> orders.find(first)), QUERIES.call(() -> orders.find(second)));
  }

  // endregion

  CompletableFuture<Integer> count(Statement statement) {
    // region cancel
    SyncToAsync limited =
        SyncToAsync.concurrent()
            .withTimeout(Duration.ofSeconds(2))
            .withCancel(CancelPolicy.DETACH); // the default, spelled out
    return limited.call(
        () -> {
          Calls.onCancel(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
          try (ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            rows.next();
            return rows.getInt(1);
          }
        });
    // endregion
  }
}
