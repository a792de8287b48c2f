package dev.trestle.bridge.swing;

import static dev.trestle.bridge.WaitsOnALoop.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.WaitsOnALoop;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import java.awt.EventQueue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SwingEventLoopFinderTest {
  private static final String NAME = "AWT event dispatch thread";
  private final Executor dispatch = EventQueue::invokeLater;

  @BeforeAll
  static void noScreenIsNeeded() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void eachEventFindsTheSameEventLoop() {
    EventLoop first = on(dispatch, () -> EventLoop.current().orElseThrow());

    assertThat(on(dispatch, () -> EventLoop.current().orElseThrow())).isSameAs(first);
    assertThat(first).hasToString("event loop '" + NAME + "'");
    assertThat(first.isCurrent()).isFalse();
    assertThat(on(dispatch, first::isCurrent)).isTrue();
    assertThat(first.isClosed()).isFalse();
  }

  @Test
  void waitingIsRefusedAndTheThreadIsUnharmed() throws Exception {
    WaitsOnALoop.assertRefused(dispatch, NAME);
  }

  @Test
  void dependentsRunOnTheDispatchThreadThatMadeTheCall() {
    Gate held = new Gate();
    CompletableFuture<List<Boolean>> dispatched =
        on(
            dispatch,
            () ->
                SyncToAsync.concurrent()
                    .call(
                        () -> {
                          held.pass();
                          return EventQueue.isDispatchThread();
                        })
                    .thenApply(body -> List.of(body, EventQueue.isDispatchThread())));
    held.open();

    assertThat(Patience.result(dispatched)).containsExactly(false, true);
  }

  @Test
  void blockingCodeCalledFromTheDispatchThreadGoesBackToIt() {
    CompletableFuture<Boolean> back =
        on(
            dispatch,
            () ->
                SyncToAsync.threadSensitive()
                    .call(
                        () ->
                            AsyncToSync.create()
                                .<Boolean>call(
                                    () ->
                                        CompletableFuture.completedFuture(
                                            EventQueue.isDispatchThread()))));

    assertThat(Patience.result(back)).isTrue();
  }

  @Test
  void aBlockingBodyThatRunsThereIsRefusedWhenItWaits() {
    CompletableFuture<String> body =
        SyncToAsync.on(dispatch)
            .call(
                () -> AsyncToSync.create().call(() -> CompletableFuture.completedFuture("waited")));

    assertThat(Patience.failure(body)).isInstanceOf(BridgeDeadlockException.class);
  }

  /** Bridge calls of a program that has no windows. */
  static final class WithoutWindows {
    public static void main(String[] args) {
      assertThat(EventLoop.current()).isEmpty();
      AsyncToSync.create().call(() -> SyncToAsync.concurrent().call(() -> "bridged"));
    }
  }

  @Test
  void aProgramWithoutWindowsDoesNotEvenLoadAwt() throws Exception {
    assertThat(ChildJvm.of(WithoutWindows.class).withVerbose("class").run())
        .contains("dev.trestle.bridge.swing.SwingEventLoopFinder ")
        .doesNotContain("java.awt.")
        .doesNotContain("sun.awt.");
  }
}
