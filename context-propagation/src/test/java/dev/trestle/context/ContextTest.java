package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 28: a body sees exactly the snapshot it runs in, and changes nothing but its own. */
class ContextTest {
  private final Local<String> tenant = Local.named("tenant");
  private final Local<String> user = Local.named("user");
  private Context snapshot;

  @BeforeEach
  void takeASnapshotAndChangeTheThread() throws Exception {
    snapshot = tenant.where("acme", Context::capture);
    tenant.set("own");
    user.set("ann");
  }

  @AfterEach
  void leaveTheThreadClean() {
    tenant.remove();
    user.remove();
  }

  private void assertOwnValues() {
    assertThat(tenant.get()).isEqualTo("own");
    assertThat(user.get()).isEqualTo("ann");
  }

  @Test
  void theBodySeesExactlyTheSnapshot() {
    snapshot.run(
        () -> {
          assertThat(tenant.get()).isEqualTo("acme");
          assertThat(user.isSet()).isFalse();
        });
    assertOwnValues();
  }

  @Test
  void whatTheBodySetsIsGoneAfterwards() {
    snapshot.run(
        () -> {
          tenant.set("changed");
          user.set("bob");
        });
    assertOwnValues();
    snapshot.run(
        () -> {
          assertThat(tenant.get()).isEqualTo("acme");
          assertThat(user.isSet()).isFalse();
        });
  }

  @Test
  void aSnapshotTakenBeforeASetDoesNotChange() {
    Context before = Context.capture();
    tenant.set("later");
    user.remove();
    before.run(this::assertOwnValues);
  }

  @Test
  void nullIsCarriedAsAValue() throws Exception {
    Context withNull = tenant.where(null, Context::capture);
    withNull.run(
        () -> {
          assertThat(tenant.isSet()).isTrue();
          assertThat(tenant.get()).isNull();
        });
  }

  @Test
  void callReturnsWhatTheBodyReturned() throws Exception {
    assertThat(snapshot.<String>call(tenant::get)).isEqualTo("acme");
    assertThat(snapshot.<String>call(() -> null)).isNull();
    assertOwnValues();
  }

  @Test
  void aThrowingBodyLeavesTheThreadsOwnValues() {
    IOException failure = new IOException("broken");
    assertThatThrownBy(
            () ->
                snapshot.call(
                    () -> {
                      tenant.set("changed");
                      throw failure;
                    }))
        .isSameAs(failure);
    assertOwnValues();
  }

  @Test
  void snapshotsNest() {
    Context inner = Context.capture();
    snapshot.run(
        () -> {
          inner.run(this::assertOwnValues);
          assertThat(tenant.get()).isEqualTo("acme");
        });
    assertOwnValues();
  }

  @Test
  void detachedKeepsTheValuesAndLosesTheCall() {
    Object call = new Object();
    Context attached = capturedIn(call);
    assertThat(attached.bridgeCall()).isSameAs(call);
    Context detached = attached.detached();
    assertThat(detached.bridgeCall()).isNull();
    detached.run(
        () -> {
          assertOwnValues();
          assertThat(Context.currentCall()).isNull();
          assertThat(Context.isCurrentDetached()).isTrue();
          assertThat(Context.capture().bridgeCall()).isNull();
        });
    assertThat(attached.bridgeCall()).isSameAs(call);
  }

  @Test
  void theCallIsCapturedWithTheValues() {
    Object call = new Object();
    capturedIn(call)
        .run(
            () -> {
              assertThat(Context.currentCall()).isSameAs(call);
              assertThat(Context.capture().bridgeCall()).isSameAs(call);
            });
    assertThat(Context.currentCall()).isNull();
    assertThat(Context.capture().bridgeCall()).isNull();
  }

  @Test
  void oneSnapshotServesManyCalls() {
    Context values = Context.captureValues();
    for (Object call : List.of("first", "second")) {
      try (Context.Scope scope = values.enterFor(call)) {
        assertOwnValues();
        assertThat(Context.currentCall()).isSameAs(call);
        assertThat(Context.capture().bridgeCall()).isSameAs(call);
      }
    }
    assertThat(Context.currentCall()).isNull();
  }

  private static Context capturedIn(Object call) {
    try (Context.Scope scope = Context.captureValues().enterFor(call)) {
      return Context.capture();
    }
  }

  @Test
  void toStringShowsTheValues() {
    assertThat(snapshot.toString()).contains("tenant").contains("acme").doesNotContain("ann");
  }
}
