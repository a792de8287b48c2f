package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Only work that belongs to the call runs in the middle of a blocked body. */
class UnrelatedWorkWaitsTest {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final AsyncToSync async = AsyncToSync.create();

  // 14
  @Test
  void unrelatedWorkOnTheSharedThreadWaitsUntilTheBlockedBodyHasEnded() throws Exception {
    assertWaits(SyncToAsync.threadSensitive());
  }

  // 14
  @Test
  void unrelatedWorkInAScopeWaitsUntilTheBlockedBodyHasEnded() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      assertWaits(SyncToAsync.threadSensitive(scope));
    }
  }

  // 14
  @Test
  void workOfAnotherChainNeverRunsOnABlockedCaller() throws Exception {
    Thread caller = Thread.currentThread();
    CompletableFuture<String> end = new CompletableFuture<>();
    CompletableFuture<Thread> unrelated = new CompletableFuture<>();
    async.call(
        () -> {
          Bystander.run(
              "unrelated",
              () -> {
                unrelated.complete(
                    Patience.result(SyncToAsync.threadSensitive().call(Thread::currentThread)));
                end.complete("end");
              });
          return end;
        });
    assertThat(Patience.result(unrelated)).isNotSameAs(caller);
  }

  private void assertWaits(SyncToAsync blocking) throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CompletableFuture<Void> relevantMayStart = new CompletableFuture<>();
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      CompletableFuture<Void> body =
          Loops.start(
              loop,
              () ->
                  blocking.run(
                      () -> {
                        async.call(
                            () -> {
                              blocked.countDown();
                              // A foreign future loses the context, so it is carried by hand.
                              return relevantMayStart.thenComposeAsync(
                                  Context.capture().wrapFunction(any -> related(blocking)), loop);
                            });
                        events.add("body ends");
                      }));
      Patience.await(blocked);
      CompletableFuture<Void> unrelated =
          Bystander.call(() -> blocking.run(() -> events.add("unrelated")));
      relevantMayStart.complete(null);
      Patience.result(body);
      Patience.result(unrelated);
      assertThat(events).containsExactly("related", "body ends", "unrelated");
    }
  }

  private CompletableFuture<Void> related(SyncToAsync blocking) {
    return blocking.run(() -> events.add("related"));
  }
}
