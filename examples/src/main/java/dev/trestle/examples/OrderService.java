package dev.trestle.examples;

import dev.trestle.examples.Customers.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.MDC;

/**
 * A legacy order service, blocking and with a transaction that is bound to its thread, behind an
 * async server; and a blocking report job that fetches from that server with an async client.
 *
 * <p>Read {@code OrderServer} and {@code Shop} first, then {@code ReportJob}: that is where
 * blocking and async code call each other. This class starts them, sends requests, and checks the
 * answers. At its end it shows what the checker says about a source that forgets to wait.
 */
public final class OrderService {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int IN_VAIN = 12;

  private OrderService() {}

  /**
   * Runs the service, and ends the JVM: with 0 if every check holds, 1 if one fails, 2 if the
   * arguments are wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    if (List.of(args).contains("--help")) {
      out.print(Options.USAGE);
      return OK;
    }
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(Options.USAGE);
      return USAGE;
    }
    try {
      return run(out, options);
    } catch (IOException e) {
      err.println("the server could not start: " + e.getMessage() + "; try another --port");
      return FAILED;
    } catch (SQLException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int run(PrintStream out, Options options)
      throws IOException, SQLException, GeneralSecurityException {
    try (Service service = Service.start(options.port())) {
      int port = service.server.port();
      Account account = new Account(out);
      account.begin(port);
      List<String> findings = tryOut(service, options.requests(), account);
      account.tellForgotten(ForgottenFuture.find());
      if (options.serve()) {
        account.tellWhereToPoint(port);
        awaitInterrupt();
      }
      return findings.isEmpty() ? OK : FAILED;
    }
  }

  private static List<String> tryOut(Service service, int requests, Account account)
      throws SQLException, GeneralSecurityException {
    try (LogWitness witness = LogWitness.attach()) {
      long start = System.nanoTime();
      List<Answer> answers = sendRequests(service, requests);
      account.tellAnswers(answers, Duration.ofNanos(System.nanoTime() - start));
      List<String> unexpected =
          answers.stream().filter(a -> !a.isAsExpected()).map(Answer::toString).toList();
      if (!unexpected.isEmpty()) {
        account.tellAudit(answers.size(), unexpected);
        return unexpected;
      }

      long here = reportHere(service.server.port());
      long there = reportInsideOfARequest(service.server.port());
      account.tellThreads(witness);
      account.tellWayOfOneRequest(witness);
      account.tellStall(service.loopWatch.longestStall());
      account.tellReport(here);

      Audit audit = new Audit(service.database, answers, witness);
      List<String> findings = audit.run(here, there);
      account.tellAudit(audit.checks(), findings);
      return findings;
    }
  }

  private static List<Answer> sendRequests(Service service, int requests) throws SQLException {
    Customers customers = new Customers(service.server.port());
    List<Errand> errands = Errand.ofAllKinds(requests);
    int cold = requests / 3;
    List<Answer> answers = new ArrayList<>(customers.send(errands.subList(0, cold)));
    service.loopWatch.restart();
    answers.addAll(customers.send(errands.subList(cold, requests)));
    try (Database.Maintenance maintenance = service.database.startMaintenance()) {
      answers.addAll(customers.send(Errand.inVain(IN_VAIN)));
    }
    return answers;
  }

  private static long reportHere(int port) {
    try (MDC.MDCCloseable id = MDC.putCloseable(OrderServer.REQUEST, "report")) {
      return new ReportJob(port).revenue();
    }
  }

  private static long reportInsideOfARequest(int port) {
    Errand report = new Errand(Errand.Kind.LOOK, "GET", "/report");
    return new Customers(port).send(List.of(report)).get(0).json().getLong("cents");
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
