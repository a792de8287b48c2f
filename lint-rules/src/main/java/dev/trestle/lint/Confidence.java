package dev.trestle.lint;

import java.util.Locale;

/** How sure a rule is that what it reports is a bug. */
public enum Confidence {
  /** It is often meant so, or hangs on code that is not seen. */
  POSSIBLE,
  /** A name or a shape speaks for it, and nothing against. */
  LIKELY,
  /** The types and the paths through the code prove it. */
  CERTAIN;

  /** The word used in reports: {@code possible}, {@code likely}, {@code certain}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
