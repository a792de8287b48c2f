package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 35: an interrupt that a body leaves on its own thread ends with the body. */
class SelfInterruptTest {
  private static final SyncToAsync CONCURRENT = SyncToAsync.concurrent();

  private final Gate gate = new Gate();
  private final List<Thread> ranOn = new CopyOnWriteArrayList<>();
  private final List<Boolean> flags = new CopyOnWriteArrayList<>();

  private void note() {
    ranOn.add(Thread.currentThread());
    flags.add(Thread.currentThread().isInterrupted());
  }

  private void interruptSelf(boolean fails) {
    gate.pass();
    Thread.currentThread().interrupt();
    if (fails) {
      throw new IllegalStateException("the body");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dependentsOnThatWorkerSeeNoFlag(boolean fails) {
    CompletableFuture<Void> call = CONCURRENT.run(() -> interruptSelf(fails));
    CompletableFuture<Void> last =
        call.whenComplete((value, failure) -> note()).whenComplete((value, failure) -> note());
    CompletableFuture<Object> plain = CompletableFuture.anyOf(call);
    CompletableFuture<Object> other = plain.whenComplete((value, failure) -> note());
    Thread worker = gate.awaitReached();
    gate.open();
    Patience.end(last);
    Patience.end(other);
    assertThat(ranOn).containsExactly(worker, worker, worker); // else this tests nothing
    assertThat(flags).containsExactly(false, false, false);
  }

  @Test
  void theNextBodiesSeeNoFlag() {
    for (int i = 0; i < 200; i++) {
      CompletableFuture<Void> call = CONCURRENT.run(() -> Thread.currentThread().interrupt());
      CompletableFuture<Boolean> next = call.thenCompose(x -> CONCURRENT.call(Thread::interrupted));
      assertThat(Patience.result(next)).isFalse();
    }
  }

  @Test
  void aDependentThatInterruptsItsThreadHarmsNoBody() {
    for (int i = 0; i < 200; i++) {
      Gate registered = new Gate(); // else the dependent might run on the thread of the test
      CompletableFuture<Void> call = CONCURRENT.run(registered::pass);
      CompletableFuture<Void> dependent = call.thenRun(() -> Thread.currentThread().interrupt());
      registered.open();
      Patience.result(dependent);
      assertThat(Patience.result(CONCURRENT.call(Thread::interrupted))).isFalse();
    }
  }
}
