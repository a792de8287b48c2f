package dev.trestle.examples.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was ordered and delivered in a load test, and what its clients know of each. */
final class Sales {
  private static final String KEY = "key-";

  private final List<Sale> orders = new ArrayList<>();
  private final List<Sale> uploads = new ArrayList<>();

  /** What a client knows. */
  enum Outcome {
    /** There was no answer, or one that leaves it open. */
    UNKNOWN,

    /** It was told that it was done. */
    CONFIRMED,

    /** It was told that this cannot be done. */
    REFUSED,

    /** It was told that this failed, and left no trace. */
    FAILED;

    static Outcome of(int status, String body) {
      return status < 300
          ? CONFIRMED
          : status < 500 ? REFUSED : body.contains("nothing was written") ? FAILED : UNKNOWN;
    }
  }

  /** An order, or an upload: of an item, or several from that one on. */
  static final class Sale {
    final int number;
    final int item;
    final int quantity;
    Outcome outcome = Outcome.UNKNOWN;

    /** What it was called in the answer. */
    long id;

    private Sale(int number, int item, int quantity) {
      this.number = number;
      this.item = item;
      this.quantity = quantity;
    }

    String key() {
      return KEY + number;
    }
  }

  Sale order(int item, int quantity) {
    return added(orders, item, quantity);
  }

  Sale upload(int item, int quantity) {
    return added(uploads, item, quantity);
  }

  private static Sale added(List<Sale> list, int item, int quantity) {
    Sale sale = new Sale(list.size(), item, quantity);
    list.add(sale);
    return sale;
  }

  List<Sale> orders() {
    return Collections.unmodifiableList(orders);
  }

  List<Sale> uploads() {
    return Collections.unmodifiableList(uploads);
  }

  /** The order that was sent with a key; null if none was. */
  @Nullable Sale ofKey(@Nullable String key) {
    if (key == null || !key.startsWith(KEY)) {
      return null;
    }
    int number = Integer.parseInt(key.substring(KEY.length()));
    return number < orders.size() ? orders.get(number) : null;
  }
}
