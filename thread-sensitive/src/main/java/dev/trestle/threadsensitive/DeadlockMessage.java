package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Says in words who needs whom, for a person who has never heard of the graph of calls. */
final class DeadlockMessage {
  private DeadlockMessage() {}

  /**
   * Describes a ring of waits.
   *
   * @param ring what each of it needs is the next
   * @param failing the wait that fails with the message
   */
  static String of(List<Object> ring, WaitingCall<?> failing) {
    List<Object> fromHere = new ArrayList<>(ring);
    Collections.rotate(fromHere, -fromHere.indexOf(failing));
    StringBuilder text =
        new StringBuilder(
            "deadlock: each of these waits needs the next to end, the last the first");
    for (int i = 0; i < fromHere.size(); i++) {
      if (fromHere.get(i) instanceof WaitingCall<?> waiting) {
        text.append("\n  ").append(WaitText.at(waiting)).append(" waits for ");
        text.append(awaited(waiting, fromHere.subList(i + 1, fromHere.size()), failing));
      }
    }
    return text.append(
            "\nThis wait, which began last, is given up; nothing is cancelled. Return the")
        .append(
            " CompletionStage instead of waiting for it, or take threads and locks in one fixed order")
        .toString();
  }

  /** What leads from a wait to the next one. */
  private static String awaited(WaitingCall<?> waiting, List<Object> rest, WaitingCall<?> failing) {
    WaitingCall<?> following = failing;
    List<Object> between = rest;
    for (int i = 0; i < rest.size() && between == rest; i++) {
      if (rest.get(i) instanceof WaitingCall<?> next) {
        following = next;
        between = rest.subList(0, i);
      }
    }
    String through = between.isEmpty() ? direct(waiting, following) : stage(following);
    for (Object reached : between) {
      through = step(reached, through);
    }
    return through.replace("%", following.who());
  }

  private static String direct(WaitingCall<?> waiting, WaitingCall<?> following) {
    return following.thread() == waiting.thread()
        ? "a wait on top of it, on the same thread"
        : stage(following);
  }

  private static String stage(WaitingCall<?> following) {
    return following instanceof LoopTask
        ? "a stage that needs the end of %"
        : "a stage whose function runs on %";
  }

  /** What is waited for, when one more step of the way is known. */
  private static String step(Object reached, String through) {
    if (reached instanceof Waiting<?> waiting) {
      return waiting + ", held by %";
    }
    if (!(reached instanceof BlockingCall<?> call) || through.contains("held by")) {
      return through;
    }
    if (!call.isQueued()) {
      return "a call whose body runs on %";
    }
    return call.queuedOn() instanceof Permits permits
        ? "a permit of " + permits + ", held by a call whose body runs on %"
        : "a call that is queued on %";
  }
}
