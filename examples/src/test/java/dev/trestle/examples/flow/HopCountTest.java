package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a request goes through the bridge, counted in a flight recording. */
class HopCountTest {
  private static final String HOP = "dev.trestle.Hop";
  private static final int REQUESTS = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Service service;
  private @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    service = Service.start(Database.embedded(), Service.Settings.DEFAULT);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aRequestThatNeverChangesColourMakesNoHop() throws Exception {
    assertThat(hops(Colour.ASYNC, "GET", "/health")).isEmpty();
    assertThat(hops(Colour.BLOCKING, "GET", "/health")).isEmpty();
    assertThat(hops(Colour.ASYNC, "GET", "/prices/7")).isEmpty();
    assertThat(hops(Colour.ASYNC, "GET", "/nowhere")).isEmpty();
  }

  @Test
  void aRequestMakesTheHopsThatItsChainSaysAndThoseOfItsView() throws Exception {
    assertThat(hops(Colour.ASYNC, "GET", "/orders/7")).isEqualTo(Map.of("to blocking", 1));
    assertThat(hops(Colour.BLOCKING, "GET", "/prices/7"))
        .as("one switch, in the call that gives it a limit")
        .isEqualTo(Map.of("to blocking", 1, "to async", 2));
    assertThat(hops(Colour.BLOCKING, "GET", "/orders/7"))
        .as("a permit, in that call")
        .isEqualTo(Map.of("to blocking", 2, "to async", 2));
    String order = "/orders?customer=ada&item=7&quantity=1";
    assertThat(hops(Colour.ASYNC, "POST", order))
        .as("two switches, two writes, one receipt")
        .isEqualTo(Map.of("to blocking", 4, "to async", 1));
  }

  /** How many hops of each direction one request makes; all of some make the same. */
  private Map<String, Integer> hops(Colour door, String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.at(door, path))
            .method(method, BodyPublishers.noBody())
            .build();
    Path file = Files.createTempFile(directory, "hops", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(HOP).withoutThreshold();
      recording.start();
      for (int i = 0; i < REQUESTS; i++) {
        http.send(request, BodyHandlers.ofString());
      }
      recording.stop();
      recording.dump(file);
    }
    Map<String, List<RecordedEvent>> byDirection =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals(HOP))
            .collect(Collectors.groupingBy(hop -> hop.getString("direction")));
    byDirection.values().forEach(all -> assertThat(all.size() % REQUESTS).isZero());
    return byDirection.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().size() / REQUESTS));
  }
}
