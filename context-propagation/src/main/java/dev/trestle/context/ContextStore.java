package dev.trestle.context;

import org.jspecify.annotations.Nullable;

/**
 * A place where a framework keeps state for one request, so that the callbacks of that request,
 * which know nothing of Trestle, find their context again.
 *
 * <p>Registered once with {@link Context#keepIn}. It is asked only on a thread that has no context
 * of its own; the adapter for Vert.x is an example.
 */
public interface ContextStore {
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
