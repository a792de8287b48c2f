package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 20: an executor of one thread nested in itself, in whatever way its thread came to wait. */
class OwnExecutorNestedTest {
  private final AsyncToSync async = AsyncToSync.create();
  private final ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("executor");
  private final ExecutorService single =
      Executors.newSingleThreadExecutor(body -> new Thread(body, "single"));

  @AfterEach
  void close() {
    single.shutdownNow();
    var unused = executor.closeAsync();
  }

  @Test
  void aPlainTaskOfAThreadSensitiveExecutorMayWaitForACallOfIt() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    executor.execute(
        () -> ran.complete(async.call(() -> SyncToAsync.on(executor).call(Thread::currentThread))));
    assertThat(Patience.result(ran).getName()).isEqualTo("executor");
  }

  @Test
  void soMayABodyForWhatIsDeliveredThere() {
    CompletableFuture<String> call =
        SyncToAsync.on(executor)
            .call(
                () ->
                    async.call(
                        () -> SyncToAsync.concurrent().completingOn(executor).call(() -> "done")));
    assertThat(Patience.result(call)).isEqualTo("done");
  }

  @Test
  void aBodyInABodyOfTheExecutorMayWaitForIt() {
    SyncToAsync onSingle = SyncToAsync.on(single);
    CompletableFuture<String> call =
        onSingle.call(
            () ->
                SyncToAsync.on(Runnable::run)
                    .call(() -> async.<String>call(() -> onSingle.call(() -> "done")))
                    .join());
    assertThat(Patience.result(call)).isEqualTo("done");
  }

  @Test
  void soMayThreadSensitiveWorkThatLostItsHomeToAnExecutor() {
    SyncToAsync onSingle = SyncToAsync.on(single);
    SyncToAsync home = SyncToAsync.threadSensitive();
    Gate gone = new Gate();
    CompletableFuture<CompletableFuture<String>> started = new CompletableFuture<>();
    Bystander.run(
            "gone",
            () ->
                async.call(
                    () -> {
                      started.complete(
                          onSingle.call(
                              () -> {
                                gone.pass();
                                return async.<String>call(
                                    () ->
                                        home.call(
                                            () ->
                                                async.<String>call(
                                                    () -> onSingle.call(() -> "done"))));
                              }));
                      return CompletableFuture.completedFuture("");
                    }))
        .result();
    gone.open();
    assertThat(Patience.result(Patience.result(started))).isEqualTo("done");
  }
}
