package dev.trestle.examples.flow;

import java.util.List;
import java.util.stream.IntStream;

/** One thing that a customer wants of the server. */
record Errand(Kind kind, String method, String path) {
  private static final int KINDS = 10;

  /** What should come of it. */
  enum Kind {
    BUY(201, "bought", "committed"),
    LOOK(200, "found an order", "read only"),
    WRONG_NUMBER(404, "no such order", "rolled back"),
    MISTAKE(400, "a quantity of 0", "rolled back"),
    SOLD_OUT(409, "sold out", "rolled back"),
    BROKE(402, "payment declined", "rolled back, with the order already written"),
    BLOCKED(403, "not in good standing", "refused before it began");

    final int status;
    final String meaning;
    final String transaction;

    Kind(int status, String meaning, String transaction) {
      this.status = status;
      this.meaning = meaning;
      this.transaction = transaction;
    }
  }

  /** Errands of every kind, four in ten of them to buy something. */
  static List<Errand> ofAllKinds(int count) {
    return IntStream.range(0, count).mapToObj(Errand::ofAnyKind).toList();
  }

  private static Errand ofAnyKind(int i) {
    return switch (i % KINDS) {
      case 1 -> new Errand(Kind.LOOK, "GET", "/orders/" + (1 + i % Database.OLD_ORDERS));
      case 3 -> new Errand(Kind.WRONG_NUMBER, "GET", "/orders/" + (1_000_000_000 + i));
      case 5 -> buy(Kind.MISTAKE, name(i), item(i), 0);
      case 7 -> buy(Kind.SOLD_OUT, name(i), Database.SOLD_OUT_ITEM, 1);
      case 9 -> buy(Kind.BROKE, Partner.BROKE, item(i), 1);
      case 8 -> buy(Kind.BLOCKED, Partner.BLOCKED, item(i), 1);
      default -> buy(Kind.BUY, name(i), item(i), 1 + i % 3);
    };
  }

  private static Errand buy(Kind kind, String customer, int item, int quantity) {
    return new Errand(
        kind, "POST", "/orders?customer=" + customer + "&item=" + item + "&quantity=" + quantity);
  }

  private static String name(int i) {
    return Customers.NAMES.get(i / KINDS % Customers.NAMES.size());
  }

  private static int item(int i) {
    return 2 + i % (Database.ITEMS - 1);
  }
}
