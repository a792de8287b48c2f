package dev.trestle.lint;

import java.io.Console;
import java.io.PrintStream;

/** Says on a terminal what a long run is doing; in a pipe it is quiet. */
final class Progress {
  private final PrintStream err;
  private final boolean terminal = isTerminal();

  Progress(PrintStream err) {
    this.err = err;
  }

  void say(String what) {
    if (terminal) {
      err.print("\r\u001b[K" + what);
      err.flush();
    }
  }

  void done() {
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  // From JDK 22 on there is a console in a pipe too, and a method that tells the difference.
  @SuppressWarnings("SystemConsoleNull") // null is the answer of JDK 17 to 21, and asked only there
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
