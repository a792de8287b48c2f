package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Nobody waits for ever for a loop that has closed. */
class ClosingLoopTest {
  private final EventLoopThread loop = EventLoopThread.start("L");

  // 24
  @Test
  void callerParkedOnALoopThatClosesIsReleasedWithAnException() throws Exception {
    CountDownLatch parked = new CountDownLatch(1);
    Bystander<Throwable> caller =
        Bystander.start(
            "caller",
            () ->
                catchThrowable(
                    () ->
                        AsyncToSync.on(loop)
                            .call(
                                () -> {
                                  parked.countDown();
                                  return new CompletableFuture<>();
                                })));
    Patience.await(parked);
    loop.close();
    assertThat(caller.result()).isInstanceOf(BridgeException.class).hasMessageContaining("closed");
  }

  // 24 ★
  @Test
  void eachOfSeveralCallersIsToldWhichLoopClosedAndWhichThreadWaited() {
    CountDownLatch parked = new CountDownLatch(4);
    List<Bystander<Object>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(
          Bystander.start(
              "caller-" + i,
              () ->
                  AsyncToSync.on(loop)
                      .call(
                          () -> {
                            parked.countDown();
                            return new CompletableFuture<>();
                          })));
    }
    Patience.await(parked);
    callers.forEach(Bystander::awaitParked);
    loop.close();
    for (Bystander<Object> caller : callers) {
      assertThat(caller.failure())
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("event loop 'L'")
          .hasMessageContaining("thread '" + caller.thread().getName() + "'");
    }
  }

  // 24 ★
  @Test
  void callerIsReleasedByALoopThatClosesItself() {
    Bystander<Object> caller =
        Bystander.start(
            "caller",
            () ->
                AsyncToSync.on(loop)
                    .call(
                        () -> {
                          loop.close();
                          return new CompletableFuture<>();
                        }));
    assertThat(caller.failure())
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("event loop 'L'")
        .hasMessageContaining("thread 'caller'");
  }

  // 24 ★
  @Test
  void callerThatIsBusyWithABodyIsToldWhenItIsDone() {
    Gate body = new Gate();
    Bystander<Object> caller =
        Bystander.start(
            "caller",
            () ->
                AsyncToSync.on(loop)
                    .call(
                        () -> {
                          var unused = SyncToAsync.threadSensitive().run(body::pass);
                          return new CompletableFuture<>();
                        }));
    assertThat(body.awaitReached()).isSameAs(caller.thread());
    loop.close();
    body.open();
    assertThat(caller.failure())
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("event loop 'L'")
        .hasMessageContaining("thread 'caller'");
  }
}
