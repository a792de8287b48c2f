package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call that goes on with a function in place of a future. */
class CallThenTest {
  private static final int ROUNDS = 2_000;

  private final EventLoopThread loop = EventLoopThread.start("orders");
  private final SyncToAsync blocking = SyncToAsync.concurrent();

  @AfterEach
  void close() {
    loop.close();
  }

  private record Told(@Nullable Object value, @Nullable Throwable failure, Thread thread) {
    static BiConsumer<Object, Throwable> to(CompletableFuture<Told> told) {
      return (value, failure) -> {
        if (!told.complete(new Told(value, failure, Thread.currentThread()))) {
          throw new AssertionError("told twice");
        }
      };
    }
  }

  private Told onLoop(SyncToAsync wrapper, java.util.concurrent.Callable<?> body) {
    CompletableFuture<Told> told = new CompletableFuture<>();
    loop.execute(() -> wrapper.call(body, Told.to(told)));
    return told.join();
  }

  private Thread loopThread() {
    return AsyncToSync.on(loop)
        .call(() -> CompletableFuture.completedFuture(Thread.currentThread()));
  }

  @Test
  void theValueComesBackOnTheLoop() {
    CompletableFuture<Thread> body = new CompletableFuture<>();
    Told told =
        onLoop(
            blocking,
            () -> {
              body.complete(Thread.currentThread());
              return "found";
            });
    assertThat(told).isEqualTo(new Told("found", null, loopThread()));
    assertThat(body.join()).isNotSameAs(told.thread());
  }

  @Test
  void theFailureIsTheVeryObject() {
    IOException failure = new IOException("no route");
    Told told =
        onLoop(
            blocking,
            () -> {
              throw failure;
            });
    assertThat(told.failure()).isSameAs(failure);
    assertThat(told.thread()).isSameAs(loopThread());
  }

  @Test
  void aRefusalIsTold() {
    ThreadSensitiveScope closed = ThreadSensitiveScope.open();
    closed.close();
    Told told = onLoop(SyncToAsync.threadSensitive(closed), () -> 1);
    assertThat(told.failure()).hasMessageContaining("closed");
    assertThat(told.thread()).isSameAs(loopThread());
  }

  @Test
  void aTimeOutIsToldOnTheLoopWhileTheBodyGoesOn() {
    CountDownLatch end = new CountDownLatch(1);
    Told told =
        onLoop(
            blocking.withTimeout(Duration.ofMillis(50)),
            () -> {
              end.await();
              return 1;
            });
    end.countDown();
    assertThat(told.failure()).isInstanceOf(BridgeTimeoutException.class);
    assertThat(told.thread()).isSameAs(loopThread());
  }

  @Test
  void cancellingTheOuterCallTellsOfIt() throws Exception {
    CompletableFuture<Told> told = new CompletableFuture<>();
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Integer> outer =
        blocking.call(
            () -> {
              blocking.call(
                  () -> {
                    runs.countDown();
                    end.await();
                    return 1;
                  },
                  Told.to(told));
              end.await();
              return 2;
            });
    runs.await();
    outer.cancel(false);
    assertThat(told.join().failure()).isInstanceOf(CancellationException.class);
    end.countDown();
  }

  @Test
  void itGoesOnInTheContextOfItsCall() throws Exception {
    Local<String> user = Local.named("user");
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<String> inNext = new CompletableFuture<>();
    user.where(
        "ann",
        () -> {
          blocking.call(
              () -> {
                user.set("bob");
                return 1;
              },
              (value, failure) -> {
                seen.complete(user.get());
                blocking.call(user::get, (name, none) -> inNext.complete(name));
              });
          return null;
        });
    assertThat(seen.join()).isEqualTo("ann");
    assertThat(inNext.join()).isEqualTo("ann");
  }

  @Test
  void whatItThrowsIsLoggedAndTheLoopGoesOn() {
    CompletableFuture<Object> first = new CompletableFuture<>();
    loop.execute(
        () ->
            blocking.call(
                () -> 1,
                (value, failure) -> {
                  first.complete(value);
                  throw new IllegalStateException("of the user");
                }));
    assertThat(first.join()).isEqualTo(1);
    assertThat(onLoop(blocking, () -> 2).value()).isEqualTo(2);
  }

  @Test
  void theEndMayComeToTheThreadThatRanTheBody() {
    assertThat(onLoop(SyncToAsync.threadSensitive().completingOn(direct()), () -> 3).value())
        .isEqualTo(3);
  }

  private static Executor direct() {
    return Runnable::run;
  }

  @Test
  @Tag("concurrency")
  void aTimeOutAgainstTheEndTellsOnce() {
    AtomicInteger times = new AtomicInteger();
    SyncToAsync limited = blocking.withTimeout(Duration.ofNanos(50_000));
    for (int i = 0; i < ROUNDS; i++) {
      CompletableFuture<Told> told = new CompletableFuture<>();
      limited.call(
          () -> 1,
          (value, failure) -> {
            times.incrementAndGet();
            Told.to(told).accept(value, failure);
          });
      told.join();
    }
    assertThat(times).hasValue(ROUNDS);
  }
}
