package dev.trestle.bridge;

import static dev.trestle.threadsensitive.Calls.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.ChildJvm;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bridge calls in a flight recording. */
class HopTest {
  private static final long CLOCKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final String LOOP = "event loop 'l1'";

  private final HopRecording recording = HopRecording.start();

  @AfterEach
  void stop() {
    recording.close();
  }

  private static void assertRanOn(Thread thread, RecordedEvent hop) {
    assertThat(hop.getThread().getJavaThreadId()).isEqualTo(thread.getId());
    assertThat(hop.getThread().getJavaName()).isEqualTo(thread.getName());
  }

  private static void assertSucceeded(RecordedEvent hop, String direction, String home) {
    assertThat(hop.getString("direction")).isEqualTo(direction);
    assertThat(hop.getString("home")).isEqualTo(home);
    assertThat(hop.getString("outcome")).isEqualTo("succeeded");
    assertThat(hop.getLong("ran")).isPositive();
    assertTimesAddUp(hop);
  }

  /** The recorder's clock is another one, and read a little earlier and later. */
  private static void assertTimesAddUp(RecordedEvent hop) {
    assertThat(hop.getLong("queued") + hop.getLong("ran"))
        .isLessThan(hop.getDuration().toNanos() + CLOCKS_NANOS);
  }

  private static void assertMadeBy(Thread caller, String trace, RecordedEvent hop) {
    assertThat(hop.getLong("id")).isPositive();
    assertThat(hop.getLong("parent")).isZero();
    assertThat(hop.getString("caller")).isEqualTo(caller.getName());
    assertThat(hop.getString("trace")).isEqualTo(trace);
  }

  @Test
  void aCallOfBlockingCodeIsRecordedByTheThreadOfItsBody() throws Exception {
    Thread ran =
        TRACE.where(
            "r1", () -> Patience.result(SyncToAsync.concurrent().call(Thread::currentThread)));
    RecordedEvent hop = recording.hop();
    assertRanOn(ran, hop);
    assertMadeBy(Thread.currentThread(), "r1", hop);
    assertSucceeded(hop, "to blocking", "the workers");
    assertThat(hop.getStackTrace()).isNull();
  }

  @Test
  void aCallOfAsyncCodeIsRecordedByTheThreadThatWaits() throws Exception {
    Bystander<Thread> caller =
        Bystander.start(
            "caller",
            () ->
                TRACE.where(
                    "r2",
                    () ->
                        AsyncToSync.create()
                            .call(
                                () -> CompletableFuture.completedFuture(Thread.currentThread()))));
    assertThat(caller.result()).isSameAs(caller.thread());
    RecordedEvent hop = recording.hop();
    assertRanOn(caller.thread(), hop);
    assertMadeBy(caller.thread(), "r2", hop);
    assertSucceeded(hop, "to async", "thread 'caller'");
  }

