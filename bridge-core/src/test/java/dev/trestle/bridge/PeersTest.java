package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class PeersTest {
  @Test
  void plainThreadHasNoLoop() {
    assertThat(dev.trestle.bridge.vertx.Skeleton.current()).isEmpty();
    assertThat(dev.trestle.bridge.netty.Skeleton.current()).isEmpty();
  }

  @Test
  void mocksWorkWithoutWarnings() {
    Executor executor = mock(Executor.class);
    Runnable task = () -> {};
    executor.execute(task);
    verify(executor).execute(task);
  }
}
