package dev.trestle.examples.flow;

import dev.trestle.examples.flow.Customers.Answer;
import dev.trestle.examples.flow.Errand.Kind;
import dev.trestle.examples.flow.LogWitness.Line;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what happened, to a person. */
final class Account {
  private static final Path LOG = Path.of("target", "request-flow.log"); // as in logback.xml

  private static final int WIDTH = 90;

  private final PrintStream out;

  Account(PrintStream out) {
    this.out = out;
  }

  void begin(Service service) {
    print("One application behind two servers");
    print(
        "  blocking  http://localhost:%d  Jetty, a thread for each request",
        service.blocking.port());
    print("  async     http://localhost:%d  Vert.x, one event loop", service.async.port());
    print("JDK %s, %d processors", Runtime.version(), Runtime.getRuntime().availableProcessors());
  }

  void tellAnswers(List<Answer> answers, Duration took) {
    print("");
    print(
        "%,d requests, %d at once, in %.2f s",
        answers.size(), Customers.AT_ONCE, took.toNanos() / 1e9);
    for (Kind kind : Kind.values()) {
      long count =
          answers.stream().filter(a -> a.errand().kind() == kind && a.isAsExpected()).count();
      print("%,8d  %d  %-20s %s", count, kind.status, kind.meaning, kind.transaction);
    }
  }

  void tellThreads(LogWitness witness) {
    List<Line> lines = witness.lines();
    print("");
    print("Which threads ran what, by their %,d lines in the log", lines.size());
    tellRole(lines, "servlet", "all of a request, by the blocking door");
    tellRole(lines, "loop", "HTTP and the partner, by the async door");
    tellRole(lines, "home", "its transactions");
    tellRole(lines, "worker", "receipts, by either");
    print(
        "%,d transactions committed, %,d rolled back; %,d of %,d transactions stayed on one thread",
        lines.stream().filter(line -> line.text().equals("committed")).count(),
        lines.stream().filter(line -> line.text().equals("rolled back")).count(),
        witness.homes().values().stream().filter(homes -> homes.size() == 1).count(),
        witness.homes().size());
  }

  private void tellRole(List<Line> lines, String role, String work) {
    List<String> threads =
        lines.stream().filter(line -> line.role().equals(role)).map(Line::thread).toList();
    List<String> names = threads.stream().distinct().sorted().toList();
    print(
        "%8s  %-39s %,6d lines on %s",
        role,
        work,
        threads.size(),
        names.size() == 1
            ? names.get(0)
            : names.isEmpty()
                ? "no thread"
                : String.format(Locale.ROOT, "%,d threads, such as ", names.size()) + names.get(0));
  }

  void tellWayOfOneRequest(LogWitness witness) {
    List<Line> lines = witness.lines();
    lines.stream()
        .filter(line -> line.isJdbc() && line.text().endsWith(Partner.BROKE))
        .map(Line::request)
        .findFirst()
        .ifPresent(
            request -> {
              print("");
              print("The way of request %s, whose payment was declined", request);
              lines.stream()
                  .filter(line -> line.request().equals(request))
                  .forEach(line -> print("  %-26s %s", line.thread(), line.text()));
            });
    print("All others are in %s", LOG.toAbsolutePath());
  }

  void tellStall(Duration longest) {
    print("");
    print("The loop's longest stall, once warm: %.1f ms", longest.toNanos() / 1e6);
  }

  /** What a request does on its way in, where that is not the same for all. */
  void tellSwitches(Application application) {
    print("");
    print("Where requests change colour (GET /switches says it too)");
    for (String line : application.describeSwitches()) {
      print("  %s", line);
    }
  }

  void tellAudit(int checks, List<String> findings) {
    if (findings.isEmpty()) {
      print("All %,d checks against the database and the log hold.", checks);
    } else {
      print("%,d of %,d checks FAILED:", findings.size(), checks);
      findings.stream().limit(10).forEach(finding -> print("  %s", finding));
    }
  }

  void tellForgotten(ForgottenFuture forgotten) {
    print("");
    print(
        "What the compiler says, with the checker as its plugin, about a future that nobody awaits");
    wrapped(forgotten.message()).forEach(line -> print("  %s", line));
    print("    bad    %s", forgotten.bad());
    print("    fixed  %s", forgotten.fixed());
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  void tellWhereToPoint(int port) {
    print("");
    print("Serving until Ctrl-C. Point a browser or curl at");
    print("  http://localhost:%d/timeline, while you send requests such as", port);
    print("  curl localhost:%d/orders/7", port);
    print("  curl -X POST 'localhost:%d/orders?customer=ada&item=7&quantity=2'", port);
    print("  curl localhost:%d/slow", port);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
