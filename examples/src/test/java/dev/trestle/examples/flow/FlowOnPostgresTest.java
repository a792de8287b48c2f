package dev.trestle.examples.flow;

class FlowOnPostgresTest extends FlowTest {
  FlowOnPostgresTest() {
    super(TestDatabase.POSTGRESQL);
  }
}
