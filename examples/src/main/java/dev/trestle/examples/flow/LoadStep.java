package dev.trestle.examples.flow;

import dev.trestle.bridge.Limiter;
import dev.trestle.bridge.Tasks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One contender under one load, for some time.
 *
 * @param faulty whether things go wrong meanwhile
 */
record LoadStep(Contender contender, int connections, Duration time, boolean faulty, long seed) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** So many looks in a row have to see the same. */
  private static final int QUIET_LOOKS = 10;

  private static final Duration MOST_WAITING = Duration.ofSeconds(30);

  /** What may happen to a request while all is well, and while it is not. */
  private static final Set<String> WELL = Set.of("200", "201");

  private static final Set<String> TOLERABLE = Set.of("200", "201", "503", "504", "cut", "gone");

  /**
   * What came of it.
   *
   * @param recovery how long it took until each kind of request was answered again
   * @param findings what is wrong
   */
  record Result(
      LoadStep step,
      Tally tally,
      SalesCheck.Result sales,
      Duration recovery,
      List<String> findings) {}

  /** Runs it with a fresh service and database. */
  Result run(Vertx vertx, DatabaseHost host) throws IOException, SQLException {
    Random random = new Random(seed);
    Sales sales = new Sales();
    List<String> findings = new ArrayList<>();
    try (Service service = Service.start(host.open(), contender.settings());
        Crowd crowd =
            new Crowd(
                vertx,
                connections,
                contender.port(service),
                faulty ? Faults.LEAVING : 0,
                random,
                sales)) {
      Duration warmUp = time.dividedBy(5);
      Future<?> faults =
          faulty
              ? new Faults(new Random(seed), time)
                  .happen(vertx, warmUp, host.relay, service.partner)
              : Future.succeededFuture();
      Future<Tally> requests = crowd.run(warmUp, time);
      Tally tally = join(faults.compose(happened -> requests));
      tally
          .endings()
          .forEach(
              (ending, count) -> {
                if (!(faulty ? TOLERABLE : WELL).contains(ending)) {
                  findings.add(count + " requests: " + ending);
                }
              });
      awaitQuiet(service.database, findings);
      Duration recovery = awaitAnswers(crowd, findings);
      SalesCheck.Result check = SalesCheck.of(service.database, sales);
      findings.addAll(check.findings());
      return new Result(this, tally, check, recovery, findings);
    }
  }

  /** Waits without the bridge, whose watchdog would tell of so long a wait. */
  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static void awaitQuiet(Database database, List<String> findings) throws SQLException {
    long end = System.nanoTime() + MOST_WAITING.toNanos();
    long before = -1;
    for (int quiet = 0; quiet < QUIET_LOOKS; ) {
      Tasks.sleep(LOOK_EVERY);
      long orders = database.number("select count(*) from orders");
      Limiter.Statistics limiter = database.limiter.statistics();
      int inUse = database.inUse();
      boolean idle = inUse + limiter.held() + limiter.waiting() == 0;
      quiet = idle && orders == before ? quiet + 1 : 0;
      before = orders;
      if (System.nanoTime() > end) {
        findings.add(
            "not quiet after "
                + MOST_WAITING.toSeconds()
                + " s: "
                + inUse
                + " connections in use, "
                + limiter);
        return;
      }
    }
  }

  private static Duration awaitAnswers(Crowd crowd, List<String> findings) {
    long start = System.nanoTime();
    while (true) {
      List<String> failed = join(crowd.tryEach());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (failed.isEmpty()) {
        return took;
      }
      if (took.compareTo(MOST_WAITING) > 0) {
        findings.add("does not answer again: " + failed);
        return took;
      }
      Tasks.sleep(LOOK_EVERY);
    }
  }
}
