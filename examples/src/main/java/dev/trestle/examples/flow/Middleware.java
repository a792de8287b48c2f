package dev.trestle.examples.flow;

/**
 * Stands around handlers: a {@link BlockingMiddleware}, an {@link AsyncMiddleware}, or both, which
 * then takes the colour that saves a switch.
 */
interface Middleware {
  default String name() {
    return getClass().getSimpleName();
  }
}
