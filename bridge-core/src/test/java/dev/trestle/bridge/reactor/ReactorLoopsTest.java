package dev.trestle.bridge.reactor;

import static dev.trestle.bridge.WaitsOnALoop.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.ChildJvm;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.WaitsOnALoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class ReactorLoopsTest {
  private final Scheduler single = Schedulers.newSingle("one");

  @AfterEach
  void stop() {
    single.dispose();
  }

  /** Prints whether the dependent of a call comes back to the thread of {@code parallel()}. */
  static final class CallOnParallel {
    public static void main(String[] args) {
      if (args[0].equals("first")) {
        ReactorLoops.install();
      }
      Scheduler.Worker worker = Schedulers.parallel().createWorker();
      Thread thread = on(worker::schedule, Thread::currentThread);
      Gate held = new Gate();
      CompletableFuture<Thread> dependent =
          on(
              worker::schedule,
              () ->
                  SyncToAsync.concurrent()
                      .run(held::pass)
                      .thenApply(done -> Thread.currentThread()));
      held.open();
      Thread back = Patience.result(dependent);
      assertThat(back.getName()).startsWith("parallel-");
      System.out.println(back == thread ? "the very thread" : "another thread");
    }
  }

  @Test
  void installedFirstTheWayLeadsBackToTheVeryThreadOfParallel() throws Exception {
    assertThat(ChildJvm.of(CallOnParallel.class).run("first")).contains("the very thread");
  }

  @Test
  void aSchedulerThatWasThereBeforeIsServedOnAnotherThreadOfParallel() throws Exception {
    assertThat(
            ChildJvm.of(CallOnParallel.class)
                .with("reactor.schedulers.defaultPoolSize", 2)
                .run("not at all"))
        .contains("another thread");
  }

  @Test
  void aSchedulerIsALoopForAsyncFunctionsAndForWhatTheyCall() {
    EventLoop loop = ReactorLoops.on(single);
    Thread thread = on(single::schedule, Thread::currentThread);

    List<Object> seen =
        AsyncToSync.on(loop)
            .call(
                () -> {
                  Thread function = Thread.currentThread();
                  EventLoop current = EventLoop.current().orElseThrow();
                  return SyncToAsync.concurrent()
                      .call(() -> 1)
                      .thenApply(one -> List.of(function, current, Thread.currentThread()));
                });

    assertThat(seen).containsExactly(thread, loop, thread);
  }

  @Test
  void dependentsRunOnTheSchedulerThatIsNamed() {
    Thread thread = on(single::schedule, Thread::currentThread);

    CompletableFuture<Thread> dependent =
        SyncToAsync.concurrent()
            .completingOn(ReactorLoops.on(single))
            .call(() -> 1)
            .thenApplyAsync(one -> Thread.currentThread());

    assertThat(Patience.result(dependent)).isSameAs(thread);
  }

  @Test
  void waitingInATaskOfALoopOnAnExecutorIsRefused() throws Exception {
    Scheduler plain = Schedulers.fromExecutor(ReactorLoops.on(single));
    EventLoop loop = ReactorLoops.on(plain);

    WaitsOnALoop.assertRefused(loop, plain.toString());
  }

  @Test
  void blockingBodiesAreRefusedOnALoop() {
    assertThatThrownBy(() -> SyncToAsync.on(ReactorLoops.on(single)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot run blocking bodies");
  }

  @Test
  void theLoopOfADisposedSchedulerIsClosedAndRefuses() {
    EventLoop loop = ReactorLoops.on(single);
    assertThat(loop.isClosed()).isFalse();

    single.dispose();

    assertThat(loop.isClosed()).isTrue();
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aSchedulerWithoutAThreadIsNoLoop() {
    assertThatThrownBy(() -> ReactorLoops.on(Schedulers.immediate()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("immediate()");
  }
}
