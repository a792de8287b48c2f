package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.bridge.SyncToAsync;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Why the example needs thread-sensitive calls. */
class TransactionsTest {
  @Test
  void aTransactionIsNotSeenFromAnotherThread() throws Exception {
    try (Database database = new Database()) {
      Transactions transactions = new Transactions(database);
      transactions.begin();

      assertThatThrownBy(() -> SyncToAsync.concurrent().call(transactions::connection).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no transaction");

      assertThatThrownBy(transactions::begin).hasMessageContaining("has a transaction already");
      transactions.rollback();
    }
  }
}
