package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running body wants done when it is cancelled. Each hook runs once, on a worker, only while
 * the body runs: the end of the body waits for a hook in progress.
 */
final class CancelHooks {
  private static final Logger log = LoggerFactory.getLogger(CancelHooks.class);

  // Guarded by this.
  private final List<Hook> waiting = new ArrayList<>();
  private int running;
  private boolean cancelled;
  private boolean closed;

  Registration add(Runnable action) {
    Hook hook = new Hook(action);
    synchronized (this) {
      if (closed) {
        return hook;
      }
      if (!cancelled) {
        waiting.add(hook);
        return hook;
      }
    }
    Workers.runPromptlyOrHere(hook);
    return hook;
  }

  void cancel() {
    List<Hook> due;
    synchronized (this) {
      if (cancelled || closed) {
        return;
      }
      cancelled = true;
      due = List.copyOf(waiting);
      waiting.clear();
    }
    due.forEach(Workers::runPromptlyOrHere);
  }

  /** The body has ended: no other hook begins; false if one is in progress. */
  synchronized boolean closeIfIdle() {
    closed = true;
    waiting.clear();
    return running == 0;
  }

  /** Called by the body's thread when the body has ended. */
  void close() {
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      waiting.clear();
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Hook implements Runnable, Registration {
    private final Runnable action;

    Hook(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      synchronized (CancelHooks.this) {
        // Guard against race with the end of the body, or with remove: too late is not at all.
        if (closed || removed) {
          return;
        }
        removed = true;
        running++;
      }
      try {
        action.run();
      } catch (Throwable e) {
        log.warn("a cancel hook failed", e);
      } finally {
        synchronized (CancelHooks.this) {
          running--;
          CancelHooks.this.notifyAll();
        }
      }
    }

    private boolean removed; // guarded by CancelHooks.this

    @Override
    public void remove() {
      synchronized (CancelHooks.this) {
        removed = true;
        waiting.remove(this);
      }
    }
  }
}
