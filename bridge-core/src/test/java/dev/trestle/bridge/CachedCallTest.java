package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 30 and 33: what one request cached gives others its value, and nothing else. */
class CachedCallTest {
  private static final Local<String> USER = Local.named("user");

  private final Gate gate = new Gate();
  private final CompletableFuture<String> cached = SyncToAsync.concurrent().call(this::load);

  private String load() {
    USER.set("of the request that loaded");
    gate.pass();
    return "value";
  }

  @AfterEach
  void letGo() {
    gate.open();
  }

  private static boolean isUserSetAfter(CompletableFuture<String> stage) throws Exception {
    boolean before = USER.isSet();
    assertThat(AsyncToSync.create().call(() -> stage)).isEqualTo("value");
    return before || USER.isSet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallerThatReturnsItGetsNoneOfItsLocals(boolean done) {
    if (done) {
      gate.open();
      Patience.result(cached);
    }
    Bystander<Boolean> other = Bystander.start("other", () -> isUserSetAfter(cached));
    if (!done) {
      other.awaitParked();
      gate.open();
    }
    assertThat(other.result()).isFalse();
  }

  @Test
  void aCallerGetsThoseOfACallOfItsOwn() {
    gate.open();
    Bystander<Boolean> own =
        Bystander.start(
            "own",
            () -> {
              AsyncToSync.create().call(() -> SyncToAsync.concurrent().call(this::load));
              return USER.isSet();
            });
    assertThat(own.result()).isTrue();
  }

  @Test
  void cancellingADependentLeavesItAlone() {
    CompletableFuture<String> dependent = cached.thenApply(x -> x).thenCompose(x -> cached);
    assertThat(dependent.cancel(true)).isTrue();
    assertThat(cached.copy().cancel(true)).isTrue();
    assertItGoesOn();
  }

  @Test
  void aCallerOfADependentThatTimesOutLeavesItAlone() {
    AsyncToSync hasty = AsyncToSync.create().withTimeout(Duration.ofMillis(40));
    assertThatThrownBy(() -> hasty.call(() -> cached.thenApply(x -> x)))
        .isInstanceOf(BridgeTimeoutException.class);
    assertItGoesOn();
  }

  private void assertItGoesOn() {
    assertThat(cached).isNotDone();
    gate.open();
    assertThat(Patience.result(cached)).isEqualTo("value");
  }
}
