package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class OrderServiceTest {
  @Test
  void runsToItsEnd() {
    assertThatCode(() -> OrderService.main(new String[0])).doesNotThrowAnyException();
  }
}
