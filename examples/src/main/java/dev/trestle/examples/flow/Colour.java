package dev.trestle.examples.flow;

import java.util.Locale;

/** How code waits: holding its thread, or not. */
enum Colour {
  BLOCKING,
  ASYNC;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
