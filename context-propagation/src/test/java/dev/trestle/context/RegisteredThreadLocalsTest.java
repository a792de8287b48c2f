package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.FakeThreadLocal;
import dev.trestle.FakeTracer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** 29: MDC, a security holder and a tracer, as any thread-local registered with Micrometer. */
class RegisteredThreadLocalsTest {
  private final FakeThreadLocal security = FakeThreadLocal.register("trestle.test.security");
  private final FakeTracer tracer = FakeTracer.register();

  @AfterEach
  void leaveTheThreadClean() {
    MDC.clear();
    security.put(null);
    security.close();
    tracer.close();
  }

  private Context request(String name) {
    MDC.put("request", name);
    security.put("user of " + name);
    tracer.open("span of " + name);
    Context request = Context.capture();
    MDC.clear();
    security.put(null);
    tracer.closeScope();
    return request;
  }

  private void assertRequest(String name) {
    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("request", name));
    assertThat(security.get()).isEqualTo("user of " + name);
    assertThat(tracer.span()).isEqualTo("span of " + name);
  }

  private void assertNothing() {
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    assertThat(security.get()).isNull();
    assertThat(tracer.span()).isNull();
  }

  @Test
  void theyReachTheBodyAndAreGoneAfterwards() {
    Context request = request("r1");
    Bystander.start(
            "raw",
            () -> {
              request.run(() -> assertRequest("r1"));
              assertNothing();
              return null;
            })
        .result();
    assertThat(tracer.mistakes()).isEmpty();
    assertThat(tracer.threads()).isZero();
    assertThat(security.threads()).isZero();
  }

  @Test
  void theThreadsOwnValuesAreBackAfterwards() {
    Context request = request("r1");
    MDC.put("own", "mdc");
    security.put("own user");
    tracer.open("own span");
    request.run(
        () -> {
          assertRequest("r1");
          MDC.put("more", "x");
          security.put("changed");
        });
    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("own", "mdc"));
    assertThat(security.get()).isEqualTo("own user");
    assertThat(tracer.span()).isEqualTo("own span");
    tracer.closeScope();
    assertThat(tracer.mistakes()).isEmpty();
  }

  @Test
  void missingValuesAreCleared() {
    Context empty = Context.capture();
    MDC.put("request", "r1");
    security.put("user of r1");
    tracer.open("span of r1");
    empty.run(this::assertNothing);
    assertRequest("r1");
    tracer.closeScope();
    assertThat(tracer.mistakes()).isEmpty();
  }

  @Test
  void theMdcOfASnapshotIsNotTheMapOfTheThread() {
    MDC.put("request", "r1");
    Context request = Context.capture();
    MDC.put("request", "r2");
    MDC.put("more", "x");
    request.run(() -> assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("request", "r1")));
    assertThat(MDC.get("request")).isEqualTo("r2");
  }

  @Test
  void snapshotsOfTwoRequestsNest() {
    Context one = request("r1");
    Context two = request("r2");
    one.run(
        () -> {
          two.run(() -> assertRequest("r2"));
          assertRequest("r1");
        });
    assertNothing();
    assertThat(tracer.mistakes()).isEmpty();
  }

  @Test
  void detachedKeepsThem() {
    Context detached = request("r1").detached();
    detached.run(() -> assertRequest("r1"));
    assertNothing();
  }
}
