package dev.trestle.examples.flow;

/** How code waits: holding its thread, or not. */
enum Colour {
  BLOCKING,
  ASYNC;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
