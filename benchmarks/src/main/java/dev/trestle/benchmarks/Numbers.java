package dev.trestle.benchmarks;

import java.util.Locale;

/** Numbers as the tables show them: three digits that matter. */
final class Numbers {
  private Numbers() {}

  static String of(double number) {
    if (Double.isNaN(number)) {
      return "";
    }
    String format = number >= 99.95 ? "%,.0f" : number >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }

  /** JMH's own bookkeeping costs fractions of a byte, which nobody wants to see. */
  static String ofBytes(double bytes) {
    return String.format(Locale.ROOT, bytes >= 9.95 || bytes < 0.05 ? "%,.0f" : "%.1f", bytes);
  }
}
