package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LateDependentTest {
  @Test
  void registeredElsewhereAfterCompletionItRunsWhereItIsRegistered() { // 40
    CompletableFuture<String> call = SyncToAsync.concurrent().call(() -> "done");
    Patience.end(call);
    Bystander<CompletableFuture<Thread>> elsewhere =
        Bystander.start("elsewhere", () -> call.thenApply(done -> Thread.currentThread()));
    assertThat(elsewhere.result().join()).isSameAs(elsewhere.thread());
  }
}
