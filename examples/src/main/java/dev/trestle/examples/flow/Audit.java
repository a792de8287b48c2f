package dev.trestle.examples.flow;

import dev.trestle.examples.flow.Customers.Answer;
import dev.trestle.examples.flow.Errand.Kind;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Holds what the customers were told against the database and the log. */
final class Audit {
  private final Database database;
  private final List<Answer> answers;
  private final LogWitness witness;

  /** As it was before this audit wrote to it too. */
  private final List<LogWitness.Line> log;

  private final List<String> findings = new ArrayList<>();
  private int checks;

  Audit(Database database, List<Answer> answers, LogWitness witness) {
    this.database = database;
    this.answers = answers;
    this.witness = witness;
    this.log = witness.lines();
  }

  int checks() {
    return checks;
  }

  /** Returns what is wrong: nothing, if all is well. */
  List<String> run() throws SQLException, GeneralSecurityException {
    checkAnswers();
    checkOrders();
    checkLog();
    return findings;
  }

  private void checkAnswers() {
    for (Answer answer : answers) {
      check(
          answer.status() < 400 || !answer.json().getString("reason").isBlank(),
          "no reason: " + answer);
    }
  }

  private void checkOrders() throws SQLException, GeneralSecurityException {
    long bought = 0;
    long items = 0;
    for (Answer answer : answers) {
      if (answer.status() == Kind.BUY.status) {
        JsonObject told = answer.json();
        Order order = Order.of(told);
        bought++;
        items += order.quantity();
        check(database.has(order), "not in the database: " + order);
        check(
            order.cents() == (long) order.quantity() * Partner.priceOf(order.item()),
            "not the price of " + order);
        check(
            Receipts.sign(order).equals(told.getString("receipt")), "not the receipt of " + order);
      }
    }
    long written = database.number("select count(*) from orders") - Database.OLD_ORDERS;
    check(written == bought, written + " orders were written, but " + bought + " confirmed");
    long gone = Database.STOCK_IN_ALL - database.number("select sum(stock) from items");
    check(gone == items, gone + " items have left the stock, but " + items + " were sold");
  }

  private void checkLog() {
    log.forEach(
        line -> {
          check(!line.request().isEmpty(), "a log line without a request's id: " + line);
          check(
              !line.isJdbc() || line.role().equals("home") || line.role().equals("servlet"),
              "JDBC elsewhere: " + line);
        });
    witness
        .homes()
        .forEach(
            (request, homes) ->
                check(homes.size() == 1, "request " + request + " had the threads " + homes));
  }

  private void check(boolean holds, String finding) {
    checks++;
    if (!holds) {
      findings.add(finding);
    }
  }
}
