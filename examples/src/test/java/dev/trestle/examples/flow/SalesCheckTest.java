package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.examples.flow.Sales.Outcome;
import dev.trestle.examples.flow.Sales.Sale;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The check finds what a load test is there to find. */
class SalesCheckTest {
  private final Database database;
  private final Sales sales = new Sales();
  private final Sale sale = sales.order(7, 2);

  SalesCheckTest() throws SQLException {
    database = Database.embedded();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void allIsWell() throws SQLException {
    write(7, 2, 338, "key-0");
    takeFromStock(7, 2);
    confirm();

    SalesCheck.Result result = SalesCheck.of(database, sales);
    assertThat(result.findings()).isEmpty();
    assertThat(result.confirmed()).isEqualTo(1);
  }

  @Test
  void aConfirmedOrderIsLost() throws SQLException {
    confirm();

    SalesCheck.Result result = SalesCheck.of(database, sales);
    assertThat(result.lost()).isEqualTo(1);
    assertThat(result.findings()).containsExactly("1 confirmed orders are not in the database");
  }

  @Test
  void anOrderIsThereTwice() throws SQLException {
    execute("alter table orders drop column order_key");
    execute("alter table orders add column order_key varchar(60)");
    write(7, 2, 338, "key-0");
    write(7, 2, 338, "key-0");
    takeFromStock(7, 4);

    SalesCheck.Result result = SalesCheck.of(database, sales);
    assertThat(result.doubled()).isEqualTo(1);
    assertThat(result.findings()).containsExactly("1 orders are there more than once");
  }

  @Test
  void stockIsGoneForNothing() throws SQLException {
    takeFromStock(7, 2);

    assertThat(SalesCheck.of(database, sales).findings())
        .containsExactly("2 items have left the stock, but 0 were ordered");
  }

  @Test
  void thePriceIsWrongAndTheKeyIsNobodys() throws SQLException {
    write(7, 2, 337, "key-0");
    write(7, 1, 169, "key-1");
    takeFromStock(7, 3);

    assertThat(SalesCheck.of(database, sales).findings())
        .containsExactlyInAnyOrder(
            "the order key-0 is not the one that was sent and confirmed",
            "nobody sent the key key-1");
  }

  @Test
  void aRefusedOrderIsWrittenAndOneThatFailedIsCounted() throws SQLException {
    Sale failed = sales.order(7, 1);
    failed.outcome = Outcome.of(503, "the database is not available; nothing was written");
    sale.outcome = Outcome.of(409, "");
    write(7, 2, 338, "key-0");
    write(7, 1, 169, "key-1");
    takeFromStock(7, 3);

    SalesCheck.Result result = SalesCheck.of(database, sales);
    assertThat(result.findings()).containsExactly("1 refused orders were written");
    assertThat(result.failedWritten()).isEqualTo(1);
  }

  @Test
  void anUploadWhoseOutcomeIsUnknownMayBeThereOrNot() throws SQLException {
    sales.upload(950, 3).outcome = Outcome.CONFIRMED;
    sales.upload(960, 1);
    takeFromStock(950, -15);
    assertThat(SalesCheck.of(database, sales).findings()).isEmpty();

    takeFromStock(960, -5);
    assertThat(SalesCheck.of(database, sales).findings()).isEmpty();

    takeFromStock(960, -1);
    assertThat(SalesCheck.of(database, sales).findings())
        .containsExactly("21 items were added, but from 15 to 20 were uploaded");
  }

  private void confirm() {
    sale.outcome = Outcome.of(201, "");
    sale.id = Database.OLD_ORDERS + 1;
  }

  private void write(int item, int quantity, int cents, String key) throws SQLException {
    execute(
        "insert into orders (customer, item, quantity, cents, order_key) values ('ada', "
            + item
            + ", "
            + quantity
            + ", "
            + cents
            + ", '"
            + key
            + "')");
  }

  private void takeFromStock(int item, int quantity) throws SQLException {
    execute("update items set stock = stock - " + quantity + " where id = " + item);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }
}
