package dev.trestle.lint;

/** What becomes of a value that was stored in a local variable. */
public enum Fate {
  /** Some path reads it, or may read it. */
  READ,
  /** No path reads it. */
  UNREAD,
  /** Another value takes its place before anybody reads it. */
  OVERWRITTEN,
  /** It is printed, compared or asked for its class, and nothing more. */
  LOOKED_AT
}
