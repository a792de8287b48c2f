package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many bodies of one kind may run at the same time, and which wait for their turn, first come
 * first served. For building bridges; users have {@code Limiter}.
 *
 * <p>A permit belongs to running work. While the body that holds it waits in a bridge call, or a
 * call that holds one is queued behind a blocked thread, it is lent to one call that the blocked
 * thread waits for: else a body that calls another of its kind would wait for ever. A body that
 * goes on never waits for its permit again; nobody new is let in until the number is right again.
 */
public final class Permits {
  private final String name;
  private final int mostWaiting;

  // Guarded by this.
  private int permits;
  private final Set<Grant> grants = new LinkedHashSet<>();
  private final Map<BlockingCall<?>, Runnable> waiting = new LinkedHashMap<>();
  private int lent;
  private long refused;

  /** A permit that a call holds, its own or a borrowed one; guarded by the permits. */
  static final class Grant {
    private final Permits permits;
    private final BlockingCall<?> holder;
    private @Nullable Grant lender;
    private @Nullable Grant borrower;

    private Grant(Permits permits, BlockingCall<?> holder) {
      this.permits = permits;
      this.holder = holder;
    }

    /** The body of the holder runs, for the first time or again. */
    void runs() {
      permits.takeBack(this);
    }

    /** The body of the holder waits in a frame. */
    void waits() {
      permits.start(permits.lendOf(this));
    }

    /** Nothing of the holder is left to run. */
    void release() {
      permits.release(this);
    }
  }

  /**
   * What is known of the permits at one moment.
   *
   * @param permits how many there are
   * @param held how many calls hold one, borrowed ones included
   * @param lent how many of these are borrowed from a call that waits
   * @param waiting how many calls wait for one
   * @param refused how many calls were refused so far, since too many waited
   * @param holders who holds one, in words
   */
  public record Statistics(
      int permits, int held, int lent, int waiting, long refused, List<String> holders) {}

