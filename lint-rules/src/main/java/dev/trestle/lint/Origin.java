package dev.trestle.lint;

/** Who has a future besides the expression that yields it. */
public enum Origin {
  /** Nobody: it was made by this very expression. */
  FRESH,
  /** Unknown: a call that may have made it, or may have handed out one that is kept elsewhere. */
  UNSURE,
  /** Somebody: a variable, a field, a container, a cache. */
  HELD
}
