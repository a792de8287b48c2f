package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 33: cancel goes down the call tree. */
class CancelThroughLayersTest {
  private final CompletableFuture<String> innermost = new CompletableFuture<>();
  private final CountDownLatch waiting = new CountDownLatch(1);

  private CompletableFuture<String> layers(SyncToAsync blocking, int depth) {
    return blocking.call(
        () ->
            AsyncToSync.create()
                .call(
                    () -> {
                      if (depth > 1) {
                        return layers(blocking, depth - 1);
                      }
                      waiting.countDown();
                      return innermost;
                    }));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 20})
  void cancelReachesTheInnermostOperationThroughAnyDepth(int depth) {
    CompletableFuture<String> outer = layers(SyncToAsync.concurrent(), depth);
    Patience.await(waiting);
    assertThat(outer.cancel(true)).isTrue();
    Patience.end(innermost);
    assertThat(innermost).isCancelled();
  }

  @ParameterizedTest
  @EnumSource
  void cancelReachesTheInnermostOperationThroughEveryPolicy(CancelPolicy policy) {
    CompletableFuture<String> outer = layers(SyncToAsync.concurrent().withCancel(policy), 4);
    Patience.await(waiting);
    outer.cancel(true);
    Patience.end(outer);
    Patience.end(innermost);
    assertThat(innermost).isCancelled();
    assertThat(Patience.failure(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aShieldedCallBelowIsNotTouched() {
    Gate gate = new Gate();
    AtomicReference<CompletableFuture<String>> shielded = new AtomicReference<>();
    CompletableFuture<String> outer =
        SyncToAsync.concurrent()
            .call(
                () ->
                    AsyncToSync.create()
                        .call(
                            () -> {
                              shielded.set(
                                  SyncToAsync.concurrent()
                                      .shielded()
                                      .withCancel(CancelPolicy.INTERRUPT)
                                      .call(
                                          () -> {
                                            gate.pass();
                                            return "saved";
                                          }));
                              waiting.countDown();
                              return innermost;
                            }));
    Patience.await(waiting);
    gate.awaitReached();
    outer.cancel(true);
    Patience.end(innermost);
    assertThat(shielded.get()).isNotDone();
    gate.open();
    assertThat(Patience.result(shielded.get())).isEqualTo("saved");
  }

  @Test
  void aShieldedBlockingWaitBelowIsNotTouched() {
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .run(
                () ->
                    seen.complete(
                        AsyncToSync.create()
                            .shielded()
                            .call(
                                () -> {
                                  waiting.countDown();
                                  return innermost;
                                })));
    Patience.await(waiting);
    assertThat(outer.cancel(true)).isTrue();
    assertThat(innermost).isNotDone();
    innermost.complete("saved");
    assertThat(Patience.result(seen)).isEqualTo("saved");
  }

  @Test
  void withWaitEveryLayerEndsNormallyWhenTheInnermostAbsorbsTheCancel() {
    SyncToAsync waitingCalls = SyncToAsync.concurrent().withCancel(CancelPolicy.WAIT);
    CompletableFuture<String> outer =
        waitingCalls.call(
            () ->
                AsyncToSync.create()
                    .call(
                        () ->
                            waitingCalls.call(
                                () -> {
                                  try {
                                    return layers(waitingCalls, 1).join();
                                  } catch (CancellationException e) {
                                    return "absorbed";
                                  }
                                })));
    Patience.await(waiting);
    assertThat(outer.cancel(true)).isFalse();
    assertThat(Patience.result(outer)).isEqualTo("absorbed");
    assertThat(innermost).isCancelled();
  }

  @Test
  void siblingsAndTheCallAboveGoOn() {
    Gate gate = new Gate();
    AtomicReference<CompletableFuture<String>> sibling = new AtomicReference<>();
    CompletableFuture<String> outer =
        SyncToAsync.concurrent()
            .call(
                () ->
                    AsyncToSync.create()
                        .call(
                            () -> {
                              CompletableFuture<String> cancelled =
                                  layers(SyncToAsync.concurrent(), 1);
                              sibling.set(
                                  SyncToAsync.concurrent()
                                      .call(
                                          () -> {
                                            gate.pass();
                                            return "sibling";
                                          }));
                              cancelled.cancel(true);
                              return sibling.get();
                            }));
    gate.awaitReached();
    Patience.end(SyncToAsync.concurrent().call(() -> ""));
    assertThat(outer).isNotDone();
    gate.open();
    assertThat(Patience.result(outer)).isEqualTo("sibling");
  }
}
