package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.context.Local;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 26 and DESIGN.md, section 6: {@code join} and {@code get} of ours are waits as well. */
class JoinWriteBackTest {
  private static final Local<String> TRACE = Local.named("trace");

  @AfterEach
  void remove() {
    TRACE.remove();
  }

  @Test
  void joinTakesBackWhatTheBodySet() {
    SyncToAsync.concurrent().run(() -> TRACE.set("body")).join();
    assertThat(TRACE.orElse("unset")).isEqualTo("body");
  }

  @Test
  void getTakesBackWhatTheBodySet() throws Exception {
    SyncToAsync.concurrent().run(() -> TRACE.set("body")).get();
    assertThat(TRACE.orElse("unset")).isEqualTo("body");
  }
}
