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
              Call.class, // the compiler repeats public methods of classes that are not
              BlockingCall.class,
              LoopTask.class,
              Waiting.class,
              LongWait.class,
              Watchdog.class,
              Turn.class,
              Calls.class,
              DeadlockSearch.class,
              DeadlockMessage.class,
              WaitText.class,
              Workers.class)
          .map(Class::getName)
          .collect(Collectors.toSet());

  private static final List<String> BELOW =
      List.of("java.", "jdk.", "dev.trestle.bridge.AsyncToSync", "dev.trestle.bridge.Tasks");

  private static final String TWIN = "dev.trestle.bridge.Twin";

  /** Of the proxy that a twin is, in the package of an interface that is not public. */
  private static final String PROXY = ".$Proxy";

  private static final int STACK = 12;
  private static final int STEPS = 5;

  private WaitText() {}

  /** Everybody who has waited for more than a moment, the longest first. */
  static String dump() {
    long now = System.nanoTime();
    List<WaitingCall<?>> all = new ArrayList<>(LongWait.frames());
    all.addAll(TaskWatch.waiting(now));
    all.sort(Comparator.comparingLong(waiting -> waiting.since() - now));
    StringBuilder text = new StringBuilder();
    for (WaitingCall<?> waiting : all) {
      text.append(waits(waiting, now)).append('\n');
      appendStack(waiting.thread(), text);
    }
    for (BusyLanes.Busy home : BusyLanes.HOMES.all()) {
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
  static String waits(WaitingCall<?> waiting, long now) {
    return at(waiting)
        + " has waited "
        + Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(now - waiting.since()))
        + " for "
        + describe(waiting.awaitedStage(), waiting, STEPS);
  }

  private static String describe(
      @Nullable CompletionStage<?> stage, WaitingCall<?> waiting, int steps) {
    if (stage == null) {
      return waiting instanceof CallerFrame<?> frame
          ? "its async function to return, on " + frame.where()
          : "its next turn";
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
    if (future instanceof LoopTask<?> task && task.waitOrNull() != null) {
      return task.who() + ", which waits for " + describe(task.awaitedStage(), task, steps - 1);
    }
    if (future instanceof Waiting<?> given) {
      List<String> holders = given.holders().stream().map(WaitText::ofHolder).toList();
      return holders.isEmpty()
          ? given.toString()
          : given + ", held by " + String.join("; ", holders);
    }
    Sources sources = future.awaited();
    if (sources == null) {
      return "a stage that is derived from something unknown, or whose function runs";
    }
    List<String> each = new ArrayList<>();
    for (CompletionStage<?> source : sources.stages()) {
      each.add(describe(source, waiting, steps - 1));
    }
    return each.size() == 1
        ? each.get(0)
        : (sources.all() ? "all of [" : "any of [") + String.join("; ", each) + "]";
  }

  private static String ofHolder(Object holder) {
    return holder instanceof Thread thread
        ? "thread '" + thread.getName() + "'"
        : holder instanceof BlockingCall<?> call
            ? ofCall(call)
            : holder instanceof LoopTask<?> task ? task.who() : "a scope";
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

  /** Who waits, and the line that it waits in. */
  static String at(WaitingCall<?> waiting) {
    StackTraceElement[] stack = waiting.thread().getStackTrace();
    int first = firstOfTheUser(stack);
    String who = waiting.who();
    return first == stack.length ? who : who + ", in " + line(stack[first]) + ",";
  }

  /** The line of the user's code that a thread is in; the innermost of all if there is none. */
  static String lineOf(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    int first = firstOfTheUser(stack);
    return stack.length == 0
        ? "a thread that has ended"
        : line(stack[first == stack.length ? 0 : first]);
  }

  static String stackOf(Thread thread) {
    StringBuilder text = new StringBuilder();
    appendStack(thread, text);
    return text.toString().stripTrailing();
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
