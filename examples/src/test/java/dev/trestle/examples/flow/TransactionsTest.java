package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.bridge.SyncToAsync;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Why the example needs thread-sensitive calls. */
class TransactionsTest {
  @Test
  void aTransactionIsNotSeenFromAnotherThread() throws Exception {
    try (Database database = Database.embedded()) {
      Transactions transactions = new Transactions(database);
      transactions.begin();

      assertThatThrownBy(
              () -> SyncToAsync.concurrent().call(() -> transactions.prepare("select 1")).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no transaction");

      assertThatThrownBy(transactions::begin).hasMessageContaining("has a transaction already");
      transactions.rollback();
    }
  }
}
