package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LongGetTest {
  @ParameterizedTest
  @EnumSource
  void getWaitsForAsLongAsALongCanSay(TimeUnit unit) throws Exception {
    Gate gate = new Gate();
    CompletableFuture<String> call =
        SyncToAsync.concurrent()
            .call(
                () -> {
                  gate.pass();
                  return "done";
                });
    Bystander<String> waits = Bystander.start("waits", () -> call.get(Long.MAX_VALUE, unit));
    waits.awaitParked();
    gate.open();
    assertThat(waits.result()).isEqualTo("done");
  }
}
