package dev.trestle.threadsensitive;

/** What the JDK itself says of a thread. */
final class ThreadKinds {
  private ThreadKinds() {}

  static boolean isVirtual(Thread thread) {
    if (Runtime.version().feature() < 21) {
      return false;
    }
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Thread.isVirtual", e);
    }
  }
}
