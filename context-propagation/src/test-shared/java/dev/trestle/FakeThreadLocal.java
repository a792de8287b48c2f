package dev.trestle;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thread-local of another library, like Spring Security's holder: absent when there is nothing in
 * it. Unlike a real one it can be looked at from other threads, and told to throw.
 */
public final class FakeThreadLocal implements ThreadLocalAccessor<String>, AutoCloseable {
  private final Map<Thread, String> values = new ConcurrentHashMap<>();
  private final String key;
  private volatile RuntimeException getFailure;
  private volatile RuntimeException setFailure;
  private volatile RuntimeException restoreFailure;

  private FakeThreadLocal(String key) {
    this.key = key;
  }

  /** Makes a thread-local and registers it, until it is closed. */
  public static FakeThreadLocal register(String key) {
    FakeThreadLocal fake = new FakeThreadLocal(key);
    ContextRegistry.getInstance().registerThreadLocalAccessor(fake);
    return fake;
  }

  /** Returns the value of the current thread, or null. */
  public String get() {
    return values.get(Thread.currentThread());
  }

  /** Returns the value of another thread, or null. */
  public String on(Thread thread) {
    return values.get(thread);
  }

  /** Tells on how many threads there is a value. */
  public int threads() {
    return values.size();
  }

  /** Sets the value of the current thread; null removes it. */
  public void put(String value) {
    if (value == null) {
      values.remove(Thread.currentThread());
    } else {
      values.put(Thread.currentThread(), value);
    }
  }

  /** From now on reading throws. */
  public void failGet(RuntimeException failure) {
    getFailure = failure;
  }

  /** From now on setting and clearing throws. */
  public void failSet(RuntimeException failure) {
    setFailure = failure;
  }

  /** From now on restoring does its work and then throws. */
  public void failRestore(RuntimeException failure) {
    restoreFailure = failure;
  }

  @Override
  public Object key() {
    return key;
  }

  @Override
  public String getValue() {
    throwIfSet(getFailure);
    return get();
  }

  @Override
  public void setValue(String value) {
    throwIfSet(setFailure);
    put(value);
  }

  @Override
  public void setValue() {
    throwIfSet(setFailure);
    put(null);
  }

  @Override
  public void restore(String previous) {
    put(previous);
    throwIfSet(restoreFailure);
  }

  @Override
  public void restore() {
    put(null);
    throwIfSet(restoreFailure);
  }

  /** Unregisters it. */
  @Override
  public void close() {
    ContextRegistry.getInstance().removeThreadLocalAccessor(key);
  }

  private static void throwIfSet(RuntimeException failure) {
    if (failure != null) {
      throw failure;
    }
  }
}
