package dev.trestle.examples.flow;

import dev.trestle.bridge.Limiter;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.Registration;
import java.sql.SQLException;

/**
 * A transaction around what is inside: committed if that answers, rolled back if it throws. Legacy
 * code, and so bound to one thread and blocking; what is inside may be async all the same.
 *
 * <p>A request gets a permit of the limiter, which has as many as there are connections, before it
 * takes a thread.
 */
final class Atomic implements BlockingMiddleware {
  private final Transactions transactions;
  private final Limiter connections;

  Atomic(Transactions transactions, Limiter connections) {
    this.transactions = transactions;
    this.connections = connections;
  }

  @Override
  public Limiter limiter() {
    return connections;
  }

  @Override
  public Response handle(Request request, BlockingHandler next) throws Exception {
    Transactions.Transaction transaction = transactions.begin();
    try (Registration hook = Calls.onCancel(transaction::cancel)) {
      Response response = next.handle(request);
      transactions.commit();
      return response;
    } catch (Throwable e) {
      rollback(e);
      throw e;
    }
  }

  private void rollback(Throwable reason) {
    try {
      transactions.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e); // the connection is broken, and the database undoes the rest
    }
  }
}
