package dev.trestle.examples.flow;

import dev.trestle.examples.flow.Sales.Outcome;
import dev.trestle.examples.flow.Sales.Sale;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Holds what clients know of their orders and uploads against the database. */
final class SalesCheck {
  private final Database database;
  private final Sales sales;
  private final BitSet written = new BitSet();
  private final List<String> findings = new ArrayList<>();
  private long taken;
  private int doubled;

  private SalesCheck(Database database, Sales sales) {
    this.database = database;
    this.sales = sales;
  }

  /**
   * What came of all orders.
   *
   * @param lost confirmed, and not there
   * @param doubled there more than once
   * @param unknown those whose clients do not know
   * @param unknownWritten how many of these are there
   * @param failed those whose clients were told that nothing was written
   * @param failedWritten how many of these are there all the same
   * @param findings what is wrong, in words
   */
  record Result(
      int confirmed,
      int lost,
      int doubled,
      int unknown,
      int unknownWritten,
      int failed,
      int failedWritten,
      List<String> findings) {}

  /** To be called when nothing is written any more. */
  static Result of(Database database, Sales sales) throws SQLException {
    return new SalesCheck(database, sales).run();
  }

  private Result run() throws SQLException {
    database.read(
        "select id, item, quantity, cents, order_key from orders where id > " + Database.OLD_ORDERS,
        this::look);
    checkStock();
    int lost = 0;
    for (Sale sale : sales.orders()) {
      if (sale.outcome == Outcome.CONFIRMED && !written.get(sale.number)) {
        lost++;
      }
    }
    find(lost > 0, lost + " confirmed orders are not in the database");
    find(doubled > 0, doubled + " orders are there more than once");
    int refused = count(Outcome.REFUSED, true);
    find(refused > 0, refused + " refused orders were written");
    return new Result(
        count(Outcome.CONFIRMED, false),
        lost,
        doubled,
        count(Outcome.UNKNOWN, false),
        count(Outcome.UNKNOWN, true),
        count(Outcome.FAILED, false),
        count(Outcome.FAILED, true),
        List.copyOf(findings));
  }

  private int count(Outcome outcome, boolean onlyWritten) {
    return (int)
        sales.orders().stream()
            .filter(sale -> sale.outcome == outcome)
            .filter(sale -> !onlyWritten || written.get(sale.number))
            .count();
  }

  private void look(ResultSet row) throws SQLException {
    int quantity = row.getInt("quantity");
    taken += quantity;
    Sale sale = sales.ofKey(row.getString("order_key"));
    if (sale == null) {
      findings.add("nobody sent the key " + row.getString("order_key"));
      return;
    }
    if (written.get(sale.number)) {
      doubled++;
    }
    written.set(sale.number);
    find(
        row.getInt("item") != sale.item
            || quantity != sale.quantity
            || row.getLong("cents") != (long) quantity * Partner.priceOf(sale.item)
            || (sale.outcome == Outcome.CONFIRMED && row.getLong("id") != sale.id),
        "the order " + sale.key() + " is not the one that was sent and confirmed");
  }

  private void checkStock() throws SQLException {
    long left = database.number("select sum(stock) from items where id <= " + Ask.LAST_BOUGHT);
    long gone = (Ask.LAST_BOUGHT - 1L) * Database.STOCK - left;
    find(gone != taken, gone + " items have left the stock, but " + taken + " were ordered");

    long most = 0;
    long least = 0;
    for (Sale upload : sales.uploads()) {
      long all = (long) Ask.LINES * upload.quantity;
      least += upload.outcome == Outcome.CONFIRMED ? all : 0;
      most += upload.outcome == Outcome.REFUSED ? 0 : all;
    }
    long stock = database.number("select sum(stock) from items where id > " + Ask.LAST_BOUGHT);
    long come = stock - ((long) Database.ITEMS - Ask.LAST_BOUGHT) * Database.STOCK;
    find(
        come < least || come > most,
        come + " items were added, but from " + least + " to " + most + " were uploaded");
  }

  private void find(boolean wrong, String finding) {
    if (wrong) {
      findings.add(finding);
    }
  }
}
