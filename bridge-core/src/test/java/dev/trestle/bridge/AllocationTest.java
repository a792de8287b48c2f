package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What a call keeps in memory while it waits in a queue. */
class AllocationTest {
  private static final Pattern HISTOGRAM_LINE =
      Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(dev\\.trestle\\.\\S+).*");
  private static final String CALL = "dev.trestle.threadsensitive.BlockingCall";
  private static final int CALLS = 20_000;

  @Test
  void aSyncToAsyncCallIsItsFutureAndOneContext() throws Exception {
    SyncToAsync blocking = SyncToAsync.on(task -> {});
    CompletableFuture<?>[] calls = new CompletableFuture<?>[CALLS];
    Map<String, Integer> before = instances();
    for (int i = 0; i < CALLS; i++) {
      calls[i] = blocking.call(() -> 1);
    }
    Map<String, Integer> perCall = new HashMap<>();
    Map<String, Integer> after = instances();
    assertThat(after).as("a histogram of this moment").isNotEmpty();
    after.forEach(
        (type, count) -> {
          int made = (count - before.getOrDefault(type, 0)) / CALLS;
          if (made > 0) {
            perCall.put(type.substring(type.lastIndexOf('.') + 1), made);
          }
        });
    assertThat(calls).doesNotContainNull();
    // The values of MDC, which has an accessor wherever there is a logging backend.
    assertThat(perCall)
        .containsOnly(
            Map.entry("BlockingCall", 1), Map.entry("Context", 1), Map.entry("ThreadLocals", 1));
  }

  @Test
  void aCallThatNobodyRecordsHasNoRoomForTheRecorderBeyondWhatWasFree() throws Exception {
    CompletableFuture<Integer> call = SyncToAsync.on(task -> {}).call(() -> 1);
    assertThat(histogram(Histogram::bytesEach)).containsEntry(CALL, 96);
    assertThat(call).isNotDone();
  }

  private interface Histogram {
    int of(int instances, int bytes);

    static int bytesEach(int instances, int bytes) {
      return bytes / instances;
    }
  }

  /** How many objects of each class of ours are reachable. */
  private static Map<String, Integer> instances() throws Exception {
    return histogram((instances, bytes) -> instances);
  }

  private static Map<String, Integer> histogram(Histogram column) throws Exception {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    Map<String, Integer> counts = new HashMap<>();
    for (String line : histogram.toString().split("\n")) {
      Matcher found = HISTOGRAM_LINE.matcher(line);
      if (found.matches()) {
        counts.put(
            found.group(3),
            column.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
      }
    }
    return counts;
  }
}
