package dev.trestle.bridge.matrix;

/** The loop of a level: two of each kind. */
enum Place {
  OWN,
  OWN2,
  /** A request of Vert.x's. */
  VERTX,
  /** Another request on the same thread: another loop. */
  VERTX2,
  NETTY,
  NETTY2,
  /** A worker of a scheduler with one thread. */
  SINGLE,
  SINGLE2,
  /** A non-blocking thread of a scheduler for parallel work, as it finds itself. */
  PARALLEL,
  PARALLEL2;

  /** Whether it is the first of its kind. */
  boolean isFirst() {
    return ordinal() % 2 == 0;
  }

  boolean isOfKind(Place other) {
    return ordinal() / 2 == other.ordinal() / 2;
  }
}
