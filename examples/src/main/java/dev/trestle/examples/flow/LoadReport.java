package dev.trestle.examples.flow;

import dev.trestle.examples.flow.Latencies.Summary;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;

/** Tells what came of a load test. */
final class LoadReport {
  private final PrintStream out;

  LoadReport(PrintStream out) {
    this.out = out;
  }

  void begin(LoadOptions options) {
    print(
        "JDK %s, %d processors, common pool of %d; steps of %d s, seed %d; %s",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ForkJoinPool.getCommonPoolParallelism(),
        options.seconds(),
        options.seed(),
        options.jdbcUrl() == null ? "H2 over TCP, in this JVM" : "PostgreSQL");
  }

  void quietHead() {
    print("");
    print("In quiet times, latencies in milliseconds");
    print(
        "%-16s %11s %8s %6s %7s %7s %7s %7s %7s  %s",
        "", "connections", "req/s", "ratio", "p50", "p90", "p99", "p99.9", "max", "answers");
  }

  /**
   * Tells of a step.
   *
   * @param ratio its requests in a second by those of the first contender
   */
  void quiet(LoadStep.Result result, double ratio) {
    Summary times = result.tally().latencies();
    print(
        "%-16s %11d %8.0f %6.2f %7s %7s %7s %7s %7s  %s",
        result.step().contender(),
        result.step().connections(),
        result.tally().perSecond(),
        ratio,
        Summary.millis(times.p50()),
        Summary.millis(times.p90()),
        Summary.millis(times.p99()),
        Summary.millis(times.p999()),
        Summary.millis(times.longest()),
        result.tally().endings());
    tellFindings(result.findings());
  }

  void faultyHead(int connections, Faults faults) {
    print("");
    print("While things go wrong, %d connections", connections);
    print("  %s", faults);
    print(
        "%-16s %8s %7s %7s %9s %5s %7s  %-25s %-25s %8s  %s",
        "",
        "req/s",
        "p50",
        "p99",
        "confirmed",
        "lost",
        "doubled",
        "unknown (there/not)",
        "failed (there/not)",
        "recovery",
        "answers");
  }

  void faulty(LoadStep.Result result) {
    Summary times = result.tally().latencies();
    SalesCheck.Result sales = result.sales();
    print(
        "%-16s %8.0f %7s %7s %9d %5d %7d  %-25s %-25s %5s ms  %s",
        result.step().contender(),
        result.tally().perSecond(),
        Summary.millis(times.p50()),
        Summary.millis(times.p99()),
        sales.confirmed(),
        sales.lost(),
        sales.doubled(),
        resolved(sales.unknown(), sales.unknownWritten()),
        resolved(sales.failed(), sales.failedWritten()),
        result.recovery().toMillis(),
        result.tally().endings());
    tellFindings(result.findings());
  }

  private static String resolved(int all, int there) {
    return all + " (" + there + "/" + (all - there) + ")";
  }

  private void tellFindings(List<String> findings) {
    findings.stream().limit(10).forEach(finding -> print("    ! %s", finding));
  }

  void end(List<LoadStep.Result> results) {
    print("");
    for (Contender contender : Contender.values()) {
      List<LoadStep.Result> own =
          results.stream().filter(result -> result.step().contender() == contender).toList();
      long failed = own.stream().filter(result -> !result.findings().isEmpty()).count();
      if (!own.isEmpty()) {
        print(
            "%-16s %s",
            contender,
            failed == 0 ? "all checks hold" : failed + " of " + own.size() + " steps fail");
      }
    }
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
