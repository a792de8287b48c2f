package dev.trestle.examples.flow;

import dev.trestle.examples.flow.Sales.Outcome;
import dev.trestle.examples.flow.Sales.Sale;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request of a load test.
 *
 * @param number of the item or the order that it is about
 * @param sale what it is to change; null if it only reads
 */
record Ask(Kind kind, String path, String body, int number, @Nullable Sale sale) {
  /**
   * Items up to this one are bought, and the others only uploaded, so that either can be summed.
   */
  static final int LAST_BOUGHT = 900;

  /** How many items an upload has. */
  static final int LINES = 5;

  private static final int MAX_QUANTITY = 3;

  /** What can be asked for, and how often in a thousand times. */
  enum Kind {
    BUY("POST", 300),
    FIND("GET", 350),
    PRICE("GET", 200),
    LIST("GET", 100),
    UPLOAD("POST", 45),
    EXPORT("GET", 5);

    final String method;
    private final int share;

    Kind(String method, int share) {
      this.method = method;
      this.share = share;
    }

    static Kind any(Random random) {
      int left = random.nextInt(1000);
      for (Kind kind : values()) {
        left -= kind.share;
        if (left < 0) {
          return kind;
        }
      }
      throw new IllegalStateException("the shares are " + left + " less than a thousand");
    }
  }

  static Ask of(Kind kind, Random random, Sales sales) {
    return switch (kind) {
      case BUY ->
          buy(sales.order(between(random, 2, LAST_BOUGHT), between(random, 1, MAX_QUANTITY)));
      case FIND -> get(kind, "/orders/", between(random, 1, Database.OLD_ORDERS));
      case PRICE -> get(kind, "/prices/", between(random, 1, Database.ITEMS));
      case LIST ->
          new Ask(
              kind,
              "/orders?customer=" + Customers.NAMES.get(random.nextInt(Customers.NAMES.size())),
              "",
              0,
              null);
      case UPLOAD ->
          upload(
              sales.upload(
                  between(random, LAST_BOUGHT + 1, Database.ITEMS - LINES + 1),
                  between(random, 1, MAX_QUANTITY)));
      case EXPORT -> new Ask(kind, "/export", "", 0, null);
    };
  }

  private static Ask buy(Sale sale) {
    String path =
        "/orders?customer=somebody&item="
            + sale.item
            + "&quantity="
            + sale.quantity
            + "&key="
            + sale.key();
    return new Ask(Kind.BUY, path, "", sale.item, sale);
  }

  private static Ask upload(Sale sale) {
    String lines =
        IntStream.range(0, LINES)
            .mapToObj(i -> sale.item + i + "," + sale.quantity)
            .collect(Collectors.joining("\n"));
    return new Ask(Kind.UPLOAD, "/stock", lines, sale.item, sale);
  }

  private static Ask get(Kind kind, String path, int number) {
    return new Ask(kind, path + number, "", number, null);
  }

  private static int between(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /**
   * Notes what an answer says of the sale.
   *
   * @return whether it is an answer to this, or a refusal
   */
  boolean isAnsweredBy(int status, Buffer answer) {
    if (sale != null) {
      sale.outcome = Outcome.of(status, answer.toString());
    }
    if (status >= 300) {
      return true;
    }
    return switch (kind) {
      case BUY -> isConfirmedBy(answer.toJsonObject());
      case FIND -> answer.toJsonObject().getLong("id") == number;
      case PRICE -> answer.toJsonObject().getInteger("cents") == Partner.priceOf(number);
      case LIST -> answer.toJsonArray().size() == Database.OLD_ORDERS / Customers.NAMES.size();
      case UPLOAD -> answer.toJsonObject().getInteger("lines") == LINES;
      case EXPORT -> answer.getByte(answer.length() - 1) == '\n';
    };
  }

  private boolean isConfirmedBy(JsonObject answer) {
    if (sale == null) {
      return false;
    }
    Order order = Order.of(answer);
    sale.id = order.id();
    return order.item() == sale.item
        && order.quantity() == sale.quantity
        && order.cents() == (long) sale.quantity * Partner.priceOf(sale.item);
  }
}
