package dev.trestle.examples.flow;

import dev.trestle.bridge.vertx.VertxFutures;
import java.util.concurrent.CompletionStage;

/** Lets in only customers whom the partner thinks well of. Async, as its client is. */
final class GoodStanding implements AsyncMiddleware {
  private final Partner partner;

  GoodStanding(Partner partner) {
    this.partner = partner;
  }

  @Override
  public CompletionStage<Response> handleAsync(Request request, AsyncHandler next) {
    String customer = request.customer();
    return VertxFutures.toStage(partner.isInGoodStanding(customer))
        .thenCompose(
            good -> {
              if (!good) {
                throw Refusal.forbidden(customer + " may not order any more");
              }
              return next.handleAsync(request);
            });
  }
}
