package dev.trestle.examples.flow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Reads the log as it is written: which request ran what on which thread. */
final class LogWitness extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final Set<String> JDBC = Set.of("Orders", "Transactions");

  private final Logger logger = (Logger) LoggerFactory.getLogger(LogWitness.class.getPackageName());
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

  /** A line of the log. */
  record Line(String request, String thread, String author, String text) {
    boolean isJdbc() {
      return JDBC.contains(author);
    }

    /** Which part of the program a thread belongs to, by its name. */
    String role() {
      return thread.startsWith("vert.x-eventloop")
          ? "loop"
          : thread.startsWith("trestle-home-")
              ? "home"
              : thread.startsWith("servlet-")
                  ? "servlet"
                  : thread.startsWith("trestle-worker-") ? "worker" : "other";
    }
  }

  private final @Nullable Level levelBefore = logger.getLevel();

  private LogWitness() {}

  static LogWitness attach() {
    LogWitness witness = new LogWitness();
    witness.setContext(witness.logger.getLoggerContext());
    witness.start();
    witness.logger.setLevel(Level.DEBUG);
    witness.logger.addAppender(witness);
    return witness;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String author = event.getLoggerName();
    lines.add(
        new Line(
            event.getMDCPropertyMap().getOrDefault(Traces.MDC_KEY, ""),
            event.getThreadName(),
            author.substring(author.lastIndexOf('.') + 1),
            event.getFormattedMessage()));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The threads that ran the transaction of each request. */
  Map<String, Set<String>> homes() {
    Map<String, Set<String>> homes = new ConcurrentHashMap<>();
    for (Line line : lines) {
      if (line.isJdbc()) {
        homes
            .computeIfAbsent(line.request(), id -> ConcurrentHashMap.newKeySet())
            .add(line.thread());
      }
    }
    return homes;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(levelBefore);
    stop();
  }
}
