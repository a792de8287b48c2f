package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import org.junit.jupiter.api.Test;

/** A lane that once got no thread, and was then closed, is closed: more memory would not help. */
class LaneClosedWithoutThreadTest {
  @Test
  void itSaysThatItIsClosed() {
    ServedLane lane =
        ServedLane.startedBy(
            serve -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            "the lane");
    assertThat(lane.offer(new Task(() -> {}))).isFalse();
    Patience.result(lane.close());
    assertThat(lane.offer(new Task(() -> {}))).isFalse();
    assertThat(lane.refusal()).hasMessageContaining("the lane is closed");
  }
}
