package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** 38: what a detached body throws is never lost. */
class DetachedFailureTest {
  private final Gate gate = new Gate();
  private final List<Throwable> told = new CopyOnWriteArrayList<>();
  private final IllegalStateException failure =
      new IllegalStateException("thrown by the default's body");

  private void passAndFail() {
    gate.pass();
    throw failure;
  }

  @Test
  void theHandlerIsToldOfABodyThatFailsAfterItsCallWasCancelled() {
    CompletableFuture<Thread> toldOn = new CompletableFuture<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withDetachedFailures(
                thrown -> {
                  told.add(thrown);
                  toldOn.complete(Thread.currentThread());
                })
            .run(this::passAndFail);
    Thread body = gate.awaitReached();
    call.cancel(true);
    gate.open();
    assertThat(Patience.result(toldOn)).isSameAs(body);
    assertThat(told).containsExactly(failure);
  }

  @Test
  void theHandlerIsToldOfABodyThatFailsAfterItsCallTimedOut() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withTimeout(Duration.ofMillis(50))
            .withDetachedFailures(told::add)
            .run(this::passAndFail);
    gate.awaitReached();
    assertThat(Patience.failure(call)).isInstanceOf(BridgeTimeoutException.class);
    gate.open();
    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(failure);
  }

  @Test
  void theHandlerIsToldOfABodyThatFailsAfterCompletionFromOutside() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent().withDetachedFailures(told::add).run(this::passAndFail);
    gate.awaitReached();
    call.complete(null);
    gate.open();
    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(failure);
  }

  @Test
  void theHandlerIsNotToldOfAFailureThatTheFutureDelivers() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent().withDetachedFailures(told::add).run(this::passAndFail);
    gate.open();
    assertThat(Patience.failure(call)).isSameAs(failure);
    Patience.result(Calls.ended(call));
    assertThat(told).isEmpty();
  }

  @Test
  void theHandlerIsNotToldOfADetachedBodyThatSucceeds() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent().withDetachedFailures(told::add).run(gate::pass);
    gate.awaitReached();
    call.cancel(true);
    gate.open();
    Patience.result(Calls.ended(call));
    assertThat(told).isEmpty();
  }

  @Test
  void aHandlerThatThrowsHarmsNobody() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withDetachedFailures(
                thrown -> {
                  throw new IllegalArgumentException("the handler");
                })
            .run(this::passAndFail);
    gate.awaitReached();
    call.cancel(true);
    gate.open();
    Patience.result(Calls.ended(call));
  }

  @Test
  void byDefaultOneLineIsLogged() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(event);
          }
        };
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    try {
      CompletableFuture<Void> call = SyncToAsync.concurrent().run(this::passAndFail);
      gate.awaitReached();
      call.cancel(true);
      gate.open();
      await().until(() -> logged.stream().anyMatch(this::tellsOfTheFailure));
    } finally {
      root.detachAppender(appender);
    }
    assertThat(logged).filteredOn(this::tellsOfTheFailure).hasSize(1);
  }

  private boolean tellsOfTheFailure(ILoggingEvent event) {
    return event.getFormattedMessage().contains(failure.toString());
  }
}
