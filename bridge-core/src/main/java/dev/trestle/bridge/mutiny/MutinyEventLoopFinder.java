package dev.trestle.bridge.mutiny;

import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.EventLoopFinder;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Objects;
import java.util.Optional;

/** Recognises the threads that Mutiny has been told not to block. Made by {@code ServiceLoader}. */
public final class MutinyEventLoopFinder implements EventLoopFinder {
  /** For {@code ServiceLoader}, which leaves the finder out if Mutiny is absent. */
  public MutinyEventLoopFinder() {
    // Fails now, not at the first bridge call.
    Objects.requireNonNull(Infrastructure.class);
  }

  @Override
  public Optional<EventLoop> current() {
    EventLoop running = MutinyEventLoop.runningOrNull();
    if (running != null) {
      return Optional.of(running);
    }
    return Infrastructure.canCallerThreadBeBlocked()
        ? Optional.empty()
        : Optional.of(MutinyEventLoop.inPlaceOfThisThread());
  }
}
