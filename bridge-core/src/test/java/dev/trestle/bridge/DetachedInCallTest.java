package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Call;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A detached context belongs to no call, also on a thread that drives one. */
class DetachedInCallTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final AsyncToSync async = AsyncToSync.create();
  private final CompletableFuture<Void> never = new CompletableFuture<>();
  private final Gate gate = new Gate();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final AtomicReference<CompletableFuture<String>> background = new AtomicReference<>();

  @AfterEach
  void letGo() {
    gate.open();
  }

  private static Call<?> detachedCall() throws Exception {
    assertThat(Call.current()).isNotNull();
    Call<?>[] seen = new Call<?>[1];
    Context.capture().detached().run(() -> seen[0] = Call.current());
    return seen[0];
  }

  @Test
  void itsCodeIsPartOfNoCallInTheFunction() {
    CompletableFuture<Call<?>> seen = new CompletableFuture<>();
    async.call(
        () -> {
          seen.complete(detachedCall());
          return CompletableFuture.completedFuture(null);
        });
    assertThat(Patience.result(seen)).isNull();
  }

  @Test
  void itsCodeIsPartOfNoCallInATaskOfTheLoop() {
    CompletableFuture<Call<?>> seen = new CompletableFuture<>();
    async.call(
        () -> {
          Context detached = Context.capture().detached();
          EventLoop.current()
              .orElseThrow()
              .execute(() -> detached.run(() -> seen.complete(Call.current())));
          return seen;
        });
    assertThat(Patience.result(seen)).isNull();
  }

  @Test
  void itsThreadSensitiveWorkGoesToTheSharedThread() {
    Thread shared = Patience.result(BLOCKING.call(Thread::currentThread));
    CompletableFuture<Thread> attached = new CompletableFuture<>();
    Thread detached =
        async.call(
            () -> {
              var unused = BLOCKING.run(() -> attached.complete(Thread.currentThread()));
              return Context.capture().detached().call(() -> BLOCKING.call(Thread::currentThread));
            });
    assertThat(detached).isSameAs(shared).isNotSameAs(Thread.currentThread());
    assertThat(Patience.result(attached)).isSameAs(Thread.currentThread());
  }

  private CompletableFuture<Void> startInBackground() throws Exception {
    background.set(
        Context.capture()
            .detached()
            .call(
                () ->
                    SyncToAsync.concurrent()
                        .call(
                            () -> {
                              gate.pass();
                              return "filled";
                            })));
    gate.awaitReached();
    waiting.countDown();
    return never;
  }

  private void assertItWentOn() {
    assertThat(background.get()).isNotDone();
    gate.open();
    assertThat(Patience.result(background.get())).isEqualTo("filled");
  }

  @Test
  void aTimeOutLeavesItAlone() {
    Throwable thrown =
        Bystander.start(
                "caller",
                () -> async.withTimeout(Duration.ofMillis(50)).call(this::startInBackground))
            .failure();
    assertThat(thrown).isInstanceOf(BridgeTimeoutException.class);
    assertThat(never).isCancelled();
    assertItWentOn();
  }

  @Test
  void aCancelLeavesItAlone() {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  try {
                    async.call(this::startInBackground);
                  } catch (Throwable e) {
                    thrown.complete(e);
                  }
                });
    Patience.await(waiting);
    outer.cancel(true);
    assertThat(Patience.result(thrown)).isInstanceOf(CancellationException.class);
    assertThat(never).isCancelled();
    assertItWentOn();
  }
}
