package dev.trestle.bridge;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flight recording of bridge calls. JDK 17 may lose a string of more than 16 characters that it
 * has recorded before, when a recording is dumped; so tests use short names, or each once.
 */
final class HopRecording implements AutoCloseable {
  private static final String NAME = "dev.trestle.Hop";

  private final Recording recording = new Recording();

  private HopRecording() {}

  static HopRecording start() {
    HopRecording started = new HopRecording();
    started.recording.enable(NAME);
    started.recording.start();
    return started;
  }

  /** What is recorded so far, in the order in which the calls were made. */
  List<RecordedEvent> hops() {
    try {
      Path file = Files.createTempFile("hops", ".jfr");
      try {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals(NAME)) // others are on as well
            .sorted(Comparator.comparing(hop -> hop.getLong("id")))
            .toList();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only call that is recorded; waits until one is. */
  RecordedEvent hop() {
    return hops(1).get(0);
  }

  /** All calls, when at least so many are recorded; fails if there are more. */
  List<RecordedEvent> hops(int number) {
    Callable<List<RecordedEvent>> recorded = this::hops;
    List<RecordedEvent> hops = await().until(recorded, list -> list.size() >= number);
    if (hops.size() > number) {
      throw new AssertionError("more than " + number + " calls: " + hops);
    }
    return hops;
  }

  @Override
  public void close() {
    recording.close();
  }
}
