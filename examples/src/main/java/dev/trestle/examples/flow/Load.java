package dev.trestle.examples.flow;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.vertx.VertxFutures;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The request flow under load, served in several ways: how fast each is, and whether it loses
 * anything when things go wrong.
 */
public final class Load {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int FAULTY_CONNECTIONS = 64;
  private static final int WARM_UP_CONNECTIONS = 16;
  private static final int WARM_UP_SECONDS = 2;

  private final LoadOptions options;
  private final LoadReport report;
  private final Vertx vertx;
  private final DatabaseHost host;

  private Load(PrintStream out, LoadOptions options, Vertx vertx, DatabaseHost host) {
    this.options = options;
    this.report = new LoadReport(out);
    this.vertx = vertx;
    this.host = host;
  }

  /**
   * Runs the load test, and ends the JVM: with 0 if every check holds for Trestle, 1 if one fails,
   * 2 if the arguments are wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) throws IOException, SQLException {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args)
      throws IOException, SQLException {
    if (List.of(args).contains("--help")) {
      out.print(LoadOptions.USAGE);
      return OK;
    }
    LoadOptions options;
    try {
      options = LoadOptions.of(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(LoadOptions.USAGE);
      return USAGE;
    }
    List<LoadStep.Result> results = run(out, options);
    return results.stream()
            .filter(result -> result.step().contender() == Contender.TRESTLE)
            .allMatch(result -> result.findings().isEmpty())
        ? OK
        : FAILED;
  }

  static List<LoadStep.Result> run(PrintStream out, LoadOptions options)
      throws IOException, SQLException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try (QuietLog quiet = new QuietLog();
        DatabaseHost host =
            options.jdbcUrl() == null ? DatabaseHost.h2() : DatabaseHost.at(options.jdbcUrl())) {
      return new Load(out, options, vertx, host).run();
    } finally {
      AsyncToSync.create().call(() -> VertxFutures.toStage(vertx.close()));
    }
  }

  private List<LoadStep.Result> run() throws IOException, SQLException {
    report.begin(options);
    Duration warmUp = Duration.ofSeconds(Math.min(WARM_UP_SECONDS, options.seconds()));
    for (Contender contender : options.contenders()) {
      step(contender, WARM_UP_CONNECTIONS, warmUp, false);
    }
    List<LoadStep.Result> results = new ArrayList<>();
    report.quietHead();
    for (int connections : options.connections()) {
      double first = 0;
      for (Contender contender : options.contenders()) {
        LoadStep.Result result =
            step(contender, connections, Duration.ofSeconds(options.seconds()), false);
        first = first == 0 ? result.tally().perSecond() : first;
        report.quiet(result, result.tally().perSecond() / first);
        results.add(result);
      }
    }
    results.addAll(runFaulty());
    report.end(results);
    return results;
  }

  private List<LoadStep.Result> runFaulty() throws IOException, SQLException {
    int connections = Math.min(FAULTY_CONNECTIONS, Collections.max(options.connections()));
    Duration time = Duration.ofSeconds(2L * options.seconds());
    List<LoadStep.Result> results = new ArrayList<>();
    report.faultyHead(connections, new Faults(new Random(options.seed()), time));
    for (Contender contender : options.contenders()) {
      LoadStep.Result result = step(contender, connections, time, true);
      report.faulty(result);
      results.add(result);
    }
    return results;
  }

  private LoadStep.Result step(Contender contender, int connections, Duration time, boolean faulty)
      throws IOException, SQLException {
    return new LoadStep(contender, connections, time, faulty, options.seed()).run(vertx, host);
  }
}
