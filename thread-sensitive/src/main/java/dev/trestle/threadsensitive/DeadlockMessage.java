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
  static String of(List<Object> ring, CallerFrame<?> failing) {
    List<Object> fromHere = new ArrayList<>(ring);
    Collections.rotate(fromHere, -fromHere.indexOf(failing));
    StringBuilder text =
        new StringBuilder(
            "deadlock: each of these waits needs the next to end, the last the first");
    for (int i = 0; i < fromHere.size(); i++) {
      if (fromHere.get(i) instanceof CallerFrame<?> frame) {
        text.append("\n  ").append(WaitText.at(frame)).append(" waits for ");
        text.append(awaited(frame, fromHere.subList(i + 1, fromHere.size()), failing));
      }
    }
    return text.append(
            "\nThis wait, which began last, is given up; nothing is cancelled. Return the")
        .append(
            " CompletionStage instead of waiting for it, or take the threads in one fixed order")
        .toString();
  }

  /** What leads from a frame to the next one. */
  private static String awaited(CallerFrame<?> frame, List<Object> rest, CallerFrame<?> failing) {
    CallerFrame<?> following =
        rest.stream()
            .filter(CallerFrame.class::isInstance)
            .<CallerFrame<?>>map(CallerFrame.class::cast)
            .findFirst()
            .orElse(failing);
    String through =
        following.thread() == frame.thread()
            ? "a wait on top of it, on the same thread"
            : "a stage whose function runs on thread '%'";
    for (Object reached : rest) {
      if (reached instanceof CallerFrame<?> next) {
        return through.replace("%", next.threadName());
      }
      if (reached instanceof BlockingCall<?> call) {
        through =
            call.queuedOn() instanceof Permits permits && call.isQueued()
                ? "a permit of " + permits + ", held by a call whose body runs on thread '%'"
                : call.isQueued()
                    ? "a call that is queued on thread '%'"
                    : through.startsWith("a permit")
                        ? through
                        : "a call whose body runs on thread '%'";
      }
    }
    return through.replace("%", failing.threadName());
  }
}
