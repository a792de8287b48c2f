package dev.trestle.bridge;

import static dev.trestle.bridge.CancelAroundTest.assertGivenBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 9: scopes of one chain are one home, which lasts as long as the longest of them. */
class JoinedScopesTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  /** A scope around a stage that the test completes. */
  private static final class Scoped {
    final CompletableFuture<Void> end = new CompletableFuture<>();
    final CompletableFuture<Thread> home = new CompletableFuture<>();
    final CompletableFuture<Context> inside = new CompletableFuture<>();
    CompletableFuture<Void> result;

    /** Opens it, and does something more in the function. */
    void open(Runnable more) {
      result =
          ThreadSensitiveScope.around(
              () -> {
                inside.complete(Context.capture());
                more.run();
                return keepThread(BLOCKING.call(Thread::currentThread)).thenCompose(x -> end);
              });
    }

    private CompletionStage<Thread> keepThread(CompletableFuture<Thread> call) {
      return call.whenComplete((thread, failure) -> home.complete(thread));
    }

    CompletableFuture<Thread> callInside() throws Exception {
      return Patience.result(inside).call(() -> BLOCKING.call(Thread::currentThread));
    }

    void end() {
      end.complete(null);
      Patience.result(result);
    }
  }

  private final Scoped outer = new Scoped();
  private final Scoped joined = new Scoped();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theyShareAThreadThatStaysUntilBothHaveEnded(boolean outerEndsFirst) throws Exception {
    outer.open(() -> joined.open(() -> {}));
    Thread home = Patience.result(outer.home);
    assertThat(Patience.result(joined.home)).isSameAs(home);

    (outerEndsFirst ? outer : joined).end();
    assertThat(Patience.result(outer.callInside())).isSameAs(home);
    assertThat(Patience.result(joined.callInside())).isSameAs(home);

    (outerEndsFirst ? joined : outer).end();
    for (Scoped scoped : new Scoped[] {outer, joined}) {
      assertThat(Patience.failure(scoped.callInside()))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("closed");
    }
    assertGivenBack(home);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatJoinsFromADependentSharesTheThreadToo(boolean outerEndsFirst) throws Exception {
    CompletableFuture<Void> later = new CompletableFuture<>();
    outer.open(
        () -> {
          var unused =
              BLOCKING
                  .run(() -> {})
                  .thenRun(() -> joined.open(() -> {}))
                  .thenRun(() -> later.complete(null));
        });
    Patience.result(later);
    Thread home = Patience.result(joined.home);
    (outerEndsFirst ? outer : joined).end();
    assertThat(Patience.result(joined.callInside())).isSameAs(home);
    assertThat(Patience.result(outer.home)).isSameAs(home);
    (outerEndsFirst ? joined : outer).end();
    assertGivenBack(home);
  }

  @Test
  void aJoinedOneThatIsCancelledLeavesTheOtherAlone() throws Exception {
    CompletableFuture<Void> never = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<Void>> cancelled = new CompletableFuture<>();
    outer.open(() -> cancelled.complete(ThreadSensitiveScope.around(() -> never)));
    Patience.result(cancelled).cancel(true);
    assertThat(never).isCancelled();
    assertThat(Patience.result(outer.callInside())).isSameAs(Patience.result(outer.home));
    assertThat(outer.result).isNotDone();
    outer.end();
    assertGivenBack(Patience.result(outer.home));
  }
}
