package dev.trestle.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds an event loop of ours is told by its line. */
class HeldLoopTest {
  private static final String HELD = "event loop 'held' has been held for PT";

  private final EventLoopThread loop = EventLoopThread.start("held");
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    loop.close();
  }

  @Test
  void aCallbackThatHoldsALoopWhileOthersWaitIsReportedWithItsLine() {
    try (LogLines log = new LogLines()) {
      loop.execute(this::holdInACallback);
      loop.execute(() -> {});
      await().until(() -> !log.warnings(HELD).isEmpty());
      assertThat(log.warnings(HELD).get(0))
          .contains(
              ", and others wait; it is held by HeldLoopTest.holdInACallback(HeldLoopTest.java:")
          .contains("\n    at ");
    }
  }

  private void holdInACallback() {
    try {
      assertThat(go.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTaskThatHoldsALoopWhileOthersWaitIsReportedWithItsLine() {
    try (LogLines log = new LogLines()) {
      CompletableFuture<Object> task = loop.start(this::holdInATask);
      loop.execute(() -> {});
      await().until(() -> !log.warnings(HELD).isEmpty());
      assertThat(log.warnings(HELD).get(0))
          .contains("it is held by HeldLoopTest.holdInATask(HeldLoopTest.java:");
      go.countDown();
      assertThat(Patience.result(task)).isEqualTo("held");
    }
  }

  private Object holdInATask() throws InterruptedException {
    assertThat(go.await(20, SECONDS)).isTrue();
    return "held";
  }

  @Test
  void aTaskThatAwaitsHoldsNothing() throws Exception {
    try (LogLines log = new LogLines()) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      CompletableFuture<String> task = loop.start(() -> Tasks.await(stage));
      for (int i = 0; i < 20; i++) {
        CompletableFuture<Object> beat = loop.start(() -> pause());
        assertThat(Patience.result(beat)).isEqualTo("beat");
      }
      stage.complete("free");
      assertThat(Patience.result(task)).isEqualTo("free");
      assertThat(log.warnings(HELD)).isEmpty();
    }
  }

  private static Object pause() {
    Tasks.sleep(Duration.ofMillis(10));
    return "beat";
  }

  @Test
  void aLoopThatWasHeldIsInTheFlightRecording(@TempDir Path directory) throws Exception {
    try (Recording recording = new Recording();
        LogLines log = new LogLines()) {
      recording.enable("dev.trestle.LoopHeld");
      recording.start();
      loop.execute(this::holdInACallback);
      loop.execute(() -> {});
      await().until(() -> !log.warnings(HELD).isEmpty());
      go.countDown();
      Path file = directory.resolve("held.jfr");
      Callable<List<RecordedEvent>> events =
          () -> {
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
          };
      await().until(() -> !events.call().isEmpty());
      RecordedEvent event = events.call().get(0);
      assertThat(event.getString("loop")).isEqualTo("held");
      assertThat(event.getString("line"))
          .startsWith("HeldLoopTest.holdInACallback(HeldLoopTest.java:");
      assertThat(event.getDuration("heldFor").toMillis()).isGreaterThanOrEqualTo(100);
      assertThat(Files.size(file)).isPositive();
    }
  }
}
