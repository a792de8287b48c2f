package dev.trestle.threadsensitive;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call that waits for a stage, perhaps in vain: a blocked thread, or a task of a loop. */
abstract class WaitingCall<R extends @Nullable Object> extends Call<R> {
  WaitingCall(Delivery delivery, CallOptions options) {
    super(delivery, options);
  }

  /** The stage that is waited for; null if it is not known yet, or nothing is waited for. */
  abstract @Nullable CompletionStage<?> awaitedStage();

  /** Whether only its result can end this wait, and no deadline, interrupt or cancel is due. */
  abstract boolean isForEver();

  /** When the wait began, as {@link System#nanoTime}. */
  abstract long since();

  /** The thread whose code waits. */
  abstract Thread thread();

  /** Who waits, for messages. */
  abstract String who();

  /** Has it look for what it needs, which somebody thinks will never come. */
  abstract void lookNow();

  @Override
  final @Nullable Sources awaited() {
    CompletionStage<?> awaited = awaitedStage();
    return awaited == null ? null : Sources.of(awaited);
  }

  /** One order for all, also of two that began in the same nanosecond. */
  final boolean beganAfter(WaitingCall<?> other) {
    long later = since() - other.since();
    return later != 0 ? later > 0 : thread().getId() > other.thread().getId();
  }

  /** Whether a timer may complete a call further out, and cancel this one with it. */
  final boolean mayBeCancelled() {
    for (Call<?> above = parent(); above != null; above = above.parent()) {
      if (above.hasAlternative() && !above.isDone()) {
        return true;
      }
    }
    return false;
  }
}
