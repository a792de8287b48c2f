package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 33: a cancel reaches past a call that has its result and whose dependents still run. */
class OrphanOfEndingCallTest {
  private final Gate orphanRuns = new Gate();
  private final Gate inDependent = new Gate();
  private final CompletableFuture<CompletableFuture<Void>> orphan = new CompletableFuture<>();

  @AfterEach
  void letGo() {
    inDependent.open();
    orphanRuns.open();
  }

  @Test
  void whatItStartedIsCancelledWithTheScopeAround() {
    Gate middleMayEnd = new Gate();
    CompletableFuture<Void> outer =
        ThreadSensitiveScope.around(
            () -> {
              var unused =
                  SyncToAsync.concurrent()
                      .run(
                          () -> {
                            orphan.complete(SyncToAsync.concurrent().run(orphanRuns::pass));
                            middleMayEnd.pass();
                          })
                      .thenRun(inDependent::pass);
              return new CompletableFuture<>();
            });
    middleMayEnd.open();
    orphanRuns.awaitReached();
    inDependent.awaitReached();
    outer.cancel(true);
    inDependent.open();
    Patience.end(Patience.result(orphan));
    assertThat(Patience.result(orphan)).isCancelled();
  }
}
