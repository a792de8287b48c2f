package dev.trestle.examples.flow;

class FlowOnH2Test extends FlowTest {
  FlowOnH2Test() {
    super(TestDatabase.H2);
  }
}
