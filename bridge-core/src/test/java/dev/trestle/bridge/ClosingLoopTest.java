package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.PlainThread;
import dev.trestle.Waiting;
import dev.trestle.threadsensitive.BridgeException;
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
    PlainThread<Throwable> caller =
        PlainThread.start(
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
    Waiting.await(parked);
    loop.close();
    assertThat(caller.result()).isInstanceOf(BridgeException.class).hasMessageContaining("closed");
  }
}
