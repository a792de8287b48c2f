package dev.trestle.bridge.vertx;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Holds the place of the first class of this package. */
public final class Skeleton {
  private Skeleton() {}

  /**
   * Finds the Vert.x context of the calling thread.
   *
   * @return the context, or nothing on a thread that has none
   */
  public static Optional<Context> current() {
    return Optional.ofNullable(Vertx.currentContext());
  }
}
