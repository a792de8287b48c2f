package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 26: a Local goes with the call, and comes back to whoever waits for it. */
class LocalsAcrossBridgesTest {
  private static final Local<String> TRACE = Local.named("trace");
  private final SyncToAsync concurrent = SyncToAsync.concurrent();
  private final AsyncToSync async = AsyncToSync.create();

  @BeforeEach
  void set() {
    TRACE.set("caller");
  }

  @AfterEach
  void remove() {
    TRACE.remove();
  }

  private static void add(String step) {
    TRACE.set(TRACE.get() + ">" + step);
  }

  private static String set(String value) {
    TRACE.set(value);
    return value;
  }

  @Test
  void whatTheCallerSetIsSeenByTheBodyOfEveryKind() {
    assertThat(Patience.result(concurrent.<String>call(TRACE::get))).isEqualTo("caller");
    assertThat(Patience.result(SyncToAsync.threadSensitive().<String>call(TRACE::get)))
        .isEqualTo("caller");
    assertThat(Patience.result(SyncToAsync.on(Runnable::run).<String>call(TRACE::get)))
        .isEqualTo("caller");
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      assertThat(AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture(TRACE.get())))
          .isEqualTo("caller");
    }
  }

  @Test
  void theContextIsTheOneOfTheCallNotOfTheWrapping() {
    var wrapped = concurrent.<String, String>wrap(x -> TRACE.get());
    TRACE.set("later");
    assertThat(Patience.result(wrapped.apply(""))).isEqualTo("later");
  }

  private static CompletableFuture<String> alternate(int depth) {
    add("async" + depth);
    return SyncToAsync.concurrent()
        .call(
            () -> {
              add("blocking" + depth);
              if (depth > 1) {
                AsyncToSync.create().call(() -> alternate(depth - 1));
              }
              add("end" + depth);
              return TRACE.get();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void whatIsSetBelowComesBackAcrossAlternations(int depth) {
    StringBuilder expected = new StringBuilder("caller");
    for (int d = depth; d >= 1; d--) {
      expected.append(">async").append(d).append(">blocking").append(d);
    }
    for (int d = 1; d <= depth; d++) {
      expected.append(">end").append(d);
    }
    assertThat(async.call(() -> alternate(depth))).isEqualTo(expected.toString());
    assertThat(TRACE.get()).isEqualTo(expected.toString());
  }

  @Test
  void whatTheBodySetBeforeItFailedComesBack() {
    IllegalStateException failure = new IllegalStateException("broken");
    Throwable thrown =
        catchThrowable(
            () ->
                async.call(
                    () -> {
                      add("async");
                      return concurrent.run(
                          () -> {
                            add("blocking");
                            throw failure;
                          });
                    }));
    assertThat(thrown).isSameAs(failure);
    assertThat(TRACE.get()).isEqualTo("caller>async>blocking");
  }

  @Test
  void removalBelowComesBack() {
    async.call(() -> concurrent.run(TRACE::remove));
    assertThat(TRACE.isSet()).isFalse();
  }

  @Test
  void aNamedLoopWritesBackToo() {
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      AsyncToSync.on(loop)
          .call(
              () -> {
                add("loop");
                return concurrent.run(() -> add("blocking"));
              });
      assertThat(TRACE.get()).isEqualTo("caller>loop>blocking");
      CompletableFuture<Boolean> next = new CompletableFuture<>();
      Bystander.start(
              "other",
              () -> {
                loop.execute(() -> next.complete(TRACE.isSet()));
                return null;
              })
          .result();
      assertThat(Patience.result(next)).isFalse();
    }
  }

  @Test
  void aSpawnedChildCopiesAndNeverWritesBack() {
    Gate gate = new Gate();
    String seen =
        async.call(
            () -> {
              CompletableFuture<String> child =
                  concurrent.call(
                      () -> {
                        String copied = TRACE.get();
                        set("child");
                        gate.pass();
                        return copied;
                      });
              gate.awaitReached();
              assertThat(TRACE.get()).isEqualTo("caller");
              add("async");
              gate.open();
              return child.thenApply(copied -> copied);
            });
    assertThat(seen).isEqualTo("caller");
    assertThat(TRACE.get()).isEqualTo("caller>async");
  }

  @Test
  void dependentsAndCombinedStagesCarryNothingBack() {
    async.call(() -> concurrent.call(() -> set("body")).thenApply(x -> set("dependent")));
    assertThat(TRACE.get()).isEqualTo("caller");
    async.call(
        () ->
            concurrent
                .call(() -> set("one"))
                .thenCombine(concurrent.call(() -> set("two")), (a, b) -> set("both")));
    assertThat(TRACE.get()).isEqualTo("caller");
  }

  @Test
  void anAbandonedCallWritesNothingBack() {
    Gate gate = new Gate();
    Throwable thrown =
        catchThrowable(
            () ->
                async
                    .withTimeout(Duration.ofMillis(50))
                    .call(
                        () -> {
                          add("async");
                          return concurrent.run(
                              () -> {
                                add("blocking");
                                gate.pass();
                              });
                        }));
    gate.open();
    assertThat(thrown).isInstanceOf(BridgeTimeoutException.class);
    assertThat(TRACE.get()).isEqualTo("caller");
  }

  @Test
  void aThreadThatDoesNotWaitGetsNothing() {
    Patience.end(concurrent.call(() -> set("body")));
    assertThat(TRACE.get()).isEqualTo("caller");
  }
}
