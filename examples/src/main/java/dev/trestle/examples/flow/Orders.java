package dev.trestle.examples.flow;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Legacy code: plain JDBC, which blocks, in the transaction of the current thread. */
final class Orders {
  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  /** The standard's state, which both databases use. */
  private static final String UNIQUE_VIOLATION = "23505";

  private final Transactions transactions;

  Orders(Transactions transactions) {
    this.transactions = transactions;
  }

  Order find(long id) throws SQLException {
    log.debug("find order {}", id);
    try (PreparedStatement select = transactions.prepare("select * from orders where id = ?")) {
      select.setLong(1, id);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw Refusal.notFound("there is no order " + id);
        }
        return order(rows);
      }
    }
  }

  List<Order> of(String customer) throws SQLException {
    log.debug("find orders of {}", customer);
    try (PreparedStatement select =
        transactions.prepare("select * from orders where customer = ? order by id")) {
      select.setString(1, customer);
      try (ResultSet rows = select.executeQuery()) {
        List<Order> orders = new ArrayList<>();
        while (rows.next()) {
          orders.add(order(rows));
        }
        return orders;
      }
    }
  }

  void takeFromStock(int item, int quantity) throws SQLException {
    log.debug("take {} of item {} from stock", quantity, item);
    try (PreparedStatement update =
        transactions.prepare("update items set stock = stock - ? where id = ? and stock >= ?")) {
      update.setInt(1, quantity);
      update.setInt(2, item);
      update.setInt(3, quantity);
      if (update.executeUpdate() == 0) {
        throw isKnown(item)
            ? Refusal.conflict("there are not " + quantity + " left of item " + item)
            : Refusal.badRequest("there is no item " + item);
      }
    }
  }

  private boolean isKnown(int item) throws SQLException {
    try (PreparedStatement select = transactions.prepare("select id from items where id = ?")) {
      select.setInt(1, item);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  /**
   * Writes an order.
   *
   * @param key by which a customer knows it again: there is one order of a key at most
   */
  Order insert(String customer, int item, int quantity, int price, @Nullable String key)
      throws SQLException {
    log.debug("write the order of {}", customer);
    long cents = (long) quantity * price;
    try (PreparedStatement insert =
        transactions.prepare(
            "insert into orders (customer, item, quantity, cents, order_key)"
                + " values (?, ?, ?, ?, ?)",
            "id")) {
      insert.setString(1, customer);
      insert.setInt(2, item);
      insert.setInt(3, quantity);
      insert.setLong(4, cents);
      insert.setString(5, key);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return new Order(keys.getLong("id"), customer, item, quantity, cents);
      }
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw Refusal.conflict("there is an order with the key " + key);
      }
      throw e;
    }
  }

  /** Adds to the stock of an item. */
  void restock(int item, int quantity) throws SQLException {
    try (PreparedStatement update =
        transactions.prepare("update items set stock = stock + ? where id = ?")) {
      update.setInt(1, quantity);
      update.setInt(2, item);
      if (update.executeUpdate() == 0) {
        throw Refusal.badRequest("there is no item " + item);
      }
    }
  }

  /** Counts for longer than anybody has time. */
  long countForEver() throws SQLException {
    log.debug("count for ever");
    try (PreparedStatement select =
            transactions.prepare(
                "select count(*) from many a, many b, many c where a.n + b.n + c.n = 0");
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getLong("id"),
        row.getString("customer"),
        row.getInt("item"),
        row.getInt("quantity"),
        row.getLong("cents"));
  }
}
