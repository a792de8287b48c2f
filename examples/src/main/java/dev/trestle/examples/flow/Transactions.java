package dev.trestle.examples.flow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Legacy code: a transaction belongs to the thread that began it, as with Spring or Hibernate. */
final class Transactions {
  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  /** The standard's state for a transaction of which nobody knows whether it was committed. */
  static final String OUTCOME_UNKNOWN = "08007";

  private static final ThreadLocal<@Nullable Transaction> BOUND = new ThreadLocal<>();

  private final Database database;

  Transactions(Database database) {
    this.database = database;
  }

  Transaction begin() throws SQLException {
    if (BOUND.get() != null) {
      throw new IllegalStateException(
          "thread '" + Thread.currentThread().getName() + "' has a transaction already");
    }
    Transaction transaction = Transaction.begin(database.connect());
    BOUND.set(transaction);
    return transaction;
  }

  /** Prepares a statement of the current transaction. */
  PreparedStatement prepare(String sql, String... keys) throws SQLException {
    return current().prepare(sql, keys);
  }

  void commit() throws SQLException {
    current().commit();
    BOUND.remove();
    log.debug("committed");
  }

  private static Transaction current() {
    Transaction transaction = BOUND.get();
    if (transaction == null) {
      throw new IllegalStateException(
          "thread '" + Thread.currentThread().getName() + "' has no transaction");
    }
    return transaction;
  }

  /** Undoes what there is to undo: nothing, if the transaction could not begin, or is over. */
  void rollback() throws SQLException {
    Transaction transaction = BOUND.get();
    if (transaction != null) {
      BOUND.remove();
      transaction.rollback();
      log.info("rolled back");
    }
  }

  /** A transaction; all but {@link #cancel} is for the thread that began it. */
  static final class Transaction {
    private final Connection connection;
    private @Nullable Statement last;
    private boolean cancelled;
    private boolean over;

    private Transaction(Connection connection) {
      this.connection = connection;
    }

    private static Transaction begin(Connection connection) throws SQLException {
      try {
        connection.setAutoCommit(false);
        return new Transaction(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }

    /** Stops the statement that runs now, and lets none follow. Any thread may call it. */
    synchronized void cancel() {
      cancelled = true;
      if (last != null && !over) {
        try {
          last.cancel();
        } catch (SQLException e) {
          log.debug("there was nothing to cancel", e);
        }
      }
    }

    private synchronized PreparedStatement prepare(String sql, String... keys) throws SQLException {
      checkNotCancelled();
      PreparedStatement statement =
          keys.length == 0
              ? connection.prepareStatement(sql)
              : connection.prepareStatement(sql, keys);
      last = statement;
      return statement;
    }

    private synchronized void checkNotCancelled() {
      if (cancelled) {
        throw new CancellationException("the transaction was cancelled");
      }
    }

    private void commit() throws SQLException {
      synchronized (this) {
        checkNotCancelled();
        over = true; // from now on nothing is cancelled
      }
      try (connection) {
        connection.commit();
      } catch (SQLException e) {
        throw new SQLException("the commit failed", OUTCOME_UNKNOWN, e);
      }
    }

    private void rollback() throws SQLException {
      synchronized (this) {
        over = true;
      }
      try (connection) {
        connection.rollback();
      }
    }
  }
}
