package dev.trestle.benchmarks.hop;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** {@code subscribeOn} Reactor's bounded elastic scheduler, {@code publishOn} a single one. */
public class ReactorRoute extends Route {
  private final Scheduler loop = Schedulers.newSingle("loop");

  @Override
  void open() {}

  @Override
  void close() {
    loop.dispose();
  }

  @Override
  void onLoop(Runnable task) {
    loop.schedule(task);
  }

  @Override
  void hop(Chain chain) {
    Mono.fromCallable(body)
        .subscribeOn(Schedulers.boundedElastic())
        .publishOn(loop)
        .subscribe(chain);
  }
}
