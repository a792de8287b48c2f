package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ClosedLoopMessageTest {
  @Test
  void aClosedLoopSaysThatItDidNotAcceptTheTask() {
    EventLoopThread loop = EventLoopThread.start("http-1");
    loop.close();
    assertThatThrownBy(() -> loop.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("event loop 'http-1' is closed and did not accept a task");
  }
}