  /**
   * Makes permits.
   *
   * @param name for messages
   * @param permits how many calls may run at once
   * @param mostWaiting how many more may wait
   */
  public Permits(String name, int permits, int mostWaiting) {
    this.name = name;
    this.permits = permits;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Submits a call when it has a permit; if too many wait, the future fails. The permit is given
   * back when the body has ended, or will never run.
   *
   * @param call the call, not submitted yet
   * @param submit submits it, on the thread that gave the permit back
   */
  public void submit(BlockingCall<?> call, Consumer<? super BlockingCall<?>> submit) {
    boolean granted;
    boolean full = false;
    synchronized (this) {
      granted = grant(call);
      if (!granted) {
        full = waiting.size() >= mostWaiting;
        if (full) {
          refused++;
        } else {
          call.queuedOn(this);
          waiting.put(call, () -> submitGranted(call, submit));
        }
      }
    }
    if (granted) {
      submitGranted(call, submit);
    } else if (full) {
      call.refuse(new LimiterFullException(refusal()));
    } else if (call.isEnded()) {
      forget(call); // Guard against race with a cancel that did not find it here.
    }
  }

  private static void submitGranted(
      BlockingCall<?> call, Consumer<? super BlockingCall<?>> submit) {
    submit.accept(call);
    if (call.isEnded()) {
      call.releasePermit(); // Guard against race with a cancel that came before the permit.
    }
  }

  private String refusal() {
    return this
        + " took no more: its permits are held and "
        + mostWaiting
        + " calls wait; call later, or allow more to run or to wait";
  }

  /**
   * Changes how many calls may run at once. If more do already, they go on.
   *
   * @param changed the new number
   */
  public void resize(int changed) {
    List<Runnable> next;
    synchronized (this) {
      permits = changed;
      next = admit();
    }
    start(next);
  }

  /**
   * Returns what is known at this moment.
   *
   * @return the statistics
   */
  public synchronized Statistics statistics() {
    List<String> holders = grants.stream().map(grant -> WaitText.ofCall(grant.holder)).toList();
    return new Statistics(permits, grants.size(), lent, waiting.size(), refused, holders);
  }

  /** The calls of which one has to end before another may begin. */
  synchronized List<Object> holders() {
    return List.copyOf(grants.stream().map(grant -> (Object) grant.holder).toList());
  }

  /**
   * Gives a waiting call a permit that a blocked thread keeps from being used, if there is one.
   *
   * @param frame the current thread's, which waits for the call
   */
  void lendTo(BlockingCall<?> call, CallerFrame<?> frame) {
    Runnable submit = null;
    synchronized (this) {
      if (waiting.containsKey(call) && borrow(call, frame)) {
        submit = waiting.remove(call);
      }
    }
    if (submit != null) {
      submit.run();
    }
  }

  /** A call that will never run. */
  void forget(BlockingCall<?> call) {
    synchronized (this) {
      waiting.remove(call);
    }
  }

  // ---- under the lock

  private boolean grant(BlockingCall<?> call) {
    if (waiting.isEmpty() && grants.size() - lent < permits) {
      give(call);
      return true;
    }
    return borrow(call, null);
  }

  private Grant give(BlockingCall<?> call) {
    Grant grant = new Grant(this, call);
    grants.add(grant);
    call.permit(grant);
    return grant;
  }

  private boolean borrow(BlockingCall<?> call, @Nullable CallerFrame<?> waits) {
    for (Grant lender : grants) {
      boolean kept =
          waits != null && lender.borrower == null && waits.keepsExecutorFrom(lender.holder);
      if (kept || mayBorrow(call, lender)) {
        lend(lender, call);
        return true;
      }
    }
    return false;
  }

  private static boolean mayBorrow(BlockingCall<?> call, Grant lender) {
    CallerFrame<?> blocked = lender.borrower == null ? lender.holder.keptBy() : null;
    return blocked != null && Joins.isRelevant(call, blocked);
  }

  private void lend(Grant lender, BlockingCall<?> call) {
    Grant borrowed = give(call);
    borrowed.lender = lender;
    lender.borrower = borrowed;
    lent++;
  }

  private void endLoan(Grant lender, Grant borrower) {
    lender.borrower = null;
    borrower.lender = null;
    lent--;
  }

  private synchronized void takeBack(Grant lender) {
    if (lender.borrower != null) {
      endLoan(lender, lender.borrower);
    }
  }

  private void release(Grant grant) {
    List<Runnable> next;
    synchronized (this) {
      if (!grants.remove(grant)) {
        return;
      }
      takeBack(grant);
      Grant lender = grant.lender;
      next = new ArrayList<>();
      if (lender != null) {
        endLoan(lender, grant);
        next.addAll(lendOf(lender));
      }
      next.addAll(admit());
    }
    start(next);
  }

  /** Lets in who is next, as far as there is room. */
  private List<Runnable> admit() {
    List<Runnable> next = new ArrayList<>();
    var first = waiting.entrySet().iterator();
    while (grants.size() - lent < permits && first.hasNext()) {
      Map.Entry<BlockingCall<?>, Runnable> entry = first.next();
      first.remove();
      if (!entry.getKey().isEnded()) {
        give(entry.getKey());
        next.add(entry.getValue());
      }
    }
    return next;
  }

  /** Lends a permit to the first that may borrow it. */
  private synchronized List<Runnable> lendOf(Grant lender) {
    for (BlockingCall<?> call : waiting.keySet()) {
      if (!call.isEnded() && mayBorrow(call, lender)) {
        lend(lender, call);
        Runnable submit = waiting.remove(call);
        return submit == null ? List.of() : List.of(submit);
      }
    }
    return List.of();
  }

  private void start(List<Runnable> next) {
    next.forEach(Runnable::run);
  }

  @Override
  public String toString() {
    return "limiter '" + name + "'";
  }
}
