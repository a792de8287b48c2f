package dev.trestle.examples.flow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;

/** The binaries are for Linux on x86-64; elsewhere the flow is only tested on H2. */
class FlowOnPostgresTest extends FlowTest {
  private EmbeddedPostgres postgres;

  @Override
  Database database() throws IOException, SQLException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    assumeTrue(
        system.equals("linux") && System.getProperty("os.arch").equals("amd64"),
        "there are no PostgreSQL binaries for this system in the build");
    postgres = EmbeddedPostgres.start();
    return Database.at(postgres.getJdbcUrl("postgres", "postgres"));
  }

  @AfterAll
  void stopPostgres() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
