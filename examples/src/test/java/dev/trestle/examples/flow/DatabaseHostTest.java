package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class DatabaseHostTest {
  /** More than the pool has, and much sooner than it looks whether an idle one is broken. */
  private static final int TRIES = 50;

  @Test
  void aBusyPoolRecoversFromACut() throws SQLException {
    try (QuietLog quiet = new QuietLog();
        DatabaseHost host = DatabaseHost.h2();
        Database database = host.open()) {
      assertThat(works(database)).isTrue();

      join(host.relay.cut());
      assertThat(database.number("select count(*) from orders")).isEqualTo(Database.OLD_ORDERS);
      join(host.relay.open());

      boolean works = false;
      for (int i = 0; i < TRIES && !works; i++) {
        works = works(database);
      }
      assertThat(works).isTrue();
    }
  }

  private static boolean works(Database database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      return statement.execute("select count(*) from orders");
    } catch (SQLException e) {
      return false;
    }
  }

  private static void join(Future<Void> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }
}
