package dev.trestle.examples.flow;

import io.vertx.core.json.JsonObject;

/** What a customer has bought. */
record Order(long id, String customer, int item, int quantity, long cents) {
  static Order of(JsonObject json) {
    return new Order(
        json.getLong("id"),
        json.getString("customer"),
        json.getInteger("item"),
        json.getInteger("quantity"),
        json.getLong("cents"));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("customer", customer)
        .put("item", item)
        .put("quantity", quantity)
        .put("cents", cents);
  }

  String toCsv() {
    return id + "," + customer + "," + item + "," + quantity + "," + cents + "\n";
  }
}
