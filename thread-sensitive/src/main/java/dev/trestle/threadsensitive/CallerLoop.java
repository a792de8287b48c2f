package dev.trestle.threadsensitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that a blocked caller is while it waits for async code that has no loop of its own. For
 * building bridges.
 *
 * <p>It runs one task at a time, whoever runs it: the caller while it waits; a stand-in, one worker
 * at a time, while the caller runs a blocking body or after it has gone. Whoever holds the baton
 * runs tasks; whoever gives it back looks at the queue once more, and whoever queues a task looks
 * at the baton afterwards, so that no task is left behind.
 */
public abstract class CallerLoop implements Delivery {
  private static final Logger log = LoggerFactory.getLogger(CallerLoop.class);
  private static final int IN_FUNCTION = 0;
  private static final int FREE = 1;
  private static final int TAKEN = 2;

  /** Free, and a stand-in is on its way. */
  private static final int AWAITED = 3;

  private static final int BATCH = 64;

  private static final VarHandle BATON = handle("baton", int.class);
  private static final VarHandle INBOX = handle("inbox", Object.class);

  /** The loop whose task the thread runs, or the frame whose function, before it has a loop. */
  private static final ThreadLocal<@Nullable Object> ON_THREAD = new ThreadLocal<>();

  /** Null when its call has ended, so that what refers to this loop keeps no past alive. */
  private volatile @Nullable CallerFrame<?> frame;

  /** The call of what runs here when the frame has ended; alive as long as it matters. */
  private volatile @Nullable WeakReference<Call<?>> outer;

  /** The newest of the queued items, each linked to the one before; null if there is none. */
  @SuppressWarnings("unused") // through INBOX
  private volatile @Nullable Object inbox;

  /** What was taken from the inbox, oldest first; whoever has the baton. */
  private @Nullable Object first;

  @SuppressWarnings("unused") // through BATON
  private volatile int baton = IN_FUNCTION;

  /**
   * Makes the loop of a frame.
   *
   * @param frame the frame, whose function may still be running
   */
  protected CallerLoop(CallerFrame<?> frame) {
    this.frame = frame;
  }

  /**
   * Returns the loop that the current thread is just now.
   *
   * @return the loop, or null if the thread runs no task of such a loop
   */
  public static @Nullable CallerLoop currentOrNull() {
    Object current = ON_THREAD.get();
    return current instanceof CallerFrame<?> frame ? frame.loop() : (CallerLoop) current;
  }

  /** Whether the current thread runs a task of any such loop. */
  static boolean isRunning() {
    return ON_THREAD.get() != null;
  }

  @Override
  public boolean isCurrent() {
    Object current = ON_THREAD.get();
    return current == this || (current != null && current == frame);
  }

  /**
   * Queues a task.
   *
   * <p><b>Threads.</b> It runs on the caller's thread while that waits, else on a worker, one at a
   * time and in order. <b>Context.</b> That of the thread that queues it.
   *
   * @param task what to run; what it throws is logged
   */
  @Override
  public void execute(Runnable task) {
    Object item = Task.itemFor(task);
    Object newest = inbox;
    Task.setNext(item, newest);
    while (!INBOX.compareAndSet(this, newest, item)) {
      newest = inbox;
      Task.setNext(item, newest);
    }
    if (baton == FREE) {
      dispatch();
    }
  }

  /**
   * Tells whether the caller has gone: tasks still run, but nothing new should be begun here.
   *
   * @return true if the call that this loop belonged to has ended
   */
  public boolean isClosed() {
    CallerFrame<?> caller = frame;
    return caller == null || caller.hasReturned();
  }

  /** The call that what runs here belongs to, if it knows none itself. */
  final @Nullable Call<?> call() {
    CallerFrame<?> caller = frame;
    WeakReference<Call<?>> above = outer;
    return caller != null ? caller : above == null ? null : above.get();
  }

  /** The call of the frame has ended. */
  final void callEnded() {
    CallerFrame<?> caller = frame;
    if (caller != null) {
      Call<?> above = caller.parent();
      outer = above == null ? null : new WeakReference<>(above);
      frame = null;
    }
  }

  final boolean hasTasks() {
    return baton == FREE && !isEmpty();
  }

  /** Runs tasks on the caller's thread, until the frame on top of its stack has its result. */
  final boolean runTasks(CallerFrame<?> top) {
    if (baton == TAKEN || isEmpty() || !take()) {
      return false;
    }
    for (int i = 0; i < BATCH && !top.hasResult(); i++) {
      Object item = poll();
      if (item == null) {
        break;
      }
      run(item);
    }
    release();
    return true;
  }

  /** The async function has returned, or the loop was made after it had. */
  final void functionEnded() {
    if (BATON.compareAndSet(this, IN_FUNCTION, FREE)) {
      dispatchIfAny();
    }
  }

  /** The caller has begun something else: a stand-in is needed for what is queued. */
  final void dispatchIfAny() {
    if (hasTasks()) {
      dispatch();
    }
  }

  private void dispatch() {
    CallerFrame<?> caller = frame;
    Lane lane = caller == null ? null : caller.laneOrNull();
    if (lane != null && lane.isWaiting() && !isClosed()) {
      lane.signal();
    } else if (BATON.compareAndSet(this, FREE, AWAITED)) {
      try {
        Workers.runPromptly(this::standIn);
      } catch (Throwable e) {
        BATON.compareAndSet(this, AWAITED, FREE);
        log.error("{} got no thread; its tasks wait for the next one", this, e);
      }
    }
  }

  private void standIn() {
    if (take()) {
      for (Object item = poll(); item != null; item = poll()) {
        run(item);
      }
      release();
    }
  }

  private boolean isEmpty() {
    return first == null && inbox == null;
  }

  private @Nullable Object poll() {
    if (first == null) {
      for (Object item = INBOX.getAndSet(this, null); item != null; ) { // newest first
        Object before = Task.next(item);
        Task.setNext(item, first);
        first = item;
        item = before;
      }
    }
    Object oldest = first;
    if (oldest != null) {
      first = Task.next(oldest);
      Task.setNext(oldest, null);
    }
    return oldest;
  }

  private boolean take() {
    return BATON.compareAndSet(this, FREE, TAKEN) || BATON.compareAndSet(this, AWAITED, TAKEN);
  }

  private void release() {
    BATON.setVolatile(this, FREE);
    dispatchIfAny();
  }

  private void run(Object item) {
    Object outer = ON_THREAD.get();
    ON_THREAD.set(this);
    try {
      Task.run(item);
    } finally {
      ON_THREAD.set(outer);
    }
  }

  /** Makes the current thread the loop of a frame, which need not have been made yet. */
  static @Nullable Object enter(CallerFrame<?> frame) {
    Object outer = ON_THREAD.get();
    ON_THREAD.set(frame);
    return outer;
  }

  /** Makes the current thread what {@link #enter} returned. */
  static void exit(@Nullable Object outer) {
    ON_THREAD.set(outer);
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(CallerLoop.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }
}
