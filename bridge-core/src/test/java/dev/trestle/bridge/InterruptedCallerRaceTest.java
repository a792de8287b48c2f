package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 36: the interrupt of a blocked caller races with its result; neither is lost. */
@Tag("concurrency")
class InterruptedCallerRaceTest {
  private static final int ROUNDS = 2_000;
  private static final Local<String> SET = Local.named("set");

  private record Round(String result, boolean interrupted, boolean writtenBack) {}

  private static Round wait(AsyncToSync async, CompletableFuture<String> stage) {
    SET.remove();
    String result;
    try {
      result =
          async.call(
              () -> {
                SET.set("by the async function");
                return stage;
              });
    } catch (BridgeInterruptedException e) {
      return new Round(null, Thread.interrupted(), SET.isSet());
    }
    return new Round(result, false, SET.isSet());
  }

  @Test
  void theCallerGetsTheResultOrTheInterruptAndTheFlagIsNeverLost() throws Exception {
    ExecutorService completer = Executors.newSingleThreadExecutor();
    ExecutorService interrupter = Executors.newSingleThreadExecutor();
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      AsyncToSync async = AsyncToSync.on(loop);
      Bystander.start(
              "caller",
              () -> {
                Thread caller = Thread.currentThread();
                for (int i = 0; i < ROUNDS; i++) {
                  CompletableFuture<String> stage = new CompletableFuture<>();
                  Future<?> completed =
                      completer.submit(
                          () -> {
                            Patience.randomMoment();
                            stage.complete("result");
                          });
                  Future<?> interrupted =
                      interrupter.submit(
                          () -> {
                            Patience.randomMoment();
                            caller.interrupt();
                          });
                  Round round = wait(async, stage);
                  if (round.result() == null) {
                    assertThat(round.interrupted()).isTrue();
                    assertThat(round.writtenBack()).isFalse();
                    Patience.end(stage);
                  } else {
                    assertThat(round.result()).isEqualTo("result");
                    assertThat(round.writtenBack()).isTrue();
                    // The interrupt comes later, or is there: it was not swallowed.
                    while (!interrupted.isDone()) {
                      Thread.onSpinWait();
                    }
                    assertThat(Thread.interrupted()).isTrue();
                  }
                  completed.get();
                  interrupted.get();
                }
                return null;
              })
          .result();
    }
    completer.shutdown();
    interrupter.shutdown();
  }
}
