package dev.trestle.threadsensitive;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** System properties; a value that makes no sense is logged, and the default is used instead. */
final class Settings {
  private static final Logger log = LoggerFactory.getLogger(Settings.class);

  private Settings() {}

  /** A whole number more than zero. */
  static int positive(String property, int otherwise) {
    String value = System.getProperty(property);
    if (value != null && value.matches("0*[1-9][0-9]{0,8}")) {
      return Integer.parseInt(value);
    }
    warn(property, value, "a whole number more than zero", otherwise);
    return otherwise;
  }

  /** A whole number. */
  static int orZero(String property, int otherwise) {
    return "0".equals(System.getProperty(property)) ? 0 : positive(property, otherwise);
  }

  /** Whether the value is the one of two, and not the other. */
  static boolean is(String property, String yes, String no, boolean otherwise) {
    String value = System.getProperty(property);
    if (yes.equals(value) || no.equals(value)) {
      return yes.equals(value);
    }
    warn(property, value, yes + " or " + no, otherwise ? yes : no);
    return otherwise;
  }

  private static void warn(String property, String value, String allowed, Object otherwise) {
    if (value != null) {
      log.error(
          "system property {} must be {}, but is '{}'; {} is used instead",
          property,
          allowed,
          value,
          otherwise);
    }
  }
}
