package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The context follows a task. */
class TaskContextTest {
  private static final Local<String> USER = Local.named("user");

  private final EventLoopThread loop = EventLoopThread.start("context");

  @AfterEach
  void close() {
    loop.close();
    USER.remove();
    MDC.clear();
  }

  @Test
  void aTaskSeesTheContextOfItsStartAndWhatItSetsStaysItsOwn() {
    USER.set("outer");
    MDC.put("request", "17");
    CompletableFuture<List<String>> task =
        loop.start(
            () -> {
              String before = USER.get();
              USER.set("task");
              await(SyncToAsync.concurrent().call(() -> "other"));
              return List.of(before, USER.get(), MDC.get("request"));
            });
    assertThat(Patience.result(task)).containsExactly("outer", "task", "17");
    assertThat(USER.get()).isEqualTo("outer");
  }

  @Test
  void whatTheBodyBehindTheAwaitedCallSetIsThereAfterwards() {
    CompletableFuture<String> task =
        loop.start(
            () -> {
              await(SyncToAsync.concurrent().run(() -> USER.set("body")));
              return USER.get();
            });
    assertThat(Patience.result(task)).isEqualTo("body");
  }

  @Test
  void onABlockingThreadAwaitBringsThatBackAsWell() {
    await(SyncToAsync.concurrent().run(() -> USER.set("body")));
    assertThat(USER.get()).isEqualTo("body");
  }

  @Test
  void whatAStartedTaskSetsIsNotWrittenBack() {
    CompletableFuture<Boolean> task =
        loop.start(
            () -> {
              await(
                  Tasks.start(
                      () -> {
                        USER.set("child");
                        return null;
                      }));
              return USER.isSet();
            });
    assertThat(Patience.result(task)).isFalse();
  }

  @Test
  void tasksThatTakeTurnsKeepTheirContextsApart() {
    CompletableFuture<Void> both = new CompletableFuture<>();
    CountDownLatch left = new CountDownLatch(2);
    List<CompletableFuture<String>> tasks =
        List.of("a", "b").stream()
            .map(
                name ->
                    loop.start(
                        () -> {
                          USER.set(name);
                          MDC.put("user", name);
                          left.countDown();
                          if (left.getCount() == 0) {
                            both.complete(null);
                          }
                          await(both);
                          return USER.get() + MDC.get("user");
                        }))
            .toList();
    assertThat(Patience.result(tasks.get(0))).isEqualTo("aa");
    assertThat(Patience.result(tasks.get(1))).isEqualTo("bb");
  }

  @Test
  void aTaskOnAThreadThatIsUsedAgainSeesNothingOfTheOneBefore() {
    Patience.result(
        loop.start(
            () -> {
              USER.set("first");
              MDC.put("user", "first");
              return true;
            }));
    CompletableFuture<Boolean> second = loop.start(() -> !USER.isSet() && MDC.get("user") == null);
    assertThat(Patience.result(second)).isTrue();
  }

  @Test
  void theThreadSensitiveCallsOfATaskBelongToTheScopeThatItWasStartedIn() {
    Thread[] home = new Thread[1];
    CompletableFuture<Thread> fromTask =
        ThreadSensitiveScope.around(
            () -> {
              CompletableFuture<Thread> first =
                  SyncToAsync.threadSensitive().call(Thread::currentThread);
              return first.thenCompose(
                  thread -> {
                    home[0] = thread;
                    return loop.start(
                        () -> await(SyncToAsync.threadSensitive().call(Thread::currentThread)));
                  });
            });
    assertThat(Patience.result(fromTask)).isSameAs(home[0]);
  }

  @Test
  void aTaskBelowABlockedCallerDoesItsThreadSensitiveWorkOnThatThread() {
    Thread here = Thread.currentThread();
    Thread seen =
        AsyncToSync.on(loop)
            .call(
                () ->
                    loop.start(
                        () -> await(SyncToAsync.threadSensitive().call(Thread::currentThread))));
    assertThat(seen).isSameAs(here);
  }

  @Test
  void aTaskOnTheLoopThatABlockedCallerIsRunsThere() {
    Thread here = Thread.currentThread();
    String result =
        AsyncToSync.create()
            .call(
                () ->
                    Tasks.start(
                        () -> {
                          Thread home =
                              await(SyncToAsync.threadSensitive().call(Thread::currentThread));
                          return home == here ? "same" : "other";
                        }));
    assertThat(result).isEqualTo("same");
  }
}
