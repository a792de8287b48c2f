package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plain task in a queue of ours, with the context in which it was submitted. */
final class Task {
  private static final Logger log = LoggerFactory.getLogger(Task.class);

  private final Runnable body;
  private final Context context = Context.capture();

  /** The next in the queue of a lane; guarded by that queue's protocol. */
  @Nullable Object next;

  Task(Runnable body) {
    this.body = body;
  }

  @Nullable Call<?> call() {
    return context.bridgeCall() instanceof Call<?> call ? call : null;
  }

  /** Runs the task; what it throws is logged, since nobody waits for it. */
  void run() {
    try {
      context.run(body);
    } catch (Throwable e) {
      log.error("a task failed on thread '{}'", Thread.currentThread().getName(), e);
    }
  }
}
