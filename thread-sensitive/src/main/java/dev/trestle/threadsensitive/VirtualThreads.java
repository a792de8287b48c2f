package dev.trestle.threadsensitive;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, reached from code that must also run on a JDK without them. */
final class VirtualThreads {
  private static final int FEATURE = Runtime.version().feature();
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

  /** Since 24 a virtual thread that blocks in a monitor no longer holds its carrier. */
  static final boolean PREFERRED = FEATURE >= 24;

  static final boolean AVAILABLE = IS_VIRTUAL != null;

  private VirtualThreads() {}

  static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new LinkageError("Thread.isVirtual", e);
    }
  }

  /** A factory of threads named with the prefix and a number. */
  static ThreadFactory numbered(String prefix) {
    return factory(new Class<?>[] {String.class, long.class}, prefix, 1L);
  }

  /** A factory of threads that all have one name. */
  static ThreadFactory named(String name) {
    return factory(new Class<?>[] {String.class}, name);
  }

  private static @Nullable MethodHandle isVirtual() {
    if (FEATURE < 21) {
      return null;
    }
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Thread.isVirtual", e);
    }
  }

  /** {@code Thread.ofVirtual().name(arguments).factory()}. */
  private static ThreadFactory factory(Class<?>[] parameters, Object... arguments) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object named = type.getMethod("name", parameters).invoke(builder, arguments);
      Object bare =
          type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(named, false);
      return (ThreadFactory) type.getMethod("factory").invoke(bare);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Thread.ofVirtual", e);
    }
  }
}
