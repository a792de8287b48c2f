package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What a client is told when the connection breaks in the middle of a commit. */
class CommitTest {
  @Test
  void nobodyClaimsToKnowWhatBecameOfIt() throws Exception {
    Connection connection = mock(Connection.class);
    doThrow(new SQLException("broken", "08006")).when(connection).commit();
    Database database = mock(Database.class);
    when(database.connect()).thenReturn(connection);
    Transactions transactions = new Transactions(database);
    transactions.begin();

    Throwable failure = catchThrowable(transactions::commit);
    transactions.rollback();

    assertThat(new String(Failures.answer(failure).body().whole(), StandardCharsets.UTF_8))
        .contains("it is not known whether it was written");
  }
}
