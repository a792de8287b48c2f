package dev.trestle.examples.flow;

import dev.trestle.examples.flow.Customers.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A legacy shop, blocking and with transactions that are bound to their thread, behind two servers,
 * a blocking and an async one.
 *
 * <p>This class starts them, sends requests to both, and checks the answers. At its end it shows
 * what the checker says about a source that forgets to wait.
 */
public final class RequestFlow {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private RequestFlow() {}

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
    Service.Settings settings =
        Service.Settings.DEFAULT.withPorts(options.port(), options.blockingPort()).withTimeline();
    String url = options.jdbcUrl();
    try (Service service =
        Service.start(url == null ? Database.embedded() : Database.at(url), settings)) {
      Account account = new Account(out);
      account.begin(service);
      List<String> findings = tryOut(service, options.requests(), account);
      account.tellForgotten(ForgottenFuture.find());
      if (options.serve()) {
        account.tellWhereToPoint(service.async.port());
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
      account.tellSwitches(service.application);
      account.tellThreads(witness);
      account.tellWayOfOneRequest(witness);
      account.tellStall(service.loopWatch.longestStall());

      Audit audit = new Audit(service.database, answers, witness);
      List<String> findings = audit.run();
      account.tellAudit(audit.checks(), findings);
      return findings;
    }
  }

  private static List<Answer> sendRequests(Service service, int requests) throws SQLException {
    Customers customers = new Customers(service.async.port(), service.blocking.port());
    List<Errand> errands = Errand.ofAllKinds(requests);
    int cold = requests / 3;
    List<Answer> answers = new ArrayList<>(customers.send(errands.subList(0, cold)));
    service.loopWatch.restart();
    answers.addAll(customers.send(errands.subList(cold, requests)));
    return answers;
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
