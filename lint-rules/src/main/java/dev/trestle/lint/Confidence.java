package dev.trestle.lint;

import java.util.Locale;

/** How sure a rule is that what it reports is a bug. */
public enum Confidence {
  POSSIBLE,
  LIKELY,
  CERTAIN;

  /** The word used in reports: {@code possible}, {@code likely}, {@code certain}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
