package dev.trestle.threadsensitive;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a stage waits for, as far as it is known. */
final class Awaited {
  private Awaited() {}

  /**
   * Goes to the calls that a stage is derived from, and to those that their bodies wait for in
   * their turn; not to what merely has to make room on a thread.
   */
  static void byStages(CompletionStage<?> stage, Consumer<Call<?>> visitor) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<CompletionStage<?>> next = new ArrayDeque<>();
    for (CompletionStage<?> reached = stage; reached != null; reached = next.poll()) {
      if (seen.add(reached) && reached instanceof BridgeFuture<?> ours && !ours.isDone()) {
        if (ours instanceof Call<?> call) {
          visitor.accept(call);
        }
        addSources(ours, next);
      }
    }
  }

  private static void addSources(BridgeFuture<?> future, Deque<CompletionStage<?>> next) {
    Sources sources = future.awaited();
    if (sources != null) {
      next.addAll(sources.stages());
    }
    if (future instanceof BlockingCall<?> call) {
      CallerFrame<?> blockedIn = call.blockedIn();
      CompletionStage<?> further = blockedIn == null ? null : blockedIn.awaitedStage();
      if (further != null) {
        next.add(further);
      }
    }
  }

  /** Whether a frame waits for a call, in one way or another. */
  static boolean isAwaited(BlockingCall<?> call, CallerFrame<?> frame) {
    boolean[] found = {false};
    CompletionStage<?> stage = frame.awaitedStage();
    if (stage != null) {
      byStages(stage, reached -> found[0] |= reached == call);
    }
    return found[0];
  }

  /** A call that is queued on an executor, which a frame waits for; null if there is none. */
  static @Nullable BlockingCall<?> queuedOn(Object executor, CallerFrame<?> frame) {
    BlockingCall<?>[] found = {null};
    CompletionStage<?> stage = frame.awaitedStage();
    if (stage != null) {
      byStages(
          stage,
          reached -> {
            if (reached instanceof BlockingCall<?> call
                && call.isQueued()
                && call.queuedOn() == executor) {
              found[0] = call;
            }
          });
    }
    return found[0];
  }
}
