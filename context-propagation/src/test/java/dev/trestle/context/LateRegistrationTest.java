package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.FakeThreadLocal;
import org.junit.jupiter.api.Test;

class LateRegistrationTest {
  @Test
  void aThreadLocalRegisteredAfterASnapshotIsClearedInIt() { // 28
    Context before = Context.capture();
    try (FakeThreadLocal late = FakeThreadLocal.register("trestle.test.late")) {
      late.put("own");
      before.run(() -> assertThat(late.get()).isNull());
      assertThat(late.get()).isEqualTo("own");
      late.put(null);
    }
  }
}
