package dev.trestle.bridge.matrix;

import java.util.EnumSet;
import java.util.Set;

/** How a level gets what the next one yields. */
enum Way {
  /** {@code AsyncToSync.create()}. */
  CREATE,
  /** {@code AsyncToSync.on} the loop of the next level. */
  ON_NEXT,
  /** {@code AsyncToSync.on} the loop of this level. */
  ON_OWN,
  AWAIT,
  JOIN,
  GET,
  TIMED_GET,
  /** It returns the stage. */
  RETURN;

  private static final Set<Way> BY_BRIDGE = EnumSet.of(CREATE, ON_NEXT, ON_OWN);

  /** Whether the wait begins the next level itself; else it waits for what has begun already. */
  boolean isByBridge() {
    return BY_BRIDGE.contains(this);
  }

  /** Whether it is a method of the future itself. */
  boolean isOfFuture() {
    return this == JOIN || this == GET || this == TIMED_GET;
  }

  /** Whether code of a colour is told off for it. */
  boolean isRefusedIn(Colour colour) {
    return switch (colour) {
      case SENSITIVE, CONCURRENT -> this == RETURN;
      case TASK -> this != AWAIT;
      case CALLBACK -> this != RETURN;
    };
  }
}
