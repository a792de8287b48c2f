package dev.trestle.threadsensitive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The calls that wait for one call without having made it. A frame that is blocked in one of them,
 * or further out, may run what is below the call as if it were below the frame: also what was
 * queued before anybody waited.
 */
final class Joins {
  private static final int FEW = 8;

  // Guarded by this.
  private final List<Call<?>> joiners = new ArrayList<>(2);
  private int pruneAt = FEW;

  /** The current call waits for another. */
  static void joinHere(Call<?> joined) {
    Call<?> here = Call.current();
    if (here != null && here != joined && joined.above() != here) {
      join(joined, here);
    }
  }

  /** A call waits for another, which may have been made anywhere. */
  static void join(Call<?> joined, Call<?> joiner) {
    if (!joined.isBelow(joiner)) {
      Joins joins = joined.joins();
      if (joins != null && joins.add(joiner)) {
        look(joiner);
      }
    }
  }

  /** Whether this is new. */
  private synchronized boolean add(Call<?> joiner) {
    if (joiners.contains(joiner)) {
      return false;
    }
    if (joiners.size() >= pruneAt) {
      prune();
      pruneAt = Math.max(FEW, 2 * joiners.size());
    }
    joiners.add(joiner);
    return true;
  }

  /** In place of a joiner that has gone stands the next one out, which waits for what it did. */
  private void prune() {
    Set<Call<?>> live = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Call<?> old : joiners) {
      Call<?> still = old.live();
      while (still instanceof CallerFrame<?> frame && frame.wasLeft()) {
        Call<?> above = frame.parent();
        still = above == null ? null : above.live();
      }
      if (still != null) {
        live.add(still);
      }
    }
    joiners.clear();
    joiners.addAll(live);
  }

  private synchronized List<Call<?>> all() {
    return List.copyOf(joiners);
  }

  /** Has the frames that are blocked in a call, or further out, look at their queues again. */
  private static void look(Call<?> from) {
    visit(
        from,
        call -> {
          if (call instanceof CallerFrame<?> frame) {
            frame.lookAgain();
          }
          return false;
        });
  }

  /** Whether what is queued belongs to a call that the frame is blocked in. */
  static boolean isRelevant(Call<?> queued, CallerFrame<?> frame) {
    return queued.isBelow(frame) || visit(queued, call -> call == frame);
  }

  private interface Visitor {
    /** Returns true to end the visit. */
    boolean visit(CallNode<?> call);
  }

  /** Goes to all that wait for a call: those further out, and those that joined one of them. */
  private static boolean visit(Call<?> from, Visitor visitor) {
    Deque<CallNode<?>> next = null;
    Set<CallNode<?>> seen = null;
    CallNode<?> call = from;
    while (call != null) {
      if (visitor.visit(call)) {
        return true;
      }
      Joins joins = call.joinsOrNull();
      if (joins != null) {
        if (next == null || seen == null) {
          next = new ArrayDeque<>();
          seen = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        if (seen.add(call)) {
          next.addAll(joins.all());
        }
      }
      call = call.above();
      if (call == null && next != null) {
        call = next.poll();
      }
    }
    return false;
  }
}
