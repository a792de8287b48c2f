package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A caller that was blocked on the thread of another's lane goes, while calls come for it. */
@Tag("concurrency")
class SubmitToAGuestTest {
  private static final int ROUNDS = 5_000;

  private final ThreadSensitiveExecutor host = ThreadSensitiveExecutor.platform("host");
  private final Thread shared =
      Patience.result(
          submitted(new BlockingCall<>(Thread::currentThread, null, CallOptions.DEFAULT)));

  @AfterEach
  void close() {
    host.close();
  }

  private static <R> BlockingCall<R> submitted(BlockingCall<R> call) {
    call.submitHome();
    return call;
  }

  /** What a frame on the host's thread waits for, and calls that were made below it. */
  private final class Guest {
    final AtomicInteger runs = new AtomicInteger();
    final List<BlockingCall<Thread>> calls = new ArrayList<>();
    final CompletableFuture<Integer> end = new CompletableFuture<>();
    final CompletableFuture<Integer> left = new CompletableFuture<>();

    Guest() {
      CompletableFuture<Integer> begun = new CompletableFuture<>();
      host.execute(
          () -> {
            try {
              left.complete(
                  new CallerFrame<Integer>(null, o -> new CallerLoop(o) {}, CallOptions.DEFAULT)
                      .call(
                          () -> {
                            for (int i = 0; i < 2; i++) {
                              calls.add(new BlockingCall<>(this::run, null, CallOptions.DEFAULT));
                            }
                            begun.complete(1);
                            return end;
                          }));
            } catch (Throwable e) {
              left.completeExceptionally(e);
            }
          });
      Patience.result(begun);
    }

    private Thread run() {
      runs.incrementAndGet();
      return Thread.currentThread();
    }
  }

  @Test
  void aCallIsRunByItsHostOrTheSharedThreadAndAfterItByTheShared() {
    Thread hosts = Bystander.call(() -> hostThread());
    Race.run(
        ROUNDS,
        round -> new Guest(),
        guest -> submitted(guest.calls.get(0)),
        guest -> guest.end.complete(1),
        guest -> {
          Patience.result(guest.left);
          submitted(guest.calls.get(1));
          assertThat(Patience.result(guest.calls.get(0))).isIn(hosts, shared);
          assertThat(Patience.result(guest.calls.get(1))).isSameAs(shared);
          assertThat(guest.runs).hasValue(2);
        });
  }

  private Thread hostThread() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    host.execute(() -> thread.complete(Thread.currentThread()));
    return Patience.result(thread);
  }
}
