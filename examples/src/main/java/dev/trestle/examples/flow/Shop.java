package dev.trestle.examples.flow;

import dev.trestle.bridge.Channel;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.vertx.VertxFutures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The views of a shop, each in the colour that comes natural to it. */
final class Shop {
  static final int MAX_QUANTITY = 100;

  private static final int MAX_UPLOAD = 1 << 20;
  private static final int PIECE = 1 << 14;
  private static final int PIECES_AHEAD = 4;
  private static final int FETCH = 200;

  private final Database database;
  private final Transactions transactions;
  private final Orders orders;
  private final Partner partner;

  /** For JDBC in a transaction: on the home of the request. */
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();

  /** For work that may run anywhere, next to other work. */
  private final SyncToAsync concurrent = SyncToAsync.concurrent();

  Shop(Database database, Partner partner) {
    this.database = database;
    this.transactions = new Transactions(database);
    this.orders = new Orders(transactions);
    this.partner = partner;
  }

  // region routes
  Application application() {
    Middleware standing = new GoodStanding(partner);
    Middleware atomic = new Atomic(transactions, database.limiter);
    Application application = new Application(new AccessLog());
    return application
        .plain("GET", "/health", this::health)
        .plain("GET", "/switches", request -> Response.json(200, application.switches()))
        .async("GET", "/prices/{item}", this::price)
        .blocking("GET", "/orders", this::list, atomic)
        .blocking("GET", "/orders/{id}", this::find, atomic)
        .async("POST", "/orders", this::buy, standing, atomic)
        .blocking("POST", "/stock", this::restock, atomic)
        .plain("GET", "/export", this::export)
        .blocking("GET", "/slow", this::slow, atomic);
  }

  // endregion

  private Response health(Request request) {
    return Response.json(200, new JsonObject().put("connections", database.inUse()));
  }

  /** Async, and nothing else: it makes no hop at the async door. */
  private CompletionStage<Response> price(Request request) {
    int item = request.number("item", Integer.MAX_VALUE);
    return VertxFutures.toStage(partner.price(item))
        .thenApply(cents -> Response.json(200, new JsonObject().put("cents", cents)));
  }

  private Response find(Request request) throws SQLException {
    return Response.json(200, orders.find(request.number("id", Integer.MAX_VALUE)).toJson());
  }

  private Response list(Request request) throws SQLException {
    return Response.json(
        200, new JsonArray(orders.of(request.customer()).stream().map(Order::toJson).toList()));
  }

  /** Both: the writes of one transaction, and between them and after them what the partner says. */
  private CompletionStage<Response> buy(Request request) {
    String customer = request.customer();
    int item = request.number("item", Integer.MAX_VALUE);
    int quantity = request.number("quantity", MAX_QUANTITY);
    return blocking
        .run(() -> orders.takeFromStock(item, quantity)) // on the thread of the transaction
        .thenCompose(taken -> VertxFutures.toStage(partner.price(item)))
        .thenCompose(
            price ->
                blocking.call( // that thread again
                    () -> orders.insert(customer, item, quantity, price, request.parameter("key"))))
        .thenCompose(order -> VertxFutures.toStage(partner.pay(order)))
        .thenCompose(order -> concurrent.call(() -> answer(order))); // on any worker
  }

  static Response answer(Order order) throws GeneralSecurityException {
    return Response.json(201, order.toJson().put("receipt", Receipts.sign(order)));
  }

  /** Reads lines such as {@code 7,100}: an item, and how many of it have come. */
  private Response restock(Request request) throws IOException, SQLException {
    int lines = 0;
    for (String line : textOf(request.body()).lines().toList()) {
      String[] parts = line.split(",", -1);
      if (parts.length != 2) {
        throw Refusal.badRequest("line " + (lines + 1) + " is not 'item,quantity': " + line);
      }
      Request numbers =
          request.with(Map.of("item", parts[0].strip(), "quantity", parts[1].strip()));
      orders.restock(
          numbers.number("item", Integer.MAX_VALUE), numbers.number("quantity", MAX_UPLOAD));
      lines++;
    }
    return Response.json(200, new JsonObject().put("lines", lines));
  }

  private static String textOf(Body body) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte[] piece = body.next(); piece != null; piece = body.next()) {
      text.write(piece);
      if (text.size() > MAX_UPLOAD) {
        throw Refusal.tooLarge("at most " + MAX_UPLOAD + " bytes can be uploaded");
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** All orders: a blocking call reads them while the answer is sent, a few pieces ahead. */
  private Response export(Request request) {
    Channel<byte[]> pieces = Channel.bounded("export", PIECES_AHEAD);
    CompletableFuture<Void> reads =
        concurrent
            .limitedBy(database.limiter)
            .shielded() // it ends with the answer, not with the view
            .run(() -> readOrders(pieces));
    return new Response(200, Map.of("Content-Type", "text/csv"), Body.of(pieces, reads));
  }

  private void readOrders(Channel<byte[]> pieces) throws SQLException {
    StringBuilder piece = new StringBuilder("id,customer,item,quantity,cents\n");
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement("select * from orders order by id")) {
      connection.setAutoCommit(false); // else PostgreSQL reads all rows at once
      select.setFetchSize(FETCH);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          piece.append(Orders.order(rows).toCsv());
          if (piece.length() >= PIECE) {
            pieces.blocking().send(piece.toString().getBytes(StandardCharsets.UTF_8));
            piece.setLength(0);
          }
        }
      }
    }
    pieces.blocking().send(piece.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Response slow(Request request) throws SQLException {
    return Response.json(200, new JsonObject().put("count", orders.countForEver()));
  }
}
