package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The watchdog forgets a lane that is idle while something is queued there. */
@Tag("concurrency")
class BusyLaneAgainstOfferTest {
  private static final int ROUNDS = 30_000;

  /** Whose thread is busy, for all that the lane knows. */
  private final Lane lane = Lane.of(new Thread("busy"));

  @BeforeEach
  void lookOnlyWhenAsked() {
    Watchdog.setPatience(Duration.ofHours(1));
  }

  @AfterEach
  void lookAsUsual() {
    while (lane.poll(null) != null) {}
    Watchdog.setPatience(Duration.ofSeconds(5));
    BusyLanes.HOMES.look();
  }

  @Test
  void aLaneThatIsBusyAgainIsWatched() {
    Race.run(
        ROUNDS,
        round -> {
          while (lane.poll(null) != null) {} // it has run what it had
          return new BlockingCall<>(() -> round, null, CallOptions.DEFAULT);
        },
        call -> assertThat(lane.offer(call)).isTrue(),
        call -> BusyLanes.HOMES.lookAtEach(),
        call -> assertThat(isWatched()).isTrue());
  }

  private boolean isWatched() {
    for (BusyLanes.Busy busy : BusyLanes.HOMES.all()) {
      if (busy.lane() == lane) {
        return true;
      }
    }
    return false;
  }
}
