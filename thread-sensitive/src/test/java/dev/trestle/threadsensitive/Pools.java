package dev.trestle.threadsensitive;

import java.lang.reflect.Field;
import java.util.concurrent.ThreadPoolExecutor;

/** The pools that no method gives away. */
final class Pools {
  private Pools() {}

  /** The pool of the scopes' platform threads. */
  static ThreadPoolExecutor homes() {
    return (ThreadPoolExecutor) value(Homes.class, "PLATFORM", null);
  }

  /** How long an idle worker is kept. */
  static long workersIdleNanos() {
    return (long) value(WorkerPool.class, "idleNanos", value(Workers.class, "POOL", null));
  }

  private static Object value(Class<?> type, String name, Object owner) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }
}
