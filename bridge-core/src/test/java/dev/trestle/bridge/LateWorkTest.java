package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 11 ★: thread-sensitive work that comes when the blocked caller has gone. */
class LateWorkTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final AsyncToSync async = AsyncToSync.create();
  private final CompletableFuture<Context> inside = new CompletableFuture<>();
  private final CompletableFuture<Void> never = new CompletableFuture<>();
  private final Gate gate = new Gate();

  @AfterEach
  void letGo() {
    gate.open();
  }

  private CompletableFuture<Thread> lateWork() throws Exception {
    return Patience.result(inside).call(() -> BLOCKING.call(Thread::currentThread));
  }

  @Test
  void belowACallerThatWasCancelledItFailsAndNamesTheThreadThatHasLeft() throws Exception {
    CompletableFuture<Context> ofOuter = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  ofOuter.complete(Context.capture());
                  gate.pass();
                });
    Context context = Patience.result(ofOuter);
    Bystander<Object> leaver =
        Bystander.start(
            "leaver",
            () ->
                context.call(
                    () ->
                        async.call(
                            () -> {
                              inside.complete(Context.capture());
                              return never;
                            })));
    Patience.result(inside);
    leaver.awaitParked();
    outer.cancel(true);
    assertThat(leaver.failure()).isInstanceOf(CancellationException.class);
    assertThat(Patience.failure(lateWork()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("thread 'leaver'");
  }

  @Test
  void belowACallerThatReturnedItRunsOnTheOneThatIsStillBlocked() throws Exception {
    Bystander<Void> caller =
        Bystander.start(
            "caller",
            () ->
                async.call(
                    () ->
                        BLOCKING
                            .run(
                                () ->
                                    async.call(
                                        () -> {
                                          inside.complete(Context.capture());
                                          return CompletableFuture.completedFuture(null);
                                        }))
                            .thenCompose(x -> never)));
    Patience.result(inside);
    assertThat(Patience.result(lateWork())).isSameAs(caller.thread());
    never.complete(null);
    caller.result();
  }

  @Test
  void belowACallerThatReturnedOnAWorkerItRunsOnTheOutermostThread() throws Exception {
    Bystander<Void> caller =
        Bystander.start(
            "caller",
            () ->
                async.call(
                    () ->
                        SyncToAsync.concurrent()
                            .run(
                                () ->
                                    async.call(
                                        () -> {
                                          inside.complete(Context.capture());
                                          return CompletableFuture.completedFuture(null);
                                        }))
                            .thenCompose(x -> never)));
    Patience.result(inside);
    assertThat(Patience.result(lateWork())).isSameAs(caller.thread());
    never.complete(null);
    caller.result();
  }
}
