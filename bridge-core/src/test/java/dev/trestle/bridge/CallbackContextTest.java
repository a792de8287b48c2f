package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.context.Local;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 30: a callback of a future that is done already runs at once, and still sets only its own. */
class CallbackContextTest {
  private static final Local<String> USER = Local.named("user");

  @AfterEach
  void remove() {
    USER.remove();
  }

  @Test
  void whatALateCallbackSetsReachesNeitherItsCallerNorTheNextCallback() {
    CompletableFuture<String> cached = SyncToAsync.concurrent().call(() -> "");
    Patience.end(cached);
    Patience.end(cached.thenAccept(x -> USER.set("first")));
    CompletableFuture<Boolean> next = cached.thenApply(x -> USER.isSet());
    assertThat(Patience.result(next)).isFalse();
    assertThat(USER.isSet()).isFalse();
  }
}
