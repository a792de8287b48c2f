package dev.trestle.examples.flow;

import java.sql.SQLException;

class FlowOnH2Test extends FlowTest {
  @Override
  Database database() throws SQLException {
    return Database.embedded();
  }
}
