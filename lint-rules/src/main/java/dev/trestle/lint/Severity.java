package dev.trestle.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How loudly a finding is reported; {@link #OFF} is not reported at all. */
public enum Severity {
  /** Not reported. */
  OFF,
  /** Worth knowing; often meant so. A note of the compiler. */
  INFO,
  /** Likely to hurt. A warning of the compiler. */
  WARNING,
  /** A bug. An error of the compiler. */
  ERROR;

  /**
   * The word used in options and reports: {@code off}, {@code info}, {@code warning}, {@code
   * error}.
   */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity that {@code word} names, or empty if it names none. */
  public static Optional<Severity> named(String word) {
    return Arrays.stream(values()).filter(severity -> severity.word().equals(word)).findFirst();
  }
}
