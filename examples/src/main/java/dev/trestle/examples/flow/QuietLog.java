package dev.trestle.examples.flow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps the log from telling what a load test does on purpose, and from being what it measures. */
final class QuietLog implements AutoCloseable {
  private final Map<Logger, @Nullable Level> before = new HashMap<>();

  QuietLog() {
    set(QuietLog.class.getPackageName(), Level.ERROR);
    set("com.zaxxer.hikari", Level.OFF); // connections are broken on purpose
  }

  private void set(String name, Level level) {
    Logger logger = (Logger) LoggerFactory.getLogger(name);
    before.put(logger, logger.getLevel());
    logger.setLevel(level);
  }

  @Override
  public void close() {
    before.forEach(Logger::setLevel);
  }
}
