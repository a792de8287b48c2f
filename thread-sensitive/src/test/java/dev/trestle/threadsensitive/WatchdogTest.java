package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody can see through is reported. */
class WatchdogTest {
  private final LogLines log = LogLines.of(Watchdog.class);
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.openPlatform();
  private final Gate gate = new Gate();

  @BeforeEach
  void loseThePatience() {
    Watchdog.setPatience(Duration.ofMillis(100));
  }

  @AfterEach
  void regainIt() {
    gate.open();
    Watchdog.setPatience(Duration.ofSeconds(5));
    scope.close();
    log.stop();
  }

  private static <R> CompletableFuture<R> submit(Callable<R> body, ThreadSensitiveScope scope) {
    BlockingCall<R> call = new BlockingCall<>(body, null, CallOptions.DEFAULT);
    call.submitTo(scope);
    return call;
  }

  static <R> R waitFor(CompletionStage<R> stage) {
    CallerFrame<R> frame =
        new CallerFrame<>(null, caller -> new CallerLoop(caller) {}, CallOptions.DEFAULT);
    try {
      return frame.call(() -> stage);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  // 16
  @Test
  void aBodyThatWaitsForWhatOnlyAnotherBodyOfItsHomeWouldDoIsReported() {
    CompletableFuture<Void> stuck =
        submit(
            () -> {
              gate.pass();
              return null;
            },
            scope);
    String home = gate.awaitReached().getName();
    CompletableFuture<Void> behind =
        submit(
            () -> {
              gate.open();
              return null;
            },
            scope);

    String report = log.awaitContaining("thread '" + home + "' has run one body for");
    assertThat(report).contains("others wait behind it").contains("Gate.pass(Gate.java");
    gate.open();
    Patience.result(stuck);
    Patience.result(behind);
    log.awaitContaining("thread '" + home + "' goes on, after");
  }

  // 17
  @Test
  void aWaitThatNobodyCanSeeThroughIsReportedAndWithdrawn() {
    CompletableFuture<String> foreign = new CompletableFuture<>();
    Bystander<String> waits = Bystander.start("waits", () -> waitFor(foreign));

    String report = log.awaitContaining("thread 'waits'");
    assertThat(report)
        .contains("in WatchdogTest.waitFor(WatchdogTest.java:")
        .contains("for a java.util.concurrent.CompletableFuture, which does not tell who completes")
        .contains("    at ");
    log.awaitCount("thread 'waits', in", 2); // once more when it has doubled
    foreign.complete("done");
    assertThat(waits.result()).isEqualTo("done");
    log.awaitContaining("thread 'waits' waits no longer");
  }

  @Test
  void theDumpSaysWhoWaitsForWhatAlsoThroughABean() throws Exception {
    CompletableFuture<String> call =
        submit(
            () -> {
              gate.pass();
              return "done";
            },
            scope);
    String home = gate.awaitReached().getName();
    CompletableFuture<String> behind = submit(() -> "behind", scope);
    Bystander<String> first = Bystander.start("first", call::join);
    Bystander<String> second =
        Bystander.start("second", () -> waitFor(behind.thenCombine(call, String::concat)));

    await()
        .untilAsserted(
            () ->
                assertThat(Calls.dump())
                    .contains("thread 'first'", "a call whose body runs on thread '" + home + "'")
                    .contains(
                        "thread 'second'",
                        "for all of [a call that is queued on thread '" + home + "'"));
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.trestle:type=Calls");
    await().until(() -> beans.isRegistered(name)); // a worker does that
    Object bean = beans.invoke(name, "dump", null, null);
    assertThat(bean).asString().contains("thread 'first'");
    gate.open();
    assertThat(first.result()).isEqualTo("done");
    assertThat(second.result()).isEqualTo("behinddone");
    await().untilAsserted(() -> assertThat(Calls.dump()).doesNotContain("'first'", "'second'"));
  }
}
