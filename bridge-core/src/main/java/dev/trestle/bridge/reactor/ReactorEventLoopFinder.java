package dev.trestle.bridge.reactor;

import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.EventLoopFinder;
import java.util.Optional;
import reactor.core.scheduler.Schedulers;

/** Recognises Reactor's non-blocking threads. Made by {@code ServiceLoader}. */
public final class ReactorEventLoopFinder implements EventLoopFinder {
  /** For {@code ServiceLoader}, which leaves the finder out if Reactor is absent. */
  public ReactorEventLoopFinder() {
    ReactorLoops.install();
  }

  @Override
  public Optional<EventLoop> current() {
    EventLoop running = WorkerEventLoop.runningOrNull();
    if (running != null) {
      return Optional.of(running);
    }
    if (!Schedulers.isInNonBlockingThread()) {
      return Optional.empty();
    }
    EventLoop known = ThreadEventLoop.ofThisThreadOrNull();
    return Optional.of(known != null ? known : WorkerEventLoop.inPlaceOfThisThread());
  }
}
