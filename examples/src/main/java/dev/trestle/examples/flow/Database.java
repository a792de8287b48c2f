package dev.trestle.examples.flow;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.trestle.bridge.Limiter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/** A database with a pool of connections, and a schema and some thousand rows of its own. */
final class Database implements AutoCloseable {
  static final int ITEMS = 1_000;
  static final int OLD_ORDERS = 2_000;
  static final int SOLD_OUT_ITEM = 1;

  /** Of each item that is not sold out. */
  static final int STOCK = 1_000_000;

  static final long STOCK_IN_ALL = (ITEMS - 1L) * STOCK;

  private static final int CONNECTIONS = 10;
  private static final int MAX_WAITING = 500;
  private static final int CONNECT_MILLIS = 2_000;

  /** What differs between databases. */
  private enum Product {
    H2(
        "set schema trestle_flow",
        "select x as n from system_range(1, 20000)",
        "set exclusive 2",
        "set exclusive 0"),
    POSTGRESQL(
        // A query whose client has gone ends: else it goes on for as long as it takes.
        "set search_path to trestle_flow; set client_connection_check_interval = '1s'",
        "select n from generate_series(1, 20000) as n",
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()",
        "");

    /** What each connection begins with. */
    final String useSchema;

    final String many;
    final String shutOut;
    final String letIn;

    Product(String useSchema, String many, String shutOut, String letIn) {
      this.useSchema = useSchema;
      this.many = many;
      this.shutOut = shutOut;
      this.letIn = letIn;
    }
  }

  private final Product product;

  /** Looks at the database past the service; keeps one that is in memory until it is closed. */
  private final Connection anchor;

  private final HikariDataSource pool;

  /** As many permits as there are connections. */
  final Limiter limiter;

  private Database(String direct, String url, int connections, int maxWaiting) throws SQLException {
    this.anchor = DriverManager.getConnection(direct);
    this.product = productOf(anchor);
    makeSchema();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setConnectionInitSql(product.useSchema);
    config.setExceptionOverride(new ForgetBroken());
    this.pool = new HikariDataSource(config);
    this.limiter = Limiter.of("database", connections, maxWaiting);
  }

  /** One of its own, embedded and in memory. */
  static Database embedded() throws SQLException {
    return at("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=10000");
  }

  /** One that is there, H2 or PostgreSQL: a schema {@code trestle_flow} is made anew in it. */
  static Database at(String url) throws SQLException {
    return at(url, CONNECTIONS, MAX_WAITING);
  }

  static Database at(String url, int connections, int maxWaiting) throws SQLException {
    return new Database(url, url, connections, maxWaiting);
  }

  /**
   * The same, with a pool that goes another way.
   *
   * @param direct for looking at the database past the service, however the pool fares
   * @param url of the same database, for the pool
   */
  static Database at(String direct, String url) throws SQLException {
    return new Database(direct, url, CONNECTIONS, MAX_WAITING);
  }

  private static Product productOf(Connection connection) throws SQLException {
    String name = connection.getMetaData().getDatabaseProductName();
    try {
      return Product.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new SQLException("this program knows H2 and PostgreSQL, but not " + name, e);
    }
  }

  private void makeSchema() throws SQLException {
    execute("drop schema if exists trestle_flow cascade");
    execute("create schema trestle_flow");
    execute(product.useSchema);
    execute("create table items (id int primary key, stock int not null)");
    execute(
        "create table orders (id bigint generated always as identity primary key,"
            + " customer varchar(40) not null, item int not null references items,"
            + " quantity int not null, cents bigint not null, order_key varchar(60) unique)");
    execute("create index by_customer on orders (customer)");
    execute("create view many as " + product.many);
    fillItems();
    fillOrders();
  }

  private void fillItems() throws SQLException {
    try (PreparedStatement insert = anchor.prepareStatement("insert into items values (?, ?)")) {
      for (int id = 1; id <= ITEMS; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id == SOLD_OUT_ITEM ? 0 : STOCK);
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
        insert.setLong(3, Partner.priceOf(item));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Waits for a connection of the pool. */
  Connection connect() throws SQLException {
    return pool.getConnection();
  }

  /** How many connections are in use. */
  int inUse() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** Breaks all connections; with H2, nobody gets a new one until the maintenance is closed. */
  Maintenance startMaintenance() throws SQLException {
    execute(product.shutOut);
    return () -> {
      if (!product.letIn.isEmpty()) {
        execute(product.letIn);
      }
    };
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
  synchronized long number(String sql, Object... values) throws SQLException {
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

  /** Reads rows past the service. */
  synchronized void read(String sql, RowReader reader) throws SQLException {
    try (Statement select = anchor.createStatement();
        ResultSet rows = select.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** Reads the row that a result is at. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Whether an order stands there as it is. */
  boolean has(Order order) throws SQLException {
    return number(
            "select count(*) from orders where id = ? and customer = ? and item = ?"
                + " and quantity = ? and cents = ?",
            order.id(),
            order.customer(),
            order.item(),
            order.quantity(),
            order.cents())
        == 1;
  }

  @Override
  public void close() throws SQLException {
    pool.close();
    anchor.close();
  }
}
