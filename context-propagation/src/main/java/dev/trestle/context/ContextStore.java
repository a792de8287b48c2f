package dev.trestle.context;

import org.jspecify.annotations.Nullable;

/**
 * A framework's own contexts, of which it has one for each request, so that the callbacks of that
 * request, which know nothing of Trestle, find their context again.
 *
 * <p>Registered once with {@link Context#keepIn}; the adapter for Vert.x is an example.
 */
public interface ContextStore {
  /**
   * Returns the framework's own context that the current thread is in just now. One thread may go
   * from one to the other and back, also in the middle of what it does; a context of Trestle's that
   * was entered in one of them is not seen in another.
   *
   * <p>Called whenever a context is asked for, so it should be quick.
   *
   * @return anything that is the same object each time the thread is there, or null if the thread
   *     is not the framework's
   */
  @Nullable Object place();

  /**
   * Returns what was kept for the request that the current thread is serving.
   *
   * @return the context, or null if the thread serves none or nothing was kept
   */
  @Nullable Context get();

  /**
   * Keeps a context for the request that the current thread is serving.
   *
   * @param context what to keep
   * @return false if the thread serves no request of this framework
   */
  boolean set(Context context);
}
