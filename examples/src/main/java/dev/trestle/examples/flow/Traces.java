package dev.trestle.examples.flow;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of requests, by which the log and a flight recording know what belongs together. */
final class Traces {
  /** What the log calls it. */
  static final String MDC_KEY = "request";

  static final String HEADER = "X-Request-Id";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.-]{1,40}");

  private final String prefix;
  private final AtomicLong last = new AtomicLong();

  Traces(String prefix) {
    this.prefix = prefix;
  }

  /** The name that a client gave, if it can be used, or the next of our own. */
  String of(@Nullable String given) {
    return given != null && PLAIN.matcher(given).matches()
        ? given
        : prefix + last.incrementAndGet();
  }
}
