package dev.trestle.threadsensitive;

import java.util.List;

/** Where a blocked thread is, in words. */
final class Waits {
  /** What lies between a wait and the code that it was written in. */
  private static final List<String> OURS =
      List.of("java.", "jdk.", "dev.trestle.threadsensitive.", "dev.trestle.bridge.AsyncToSync");

  private Waits() {}

  /** The thread of a frame, and the line that it waits in. */
  static String at(CallerFrame<?> frame) {
    StackTraceElement[] stack = frame.thread().getStackTrace();
    for (StackTraceElement element : stack) {
      if (OURS.stream().noneMatch(element.getClassName()::startsWith)) {
        return "thread '" + frame.threadName() + "', in " + line(element) + ",";
      }
    }
    return "thread '" + frame.threadName() + "'";
  }

  private static String line(StackTraceElement element) {
    String[] method = element.getMethodName().split("\\$", -1); // lambda$method$1
    return element.getClassName().substring(element.getClassName().lastIndexOf('.') + 1)
        + "."
        + (method.length == 3 ? method[1] : element.getMethodName())
        + "("
        + element.getFileName()
        + ":"
        + element.getLineNumber()
        + ")";
  }
}
