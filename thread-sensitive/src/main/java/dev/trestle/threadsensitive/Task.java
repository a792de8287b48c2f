package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task in a queue of ours, with the context in which it was submitted; one of our own, or of the
 * JDK's futures, enters the context that it needs by itself.
 */
final class Task {
  private static final Logger log = LoggerFactory.getLogger(Task.class);

  private final Runnable body;
  private final @Nullable Context context;

  /** The next in the queue of a lane; guarded by that queue's protocol. */
  private @Nullable Object next;

  Task(Runnable body) {
    this.body = body;
    boolean own =
        body instanceof Own || body instanceof Call || body instanceof AsynchronousCompletionTask;
    this.context = own ? null : Context.capture();
  }

  /** A task of ours, which must run even where the accessor of a thread-local throws. */
  interface Own extends Runnable {}

  /** A task as it is queued: the end of a call as the call itself, which has the link for it. */
  static Object itemFor(Runnable task) {
    return task instanceof BlockingCall<?> call && call.isDelivering() ? call : new Task(task);
  }

  static @Nullable Object next(Object item) {
    return item instanceof Call<?> call
        ? call.next
        : item instanceof Task task ? task.next : ((SubmittedTask<?>) item).next;
  }

  static void setNext(Object item, @Nullable Object next) {
    if (item instanceof Call<?> call) {
      call.next = next;
    } else if (item instanceof Task task) {
      task.next = next;
    } else {
      ((SubmittedTask<?>) item).next = next;
    }
  }

  /** Runs what was queued: a task, or the end of a call. */
  static void run(Object item) {
    if (item instanceof Task task) {
      task.run();
    } else {
      try {
        ((Runnable) item).run();
      } catch (Throwable e) {
        log.error("a call could not be completed", e);
      }
    }
  }

  /** The call that an item is, or belongs to. */
  static @Nullable Call<?> callOf(Object item) {
    return item instanceof Call<?> call
        ? call
        : item instanceof Task task ? task.call() : ((SubmittedTask<?>) item).call();
  }

  private @Nullable Call<?> call() {
    if (body instanceof Call<?> delivered) {
      return delivered;
    }
    return context != null && context.bridgeCall() instanceof Call<?> call ? call : null;
  }

  /** Runs the task; what it throws is logged, since nobody waits for it. */
  void run() {
    try {
      if (context == null) {
        body.run();
      } else {
        context.run(body);
      }
    } catch (Throwable e) {
      log.error("a task failed on thread '{}'", Thread.currentThread().getName(), e);
    }
  }
}