  @Test
  void aCallOfAsyncCodeOnALoopHasTheLoopForItsHome() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("l1")) {
      Bystander<Thread> caller =
          Bystander.start(
              "caller",
              () ->
                  AsyncToSync.on(loop)
                      .call(() -> CompletableFuture.completedFuture(Thread.currentThread())));
      assertThat(caller.result()).isSameAs(Loops.threadOf(loop));
      RecordedEvent hop = recording.hop();
      assertRanOn(caller.thread(), hop);
      assertMadeBy(caller.thread(), null, hop);
      assertSucceeded(hop, "to async", LOOP);
    }
  }

  @Test
  void aTaskIsRecordedByItsOwnThreadOnceHoweverOftenItWaits() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("l1")) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      CompletableFuture<Thread> task =
          TRACE.where(
              "r3",
              () ->
                  loop.start(
                      () -> {
                        Tasks.await(stage);
                        Tasks.await(CompletableFuture.completedFuture("at once"));
                        return Thread.currentThread();
                      }));
      stage.complete("later");
      Thread ran = Patience.result(task);
      assertThat(ran).isNotSameAs(Loops.threadOf(loop));
      RecordedEvent hop = recording.hop();
      assertRanOn(ran, hop);
      assertMadeBy(Thread.currentThread(), "r3", hop);
      assertSucceeded(hop, "task", LOOP);
    }
  }

  @Test
  void theHomeIsNamedAsInMessages() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open();
        ThreadSensitiveExecutor db = ThreadSensitiveExecutor.platform("db")) {
      List<Thread> ran =
          List.of(
              Patience.result(SyncToAsync.threadSensitive(scope).call(Thread::currentThread)),
              Patience.result(SyncToAsync.threadSensitive().call(Thread::currentThread)),
              Patience.result(SyncToAsync.on(db).call(Thread::currentThread)),
              Patience.result(SyncToAsync.on(pool).call(Thread::currentThread)));
      List<RecordedEvent> hops = recording.hops(4);
      assertThat(hops)
          .extracting(hop -> hop.getString("home"))
          .containsExactly(
              "thread-sensitive scope",
              "the shared thread",
              "db",
              "an executor, a " + pool.getClass().getName());
      for (int i = 0; i < ran.size(); i++) {
        assertRanOn(ran.get(i), hops.get(i));
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void whatABlockedCallerRunsHasItForItsHome() {
    Bystander<Thread> caller =
        Bystander.start(
            "caller",
            () ->
                AsyncToSync.create()
                    .call(() -> SyncToAsync.threadSensitive().call(Thread::currentThread)));
    assertThat(caller.result()).isSameAs(caller.thread());
    RecordedEvent below = recording.hops(2).get(1);
    assertRanOn(caller.thread(), below);
    assertSucceeded(below, "to blocking", "thread 'caller'");
  }

  @Test
  void queuedIsTheTimeBehindOthersAndRanThatOfTheBody() {
    try (ThreadSensitiveExecutor one = ThreadSensitiveExecutor.platform("one")) {
      Gate first = new Gate();
      Gate second = new Gate();
      var busy = SyncToAsync.on(one).run(first::pass);
      first.awaitReached();
      CompletableFuture<Void> behind = SyncToAsync.on(one).run(second::pass);
      long made = System.nanoTime();
      pause();
      long let = System.nanoTime();
      first.open();
      second.awaitReached();
      long reached = System.nanoTime();
      pause();
      long go = System.nanoTime();
      second.open();
      Patience.result(behind);
      Patience.result(busy);
      RecordedEvent hop = recording.hops(2).get(1);
      assertThat(hop.getLong("queued")).isBetween(let - made, hop.getDuration().toNanos());
      assertThat(hop.getLong("ran")).isBetween(go - reached, hop.getDuration().toNanos());
      assertTimesAddUp(hop);
    }
  }

  /** Long against the clocks' difference. */
  private static void pause() {
    Patience.result(
        new CompletableFuture<String>().completeOnTimeout("", 30, TimeUnit.MILLISECONDS));
  }

  /** The body of the innermost call, below three others. */
  private static CompletableFuture<String> asyncThenBlockingTwice() {
    return SyncToAsync.concurrent()
        .call(
            () ->
                AsyncToSync.create()
                    .call(
                        () ->
                            SyncToAsync.concurrent()
                                .call(
                                    () ->
                                        AsyncToSync.create()
                                            .call(
                                                () ->
                                                    CompletableFuture.completedFuture("inmost")))));
  }

  @Test
  void parentsLeadFromTheInmostCallOutwards() throws Exception {
    assertThat(TRACE.where("r4", () -> Patience.result(asyncThenBlockingTwice())))
        .isEqualTo("inmost");
    List<RecordedEvent> hops = recording.hops(4);
    assertThat(hops)
        .extracting(hop -> hop.getString("direction"))
        .containsExactly("to blocking", "to async", "to blocking", "to async");
    assertThat(hops.get(0).getLong("parent")).isZero();
    for (int i = 1; i < hops.size(); i++) {
      assertThat(hops.get(i).getLong("parent")).isEqualTo(hops.get(i - 1).getLong("id"));
    }
    assertThat(hops).allSatisfy(hop -> assertThat(hop.getString("trace")).isEqualTo("r4"));
  }

  @Test
  void aScopeAroundIsNoHopAndItsCallsHaveTheParentFurtherOut() {
    SyncToAsync concurrent = SyncToAsync.concurrent();
    assertThat(
            Patience.result(ThreadSensitiveScope.around(() -> concurrent.call(() -> "no parent"))))
        .isEqualTo("no parent");
    assertThat(recording.hop().getLong("parent")).isZero();
    AsyncToSync.create()
        .call(() -> ThreadSensitiveScope.around(() -> concurrent.call(() -> "a parent")));
    List<RecordedEvent> hops = recording.hops(3);
    assertThat(hops.get(2).getLong("parent")).isEqualTo(hops.get(1).getLong("id"));
  }

  @Test
  void aTaskIsTheParentOfWhatItCalls() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("l1")) {
      CompletableFuture<String> task =
          loop.start(() -> Tasks.await(SyncToAsync.concurrent().call(() -> "below")));
      assertThat(Patience.result(task)).isEqualTo("below");
      List<RecordedEvent> hops = recording.hops(2);
      assertThat(hops.get(0).getString("direction")).isEqualTo("task");
      assertThat(hops.get(1).getLong("parent")).isEqualTo(hops.get(0).getLong("id"));
    }
  }

  @Test
  void aJoinIsNoHop() {
    Gate gate = new Gate();
    CompletableFuture<String> call =
        SyncToAsync.concurrent()
            .call(
                () -> {
                  gate.pass();
                  return "joined";
                });
    Bystander<String> joining = Bystander.start("joining", call::join);
    joining.awaitParked();
    gate.open();
    assertThat(joining.result()).isEqualTo("joined");
    assertThat(recording.hop().getString("direction")).isEqualTo("to blocking");
  }

  @Test
  void awaitOnAThreadThatMayBlockIsAHop() {
    Bystander<String> waiting =
        Bystander.start("waiting", () -> Tasks.await(CompletableFuture.completedFuture("here")));
    assertThat(waiting.result()).isEqualTo("here");
    RecordedEvent hop = recording.hop();
    assertRanOn(waiting.thread(), hop);
    assertSucceeded(hop, "to async", "thread 'waiting'");
  }

  @Test
  void aCallThatWasMadeBeforeTheRecordingIsNotInIt() {
    recording.close();
    Gate gate = new Gate();
    SyncToAsync concurrent = SyncToAsync.concurrent();
    CompletableFuture<String> before =
        concurrent.call(
            () -> {
              gate.pass();
              return AsyncToSync.create().call(() -> concurrent.call(() -> "below"));
            });
    gate.awaitReached();
    try (HopRecording later = HopRecording.start()) {
      gate.open();
      assertThat(Patience.result(before)).isEqualTo("below");
      Patience.result(Calls.ended(before));
      List<RecordedEvent> hops = later.hops(2);
      assertThat(hops.get(0).getString("direction")).isEqualTo("to async");
      assertThat(hops.get(0).getLong("parent")).isZero();
    }
  }

  @Test
  void nothingIsRecordedWhenTheEventIsOff() {
    Patience.result(SyncToAsync.concurrent().call(() -> "recorded"));
    long before = recording.hop().getLong("id");
    recording.close();
    assertThat(Patience.result(asyncThenBlockingTwice())).isEqualTo("inmost");
    try (HopRecording later = HopRecording.start()) {
      Patience.result(SyncToAsync.concurrent().call(() -> "recorded"));
      assertThat(later.hop().getLong("id")).as("those between took none").isEqualTo(before + 1);
    }
  }

  @Test
  void aRecordedCallThatIsOverIsForgottenThoughOneBelowGoesOn() {
    Gate gate = new Gate();
    CompletableFuture<CompletableFuture<Void>> below = new CompletableFuture<>();
    WeakReference<CompletableFuture<byte[]>> over =
        new WeakReference<>(
            SyncToAsync.concurrent()
                .call(
                    () -> {
                      below.complete(SyncToAsync.concurrent().run(gate::pass));
                      return new byte[100];
                    }));
    gate.awaitReached();
    Patience.collected(over);
    gate.open();
    Patience.result(Patience.result(below));
    List<RecordedEvent> hops = recording.hops(2);
    assertThat(hops.get(1).getLong("parent")).isEqualTo(hops.get(0).getLong("id"));
  }

  /** All three kinds of calls in a runtime that has no flight recorder. */
  static final class WithoutRecorder {
    public static void main(String[] args) {
      assertThat(ModuleLayer.boot().findModule("jdk.jfr")).isEmpty();
      assertThat(Patience.result(asyncThenBlockingTwice())).isEqualTo("inmost");
      try (EventLoopThread loop = EventLoopThread.start("l1")) {
        CompletableFuture<Boolean> task = loop.start(() -> EventLoop.current().isPresent());
        assertThat(Patience.result(task)).isTrue();
      }
    }
  }

  @Test
  void aRuntimeWithoutTheRecorderMissesNothingElse() throws Exception {
    String output =
        ChildJvm.of(WithoutRecorder.class)
            .withModules("java.logging,java.management,java.naming,java.xml,jdk.unsupported")
            .run();
    assertThat(output).doesNotContain("Error");
  }
}
