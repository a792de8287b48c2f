package dev.trestle.threadsensitive;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The stages that a dependent future waits for: all of them, or any. */
record Sources(List<CompletionStage<?>> stages, boolean all) {
  static Sources of(CompletionStage<?> one) {
    return new Sources(List.of(one), true);
  }

  /** The one that the dependents were registered with. */
  BridgeFuture<?> first() {
    return (BridgeFuture<?>) stages.get(0);
  }
}
