package dev.trestle.examples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** An embedded database in memory, with a schema and some thousand rows of its own. */
final class Database implements AutoCloseable {
  static final int ITEMS = 1_000;
  static final int OLD_ORDERS = 2_000;
  static final int SOLD_OUT_ITEM = 1;
  static final long STOCK_IN_ALL = (ITEMS - 1) * 1_000_000L;

  private final JdbcDataSource source = new JdbcDataSource();

  /** Keeps the database in memory until it is closed. */
  private final Connection anchor;

  Database() throws SQLException {
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=10000");
    anchor = connect();
    try (Statement statement = anchor.createStatement()) {
      statement.execute("create table items (id int primary key, stock int not null)");
      statement.execute(
          "create table orders (id bigint generated always as identity primary key,"
              + " customer varchar(40) not null, item int not null references items,"
              + " quantity int not null, cents bigint not null)");
      statement.execute("create index by_customer on orders (customer)");
    }
    fillItems();
    fillOrders();
  }

  private void fillItems() throws SQLException {
    try (PreparedStatement insert = anchor.prepareStatement("insert into items values (?, ?)")) {
      for (int id = 1; id <= ITEMS; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id == SOLD_OUT_ITEM ? 0 : 1_000_000);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void fillOrders() throws SQLException {
    try (PreparedStatement insert =
        anchor.prepareStatement(
            "insert into orders (customer, item, quantity, cents) values (?, ?, 1, ?)")) {
      for (int i = 0; i < OLD_ORDERS; i++) {
        int item = 2 + i % (ITEMS - 1);
        insert.setString(1, Customers.NAMES.get(i % Customers.NAMES.size()));
        insert.setInt(2, item);
        insert.setLong(3, Prices.of(item));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  Connection connect() throws SQLException {
    return source.getConnection();
  }

  /** Shuts everybody out until the maintenance is closed: open connections break, new ones fail. */
  Maintenance startMaintenance() throws SQLException {
    execute("set exclusive 2");
    return () -> execute("set exclusive 0");
  }

  /** See {@link #startMaintenance}. */
  interface Maintenance extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = anchor.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One number, read past the service. */
  long number(String sql, Object... values) throws SQLException {
    try (PreparedStatement select = anchor.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    anchor.close();
  }
}
