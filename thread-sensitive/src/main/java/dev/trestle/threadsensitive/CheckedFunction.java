package dev.trestle.threadsensitive;

import org.jspecify.annotations.Nullable;

/**
 * A function that may throw any exception.
 *
 * @param <T> the type of the argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface CheckedFunction<T extends @Nullable Object, R extends @Nullable Object> {
  /**
   * Applies the function.
   *
   * @param argument the argument
   * @return the result
   * @throws Exception why there is no result
   */
  R apply(T argument) throws Exception;
}
