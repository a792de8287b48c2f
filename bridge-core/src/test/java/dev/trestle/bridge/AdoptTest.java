package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.Calls;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stage of another library, with the threads and the context of a future of ours. */
class AdoptTest {
  private static final Local<String> USER = Local.named("user");

  private final EventLoopThread loop = EventLoopThread.start("L");
  private final CompletableFuture<String> foreign = new CompletableFuture<>();

  @AfterEach
  void close() {
    USER.remove();
    loop.close();
  }

  /** What stands between a loop and the test: a future in a future would be awaited at once. */
  private record Holder<T>(CompletableFuture<T> adopted) {}

  private <T> CompletableFuture<T> adoptOnLoop(CompletionStage<T> stage) throws Exception {
    return Loops.compute(loop, () -> new Holder<>(Calls.adopt(stage))).adopted();
  }

  private void completeElsewhere() {
    Bystander.run("of another library", () -> foreign.complete("value")).result();
  }

  @Test
  void dependentsRunOnTheLoopThatItWasCalledOn() throws Exception {
    CompletableFuture<Thread> dependent =
        Loops.compute(
                loop,
                () -> new Holder<>(Calls.adopt(foreign).thenApply(value -> Thread.currentThread())))
            .adopted();
    completeElsewhere();
    assertThat(Patience.result(dependent)).isSameAs(Loops.threadOf(loop));
  }

  @Test
  void dependentsThatAreRegisteredElsewhereRunOnThatLoopToo() throws Exception {
    CompletableFuture<String> adopted = adoptOnLoop(foreign);
    CompletableFuture<Thread> plain = adopted.thenApply(value -> Thread.currentThread());
    CompletableFuture<Thread> async = adopted.thenApplyAsync(value -> Thread.currentThread());
    completeElsewhere();
    assertThat(Patience.result(plain)).isSameAs(Loops.threadOf(loop));
    assertThat(Patience.result(async)).isSameAs(Loops.threadOf(loop));
  }

  @Test
  void withoutALoopDependentsRunOnAWorker() {
    CompletableFuture<Thread> dependent =
        Calls.adopt(foreign).thenApply(value -> Thread.currentThread());
    completeElsewhere();
    assertThat(Patience.result(dependent).getName()).startsWith("trestle-worker-");
  }

  @Test
  void dependentsRunInTheContextInWhichTheyWereRegistered() throws Exception {
    CompletableFuture<String> adopted =
        USER.where("adopter", () -> new Holder<>(Calls.adopt(foreign))).adopted();
    CompletableFuture<String> first =
        USER.where("first", () -> new Holder<>(adopted.thenApply(value -> USER.get()))).adopted();
    CompletableFuture<Boolean> second = adopted.thenApply(value -> USER.isSet());
    Bystander.run(
            "of another library",
            () -> {
              USER.set("completer");
              foreign.complete("value");
            })
        .result();
    assertThat(Patience.result(first)).isEqualTo("first");
    assertThat(Patience.result(second)).isFalse();
  }

  @Test
  void cancellingItLeavesTheStageAlone() {
    CompletableFuture<String> adopted = Calls.adopt(foreign);
    assertThat(adopted.cancel(true)).isTrue();
    assertThat(adopted).isCancelled();
    assertThat(foreign).isNotDone();
    foreign.complete("value");
    assertThat(adopted).isCancelled();
  }

  @Test
  void completingItFromOutsideLeavesTheStageAlone() {
    CompletableFuture<String> adopted = Calls.adopt(foreign);
    adopted.complete("other");
    assertThat(foreign).isNotDone();
    completeElsewhere();
    assertThat(adopted).isCompletedWithValue("other");
  }

  @Test
  void itSucceedsWithTheValueOfTheStage() {
    CompletableFuture<String> adopted = Calls.adopt(foreign);
    assertThat(adopted).isNotDone();
    completeElsewhere();
    assertThat(Patience.result(adopted)).isEqualTo("value");
  }

  @Test
  void itSucceedsWithNullWhereTheStageDoes() {
    CompletableFuture<String> adopted = Calls.adopt(CompletableFuture.completedFuture(null));
    assertThat(adopted).isCompletedWithValue(null);
  }

  @Test
  void itFailsWithTheVeryExceptionOfTheStage() {
    IllegalStateException failure = new IllegalStateException("the stage's");
    CompletableFuture<String> adopted = Calls.adopt(foreign);
    foreign.completeExceptionally(failure);
    assertThat(Patience.failure(adopted)).isSameAs(failure);
    assertThat(Patience.failure(Calls.adopt(foreign))).isSameAs(failure);
  }

  @Test
  void itIsCancelledWithTheStage() {
    CompletableFuture<String> adopted = Calls.adopt(foreign);
    foreign.cancel(true);
    assertThat(Patience.failure(adopted)).isInstanceOf(CancellationException.class);
    assertThat(adopted).isCancelled();
  }

  @Test
  void aStageThatIsNoFutureWillDo() {
    CompletableFuture<String> adopted = Calls.adopt(foreign.minimalCompletionStage());
    completeElsewhere();
    assertThat(Patience.result(adopted)).isEqualTo("value");
  }

  @Test
  void aBlockedCallerGetsItsValue() {
    Bystander<String> caller =
        Bystander.start("caller", () -> AsyncToSync.create().call(() -> Calls.adopt(foreign)));
    completeElsewhere();
    assertThat(caller.result()).isEqualTo("value");
  }

  @Test
  void cancellingItGivesUpTheWorkOnTheThreadThatCancels() {
    CompletableFuture<Thread> givenUp = new CompletableFuture<>();
    CompletableFuture<String> adopted =
        Calls.adopt(foreign, () -> givenUp.complete(Thread.currentThread()));

    adopted.cancel(false);

    assertThat(givenUp).isCompletedWithValue(Thread.currentThread());
  }

  @Test
  void completingItFromOutsideGivesUpTheWork() {
    CompletableFuture<String> adopted = Calls.adopt(foreign, () -> foreign.cancel(true));

    adopted.complete("given up");

    assertThat(foreign).isCancelled();
    assertThat(Patience.result(adopted)).isEqualTo("given up");
  }

  @Test
  void cancellingADependentOfItDoesNotGiveUpTheWork() {
    Calls.adopt(foreign, () -> foreign.cancel(true)).thenApply(value -> value).cancel(false);

    assertThat(foreign).isNotDone();
  }

  @Test
  void workThatHasEndedIsNotGivenUp() {
    CountDownLatch givenUp = new CountDownLatch(1);
    CompletableFuture<String> adopted = Calls.adopt(foreign, givenUp::countDown);
    completeElsewhere();

    assertThat(Patience.result(adopted)).isEqualTo("value");
    adopted.cancel(false);
    Calls.adopt(foreign, givenUp::countDown).cancel(false);
    assertThat(givenUp.getCount()).isEqualTo(1);
  }

  @Test
  void noStageIsRefusedByName() {
    assertThatThrownBy(() -> Calls.adopt(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("stage");
    assertThatThrownBy(() -> Calls.adopt(foreign, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("onCancel");
  }
}
