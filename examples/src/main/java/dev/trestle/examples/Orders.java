package dev.trestle.examples;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Legacy code: plain JDBC, which blocks, in the transaction of the current thread. */
final class Orders {
  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  private final Transactions transactions;

  Orders(Transactions transactions) {
    this.transactions = transactions;
  }

  Order find(long id) throws SQLException {
    log.debug("find order {}", id);
    try (PreparedStatement select = prepare("select * from orders where id = ?")) {
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
        prepare("select * from orders where customer = ? order by id")) {
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
        prepare("update items set stock = stock - ? where id = ? and stock >= ?")) {
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
    try (PreparedStatement select = prepare("select id from items where id = ?")) {
      select.setInt(1, item);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  Order insert(String customer, int item, int quantity, int price) throws SQLException {
    log.debug("write the order of {}", customer);
    long cents = (long) quantity * price;
    try (PreparedStatement insert =
        transactions
            .connection()
            .prepareStatement(
                "insert into orders (customer, item, quantity, cents) values (?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, customer);
      insert.setInt(2, item);
      insert.setInt(3, quantity);
      insert.setLong(4, cents);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return new Order(keys.getLong("id"), customer, item, quantity, cents);
      }
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return transactions.connection().prepareStatement(sql);
  }

  private static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getLong("id"),
        row.getString("customer"),
        row.getInt("item"),
        row.getInt("quantity"),
        row.getLong("cents"));
  }
}
