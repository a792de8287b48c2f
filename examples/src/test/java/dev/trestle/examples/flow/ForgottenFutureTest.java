package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForgottenFutureTest {
  @Test
  void theCompilerFindsTheBadLineAndNotTheFixedOne() {
    ForgottenFuture forgotten = ForgottenFuture.find();

    assertThat(forgotten.message())
        .startsWith("forgotten/Orders.java:16: error: [un-awaited] logMessage(..) returns a ")
        .contains("that nobody awaits: its errors vanish");
    assertThat(forgotten.bad()).isEqualTo("logMessage(order + \" costs \" + cents);");
    assertThat(forgotten.fixed()).isEqualTo("return " + forgotten.bad());
  }
}
