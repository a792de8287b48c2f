package dev.trestle.threadsensitive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words which thread waits for what. It takes no lock and calls no code of the user's. */
final class WaitText {
  /** What lies between a wait and the code that it was written in. */
  private static final Set<String> OURS =
      Stream.of(
              CallerFrame.class,
              BridgeFuture.class,
              LongWait.class,
              Watchdog.class,
              Calls.class,
              DeadlockSearch.class,
              DeadlockMessage.class,
              WaitText.class,
              Workers.class)
          .map(Class::getName)
          .collect(Collectors.toSet());

  private static final List<String> BELOW =
      List.of("java.", "jdk.", "dev.trestle.bridge.AsyncToSync");

  private static final String TWIN = "dev.trestle.bridge.Twin";

  /** Of the proxy that a twin is, in the package of an interface that is not public. */
  private static final String PROXY = ".$Proxy";

  private static final int STACK = 12;
  private static final int STEPS = 5;

  private WaitText() {}

  /** Everybody who has waited for more than a moment, the longest first. */
  static String dump() {
    long now = System.nanoTime();
    List<CallerFrame<?>> frames = new ArrayList<>(LongWait.frames());
    frames.sort(Comparator.comparingLong(frame -> frame.since() - now));
    StringBuilder text = new StringBuilder();
    for (CallerFrame<?> frame : frames) {
      text.append(waits(frame, now)).append('\n');
      appendStack(frame.thread(), text);
    }
    for (Watchdog.BusyHome home : Watchdog.busyHomes()) {
      Thread thread = home.lane().thread();
      if (thread != null && !home.lane().isWaiting()) {
        text.append(home.describe(now)).append('\n');
        appendStack(thread, text);
      }
    }
    return text.length() == 0
        ? "no thread waits in a bridge call"
        : text.toString().stripTrailing();
  }

  /** Who waits, where, for how long and for what. */
  static String waits(CallerFrame<?> frame, long now) {
    return at(frame)
        + " has waited "
        + Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(now - frame.since()))
        + " for "
        + describe(frame.awaitedStage(), frame, STEPS);
  }

  private static String describe(
      @Nullable CompletionStage<?> stage, CallerFrame<?> frame, int steps) {
    if (stage == null) {
      return "its async function to return, on " + frame.where();
    }
    if (!(stage instanceof BridgeFuture<?> future) || steps == 0) {
      return "a " + stage.getClass().getName() + ", which does not tell who completes it";
    }
    if (future.isDone()) {
      return "a result that is on its way";
    }
    if (future instanceof BlockingCall<?> call) {
      CallerFrame<?> blockedIn = call.blockedIn();
      return blockedIn == null
          ? ofCall(call)
          : ofCall(call)
              + " and waits for "
              + describe(blockedIn.awaitedStage(), blockedIn, steps - 1);
    }
    Sources sources = future.awaited();
    if (sources == null) {
      return "a stage that is derived from something unknown, or whose function runs";
    }
    List<String> each = new ArrayList<>();
    for (CompletionStage<?> source : sources.stages()) {
      each.add(describe(source, frame, steps - 1));
    }
    return each.size() == 1
        ? each.get(0)
        : (sources.all() ? "all of [" : "any of [") + String.join("; ", each) + "]";
  }

  /** A call and where it is. */
  static String ofCall(BlockingCall<?> call) {
    Object on = call.queuedOn();
    if (call.isQueued()) {
      return on instanceof Permits
          ? "a call that waits for a permit of " + on
          : "a call that is queued on "
              + (on instanceof Lane lane
                  ? lane.threadName()
                  : on == null ? "the workers" : "an executor, a " + on.getClass().getName());
    }
    Thread thread = call.runner();
    return thread == null
        ? "a call whose body has ended, and whose result is on its way"
        : "a call whose body runs on thread '" + thread.getName() + "'";
  }

  /** The thread of a frame, and the line that it waits in. */
  static String at(CallerFrame<?> frame) {
    StackTraceElement[] stack = frame.thread().getStackTrace();
    int first = firstOfTheUser(stack);
    String thread = "thread '" + frame.threadName() + "'";
    return first == stack.length ? thread : thread + ", in " + line(stack[first]) + ",";
  }

  private static int firstOfTheUser(StackTraceElement[] stack) {
    int first = 0;
    while (first < stack.length && isBetween(stack[first].getClassName())) {
      first++;
    }
    return first;
  }

  private static boolean isBetween(String type) {
    int nested = type.indexOf('$');
    String outer = nested < 0 ? type : type.substring(0, nested);
    return OURS.contains(outer)
        || outer.equals(TWIN)
        || type.contains(PROXY)
        || BELOW.stream().anyMatch(type::startsWith);
  }

  private static String line(StackTraceElement element) {
    String[] method = element.getMethodName().split("\\$", -1); // lambda$method$1
    String type = element.getClassName();
    return type.substring(type.lastIndexOf('.') + 1)
        + "."
        + (method.length == 3 ? method[1] : element.getMethodName())
        + "("
        + element.getFileName()
        + ":"
        + element.getLineNumber()
        + ")";
  }

  private static void appendStack(Thread thread, StringBuilder text) {
    StackTraceElement[] stack = thread.getStackTrace();
    int first = firstOfTheUser(stack) == stack.length ? 0 : firstOfTheUser(stack);
    int end = Math.min(stack.length, first + STACK);
    for (int i = first; i < end; i++) {
      text.append("    at ").append(stack[i]).append('\n');
    }
    if (end < stack.length) {
      text.append("    ... ").append(stack.length - end).append(" more\n");
    }
  }
}
