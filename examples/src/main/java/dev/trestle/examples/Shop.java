package dev.trestle.examples;

import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.vertx.VertxFutures;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the shop does: async steps around blocking ones, each in one transaction on one thread. */
final class Shop {
  private static final Logger log = LoggerFactory.getLogger(Shop.class);

  private final Transactions transactions;
  private final Orders orders;
  private final Prices prices;
  private final Bank bank;

  /** For JDBC: all calls of one request run on one thread, that of the request's scope. */
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();

  /** For work that may run anywhere, next to other work. */
  private final SyncToAsync concurrent = SyncToAsync.concurrent();

  Shop(Transactions transactions, Prices prices, Bank bank) {
    this.transactions = transactions;
    this.orders = new Orders(transactions);
    this.prices = prices;
    this.bank = bank;
  }

  /** One transaction: two writes, and between them and after them what other services say. */
  CompletableFuture<JsonObject> buy(String customer, int item, int quantity) {
    return inTransaction(
        () ->
            blocking
                .run(() -> orders.takeFromStock(item, quantity))
                .thenCompose(taken -> VertxFutures.toStage(prices.fetch(item)))
                .thenCompose(
                    price -> blocking.call(() -> orders.insert(customer, item, quantity, price)))
                .thenCompose(this::pay)
                .thenCompose(
                    order ->
                        concurrent
                            .call(() -> Receipts.sign(order))
                            .thenApply(receipt -> order.toJson().put("receipt", receipt))));
  }

  private CompletableFuture<Order> pay(Order order) {
    log.debug("ask the bank for {} cents", order.cents());
    return VertxFutures.toStage(bank.pay(order));
  }

  CompletableFuture<Order> find(long id) {
    return inTransaction(() -> blocking.call(() -> orders.find(id)));
  }

  CompletableFuture<List<Order>> ordersOf(String customer) {
    return inTransaction(() -> blocking.call(() -> orders.of(customer)));
  }

  /** Blocking code, which calls async code in its turn: this server. */
  CompletableFuture<Long> report(int port) {
    return concurrent.call(new ReportJob(port)::revenue);
  }

  private <R> CompletableFuture<R> inTransaction(Supplier<CompletableFuture<R>> steps) {
    return blocking
        .run(transactions::begin)
        .thenCompose(begun -> steps.get())
        .thenCompose(result -> blocking.run(transactions::commit).thenApply(done -> result))
        .exceptionallyCompose(
            failure ->
                blocking
                    .run(transactions::rollback)
                    .thenCompose(done -> CompletableFuture.failedFuture(failure)));
  }
}
