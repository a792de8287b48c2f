package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.FakeTracer;
import dev.trestle.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 29: a bridge call leaves the caller's own span open, and closes none on a worker. */
class TracerAcrossBridgesTest {
  private final FakeTracer tracer = FakeTracer.register();

  @AfterEach
  void unregister() {
    tracer.close();
  }

  @Test
  void theSpanOfABlockedCallerIsStillOpenAfterItRanWorkItself() {
    tracer.open("request");
    String seen = AsyncToSync.create().call(() -> SyncToAsync.threadSensitive().call(tracer::span));
    assertThat(seen).isEqualTo("request");
    assertThat(tracer.span()).isEqualTo("request");
    tracer.closeScope();
    assertThat(tracer.mistakes()).isEmpty();
  }

  @Test
  void aCallWithoutASpanClosesNoneOnTheWorker() {
    Patience.result(SyncToAsync.concurrent().call(tracer::span));
    assertThat(tracer.mistakes()).isEmpty();
  }
}
