package dev.trestle.examples;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Legacy code: a transaction belongs to the thread that began it, as with Spring or Hibernate. */
final class Transactions {
  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  private static final ThreadLocal<@Nullable Connection> BOUND = new ThreadLocal<>();

  private final Database database;

  Transactions(Database database) {
    this.database = database;
  }

  void begin() throws SQLException {
    if (BOUND.get() != null) {
      throw new IllegalStateException(
          "thread '" + Thread.currentThread().getName() + "' has a transaction already");
    }
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    BOUND.set(connection);
  }

  Connection connection() {
    Connection connection = BOUND.get();
    if (connection == null) {
      throw new IllegalStateException(
          "thread '" + Thread.currentThread().getName() + "' has no transaction");
    }
    return connection;
  }

  void commit() throws SQLException {
    connection().commit();
    close();
    log.debug("committed");
  }

  /** Undoes what there is to undo: nothing, if the transaction could not begin. */
  void rollback() throws SQLException {
    if (BOUND.get() != null) {
      try {
        connection().rollback();
      } finally {
        close();
      }
      log.info("rolled back");
    }
  }

  private void close() throws SQLException {
    try (Connection connection = connection()) {
      BOUND.remove();
    }
  }
}
