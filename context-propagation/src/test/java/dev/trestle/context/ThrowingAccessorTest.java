package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.FakeThreadLocal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 29: an accessor that throws half-way, between two good ones, leaves nothing behind. */
class ThrowingAccessorTest {
  private final FakeThreadLocal first = FakeThreadLocal.register("trestle.test.first");
  private final FakeThreadLocal bad = FakeThreadLocal.register("trestle.test.bad");
  private final FakeThreadLocal last = FakeThreadLocal.register("trestle.test.last");
  private final Local<String> tenant = Local.named("tenant");
  private final IllegalStateException failure = new IllegalStateException("the accessor");
  private Context request;

  @BeforeEach
  void takeASnapshotAndChangeTheThread() {
    putAll("request");
    request = Context.capture();
    putAll("own");
  }

  @AfterEach
  void unregister() {
    putAll(null);
    tenant.remove();
    first.close();
    bad.close();
    last.close();
  }

  private void putAll(String value) {
    first.put(value);
    bad.put(value);
    last.put(value);
    tenant.set(value);
  }

  private void assertOwnValues() {
    assertThat(first.get()).isEqualTo("own");
    assertThat(bad.get()).isEqualTo("own");
    assertThat(last.get()).isEqualTo("own");
    assertThat(tenant.get()).isEqualTo("own");
  }

  @Test
  void aThrowingGetFailsTheCaptureOnly() {
    bad.failGet(failure);
    assertThatThrownBy(Context::capture).isSameAs(failure);
    assertOwnValues();
  }

  @Test
  void aThrowingSetFailsTheRunBeforeTheBody() {
    bad.failSet(failure);
    AtomicBoolean ran = new AtomicBoolean();
    assertThatThrownBy(() -> request.run(() -> ran.set(true))).isSameAs(failure);
    assertThat(ran).isFalse();
    assertOwnValues();
  }

  @Test
  void aThrowingGetWhileEnteringLeavesTheThreadsOwnValues() {
    bad.failGet(failure);
    assertThatThrownBy(() -> request.run(() -> {})).isSameAs(failure);
    assertOwnValues();
  }

  @Test
  void aThrowingRestoreStillRestoresAllOthers() {
    bad.failRestore(failure);
    AtomicBoolean ran = new AtomicBoolean();
    assertThatThrownBy(() -> request.run(() -> ran.set(true))).isSameAs(failure);
    assertThat(ran).isTrue();
    assertOwnValues();
  }

  @Test
  void whatTheBodyThrewIsNotHiddenByAThrowingRestore() {
    bad.failRestore(failure);
    IllegalArgumentException thrown = new IllegalArgumentException("the body");
    assertThatThrownBy(
            () ->
                request.run(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .satisfies(e -> assertThat(e.getSuppressed()).contains(failure));
    assertOwnValues();
  }

  @Test
  void theNextRunIsCleanAgain() {
    bad.failSet(failure);
    assertThatThrownBy(() -> request.run(() -> {})).isSameAs(failure);
    bad.failSet(null);
    request.run(
        () -> {
          assertThat(first.get()).isEqualTo("request");
          assertThat(bad.get()).isEqualTo("request");
          assertThat(last.get()).isEqualTo("request");
        });
    assertOwnValues();
  }
}
