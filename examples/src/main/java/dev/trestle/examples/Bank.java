package dev.trestle.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Another company's service: async, slow, and without any knowledge of Trestle. */
interface Bank {
  /** Whose payments are always declined. */
  String BROKE = "mallory";

  /** Completes with the order when it is paid. */
  Future<Order> pay(Order order);

  /** A bank that takes a while to think. */
  static Bank taking(long millis, Vertx vertx) {
    return order ->
        vertx
            .timer(millis)
            .map(
                answered -> {
                  if (order.customer().equals(BROKE)) {
                    throw Refusal.paymentRequired("the bank declined the payment of " + BROKE);
                  }
                  return order;
                });
  }
}
