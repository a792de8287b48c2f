package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A property with a senseless value is warned about, and its default is used. */
class SenselessPropertyTest {
  /** A call of each kind, which work with the defaults. */
  static final class Calling {
    public static void main(String[] args) {
      Thread worker = Patience.result(SyncToAsync.concurrent().call(Thread::currentThread));
      boolean virtual = !worker.toString().startsWith("Thread[");
      System.out.println("virtual=" + virtual);
      assertThat(virtual).isEqualTo(Runtime.version().feature() >= 24);
      Patience.result(SyncToAsync.threadSensitive().call(() -> "shared"));
      assertThat(AsyncToSync.create().call(() -> CompletableFuture.completedFuture("value")))
          .isEqualTo("value");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "trestle.workers.virtual, maybe",
    "trestle.sharedThread, deny",
    "trestle.yields, -1",
    "trestle.yields, few",
    "trestle.maxNesting, 0",
    "trestle.maxNesting, -1",
    "trestle.maxNesting, many"
  })
  void itIsWarnedAboutAndTheDefaultIsUsed(String property, String value) throws Exception {
    assertThat(ChildJvm.of(Calling.class).with(property, value).run())
        .contains(property)
        .contains("'" + value + "'");
  }
}
