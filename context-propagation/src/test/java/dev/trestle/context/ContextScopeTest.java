package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ContextScopeTest {
  private final Local<Integer> depth = Local.named("depth");

  @Test
  void closingPutsBackWhatTheThreadHad() throws Exception {
    Context one = depth.where(1, Context::capture);
    try (Context.Scope scope = one.enter()) {
      assertThat(depth.get()).isEqualTo(1);
      depth.set(2);
    }
    assertThat(depth.isSet()).isFalse();
  }

  @Test
  void anEmptyContextClearsWhatTheThreadHasUntilClosed() throws Exception {
    Context empty = Context.capture();
    depth.where(
        1,
        () -> {
          try (Context.Scope scope = empty.enter()) {
            assertThat(depth.isSet()).isFalse();
          }
          return assertThat(depth.get()).isEqualTo(1);
        });
  }

  @Test
  void aThousandScopesNest() throws Exception {
    Deque<Context.Scope> scopes = new ArrayDeque<>();
    for (int i = 0; i < 1000; i++) {
      scopes.push(depth.where(i, Context::capture).enter());
    }
    for (int i = 999; i >= 0; i--) {
      assertThat(depth.get()).isEqualTo(i);
      scopes.pop().close();
    }
    assertThat(depth.isSet()).isFalse();
  }

  @Test
  void aContextMayBeEnteredTwiceOnOneThread() throws Exception {
    Context one = depth.where(1, Context::capture);
    try (Context.Scope outer = one.enter()) {
      depth.set(7);
      try (Context.Scope inner = one.enter()) {
        assertThat(depth.get()).isEqualTo(1);
      }
      assertThat(depth.get()).isEqualTo(7);
    }
    assertThat(depth.isSet()).isFalse();
  }
}
