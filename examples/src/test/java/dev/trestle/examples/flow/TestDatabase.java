package dev.trestle.examples.flow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** What the flow is tested on. */
enum TestDatabase {
  H2 {
    @Override
    String url() {
      return "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=10000";
    }
  },

  /** A real one; there are binaries for Linux on x86-64 only. */
  POSTGRESQL {
    @Override
    String url() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      assumeTrue(
          system.equals("linux") && System.getProperty("os.arch").equals("amd64"),
          "the build has no PostgreSQL for this system");
      return Server.RUNNING.getJdbcUrl("postgres", "postgres");
    }
  };

  abstract String url();

  Database open() throws SQLException {
    return Database.at(url());
  }

  Database open(int connections, int maxWaiting) throws SQLException {
    return Database.at(url(), connections, maxWaiting);
  }

  /** Started by the first test that needs it; it stops with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
