package dev.trestle.threadsensitive;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one class logs, until this is stopped. */
final class LogLines extends AppenderBase<ILoggingEvent> {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Starts to note what a class logs. */
  static LogLines of(Class<?> type) {
    Logger logger = (Logger) LoggerFactory.getLogger(type);
    LogLines noted = new LogLines();
    noted.setContext(logger.getLoggerContext());
    noted.start();
    logger.addAppender(noted);
    return noted;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  /** Waits for a line in which a text occurs, and returns the first. */
  String awaitContaining(String text) {
    awaitCount(text, 1);
    return containing(text).get(0);
  }

  /** Waits until a text has occurred in so many lines. */
  void awaitCount(String text, int count) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> containing(text).size() >= count);
  }

  private List<String> containing(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }
}
