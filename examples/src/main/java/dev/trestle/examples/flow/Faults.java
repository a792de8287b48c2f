package dev.trestle.examples.flow;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What goes wrong during a step of a load test, and when. */
final class Faults {
  /** For one in so many requests the client goes away. */
  static final int LEAVING = 50;

  private static final int KILLED = 20;
  private static final Duration SLOW = Duration.ofMillis(200);

  private final List<Fault> timeline = new ArrayList<>();

  private enum Kind {
    DATABASE_STOPS,
    DATABASE_STARTS,
    CONNECTION_KILLED,
    PARTNER_SLOW,
    PARTNER_WELL
  }

  private record Fault(Kind kind, long atMillis, int choice) {
    Future<?> perform(Relay relay, Partner partner) {
      return switch (kind) {
        case DATABASE_STOPS -> relay.cut();
        case DATABASE_STARTS -> relay.open();
        case CONNECTION_KILLED -> relay.killOne(choice);
        case PARTNER_SLOW -> slow(partner, SLOW);
        case PARTNER_WELL -> slow(partner, Duration.ZERO);
      };
    }

    private static Future<?> slow(Partner partner, Duration time) {
      partner.answerAfter(time);
      return Future.succeededFuture();
    }
  }

  /** All faults, spread at random over a time; each of them is over before that is. */
  Faults(Random random, Duration time) {
    long all = time.toMillis();
    addPair(Kind.PARTNER_SLOW, Kind.PARTNER_WELL, random, all / 10, all / 7);
    addPair(Kind.DATABASE_STOPS, Kind.DATABASE_STARTS, random, all * 4 / 10, all / 7);
    addPair(Kind.DATABASE_STOPS, Kind.DATABASE_STARTS, random, all * 7 / 10, all / 15);
    for (int i = 0; i < KILLED; i++) {
      add(Kind.CONNECTION_KILLED, (long) (random.nextDouble() * all * 0.95), random.nextInt());
    }
  }

  private void addPair(Kind begin, Kind end, Random random, long atMillis, long lasting) {
    long begins = atMillis + (long) (random.nextDouble() * lasting);
    add(begin, begins, 0);
    add(end, begins + lasting, 0);
  }

  private void add(Kind kind, long atMillis, int choice) {
    timeline.add(new Fault(kind, atMillis, choice));
  }

  /**
   * Lets it happen.
   *
   * @param wait how long from now the time begins
   * @return completes when it is over
   */
  Future<?> happen(Vertx vertx, Duration wait, Relay relay, Partner partner) {
    return Future.join(
        timeline.stream()
            .map(
                fault ->
                    vertx
                        .timer(wait.toMillis() + fault.atMillis + 1, TimeUnit.MILLISECONDS)
                        .compose(now -> fault.perform(relay, partner)))
            .toList());
  }

  @Override
  public String toString() {
    return timeline.stream()
            .filter(fault -> fault.kind != Kind.CONNECTION_KILLED)
            .map(
                fault ->
                    String.format(Locale.ROOT, "%.1f s %s", fault.atMillis / 1e3, fault.kind)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '))
            .collect(Collectors.joining(", "))
        + "; "
        + KILLED
        + " connections killed; one in "
        + LEAVING
        + " clients goes away";
  }
}
