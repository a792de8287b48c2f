package dev.trestle.examples.flow;

import static dev.trestle.bridge.Tasks.await;
import static dev.trestle.bridge.vertx.VertxFutures.toStage;

import dev.trestle.bridge.SyncToAsync;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One view on its way from blocking to async: the steps that {@code MIGRATION.md} walks. */
final class Migration {
  private final Orders orders;
  private final BlockingPartner blockingPartner;
  private final Partner partner;
  private final Atomic atomic;

  // region wrappers
  private final SyncToAsync home = SyncToAsync.threadSensitive(); // the request's thread
  private final SyncToAsync worker = SyncToAsync.concurrent(); // any thread but a loop's
  // endregion

  private final SyncToAsync transaction;

  Migration(Database database, Partner partner) {
    Transactions transactions = new Transactions(database);
    this.orders = new Orders(transactions);
    this.blockingPartner = new BlockingPartner(partner.port());
    this.partner = partner;
    this.atomic = new Atomic(transactions, database.limiter);
    // region transaction
    this.transaction = SyncToAsync.threadSensitive().limitedBy(database.limiter);
    // endregion
  }

  /** What a customer wants. */
  private record Purchase(String customer, int item, int quantity, @Nullable String key) {
    static Purchase of(Request request) {
      return new Purchase(
          request.customer(),
          request.number("item", Integer.MAX_VALUE),
          request.number("quantity", Shop.MAX_QUANTITY),
          request.parameter("key"));
    }
  }

  void addTo(Application application) {
    // region routes
    application
        .blocking("POST", "/step0/orders", this::buyBlocking, atomic) // and step 1
        .blocking("POST", "/step2/orders", this::buyAwaiting, atomic)
        .async("POST", "/step3/orders", this::buyAsync, atomic)
        .async("POST", "/step4/orders", this::buyWithPriceFirst);
    // endregion
  }

  // region step0
  private Response buyBlocking(Request request)
      throws SQLException, IOException, InterruptedException, GeneralSecurityException {
    Purchase purchase = Purchase.of(request);
    takeFromStock(purchase);
    int price = blockingPartner.price(purchase.item());
    Order order = insert(purchase, price);
    blockingPartner.pay(order);
    return Shop.answer(order);
  }

  // endregion

  // region step2
  private Response buyAwaiting(Request request) throws SQLException, GeneralSecurityException {
    Purchase purchase = Purchase.of(request);
    takeFromStock(purchase);
    int price = await(toStage(partner.price(purchase.item())));
    Order order = insert(purchase, price);
    await(toStage(partner.pay(order)));
    return Shop.answer(order);
  }

  // endregion

  // region step3
  private CompletionStage<Response> buyAsync(Request request) {
    Purchase purchase = Purchase.of(request);
    return home.run(() -> takeFromStock(purchase))
        .thenCompose(taken -> toStage(partner.price(purchase.item())))
        .thenCompose(price -> home.call(() -> insert(purchase, price)))
        .thenCompose(order -> toStage(partner.pay(order)))
        .thenCompose(paid -> worker.call(() -> Shop.answer(paid)));
  }

  // endregion

  // region step4
  private CompletionStage<Response> buyWithPriceFirst(Request request) {
    Purchase purchase = Purchase.of(request);
    return toStage(partner.price(purchase.item()))
        .thenCompose(
            price ->
                transaction.call(
                    () -> atomic.handle(request, inside -> writeAndPay(purchase, price))));
  }

  private Response writeAndPay(Purchase purchase, int price)
      throws SQLException, GeneralSecurityException {
    takeFromStock(purchase);
    Order order = insert(purchase, price);
    await(toStage(partner.pay(order)));
    return Shop.answer(order);
  }

  // endregion

  private void takeFromStock(Purchase purchase) throws SQLException {
    orders.takeFromStock(purchase.item(), purchase.quantity());
  }

  private Order insert(Purchase purchase, int price) throws SQLException {
    return orders.insert(
        purchase.customer(), purchase.item(), purchase.quantity(), price, purchase.key());
  }
}
