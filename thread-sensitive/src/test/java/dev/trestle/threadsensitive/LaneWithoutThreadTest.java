package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane that gets no thread says so, and is as good as new when there is one. */
class LaneWithoutThreadTest {
  private final OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
  private final Deque<Runnable> failures = new ArrayDeque<>();
  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final List<String> ran = new CopyOnWriteArrayList<>();

  /** Fails as often as there are failures, each after doing something. */
  private final Executor starter =
      serve -> {
        Runnable meanwhile = failures.poll();
        if (meanwhile != null) {
          meanwhile.run();
          throw noThread;
        }
        Thread thread = Homes.daemon(serve, "lane");
        started.add(thread);
        thread.start();
      };

  private final ServedLane lane = ServedLane.startedBy(starter, "the lane");

  private BlockingCall<String> offer(String name) {
    BlockingCall<String> call =
        new BlockingCall<>(
            () -> {
              ran.add(name);
              return name;
            },
            null,
            CallOptions.DEFAULT);
    call.home = lane;
    call.submitHome();
    return call;
  }

  private boolean offerTask(String name) {
    return lane.offer(new Task(() -> ran.add(name)));
  }

  private void assertRefused(CompletableFuture<?> call) {
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("the lane")
        .hasMessageContaining("no thread")
        .hasCause(noThread);
  }

  @Test
  void itRefusesACallAndTakesTheNext() {
    failures.add(() -> {});
    assertRefused(offer("first"));
    assertThat(Patience.result(offer("second"))).isEqualTo("second");
    assertThat(Patience.result(offer("third"))).isEqualTo("third");
    assertThat(ran).containsExactly("second", "third");
    assertThat(started).hasSize(1);
    Patience.result(lane.close());
  }

  @Test
  void itRefusesATaskAndTakesTheNext() {
    failures.add(() -> {});
    assertThat(offerTask("first")).isFalse();
    assertThat(lane.refusal())
        .hasMessageContaining("the lane")
        .hasMessageContaining("no thread")
        .hasCause(noThread);
    assertThat(offerTask("second")).isTrue();
    Patience.result(lane.close());
    assertThat(ran).containsExactly("second");
  }

  @Test
  void itRefusesWhatCameMeanwhileToo() {
    List<BlockingCall<String>> meanwhile = new ArrayList<>();
    failures.add(
        () -> {
          meanwhile.add(offer("second"));
          meanwhile.add(offer("third"));
        });
    assertRefused(offer("first"));
    assertThat(meanwhile).hasSize(2).allSatisfy(this::assertRefused);
    assertThat(Patience.result(offer("fourth"))).isEqualTo("fourth");
    assertThat(ran).containsExactly("fourth");
    Patience.result(lane.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void itEndsWhenClosedAfterwards(int times) {
    for (int i = 0; i < times; i++) {
      failures.add(() -> {});
      assertRefused(offer("refused"));
    }
    Patience.result(lane.close());
    assertThat(Patience.failure(offer("late"))).isInstanceOf(BridgeException.class);
    assertThat(ran).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void itEndsWhenClosedAfterItGotOne() {
    failures.add(() -> {});
    assertRefused(offer("first"));
    Patience.result(offer("second"));
    Patience.result(lane.close());
    assertThat(Patience.failure(offer("late"))).hasMessageContaining("closed");
  }

  @Test
  void itEndsWhenClosedWhileItGetsNone() {
    List<CompletableFuture<Void>> end = new ArrayList<>();
    failures.add(() -> end.add(lane.close()));
    assertRefused(offer("first"));
    Patience.result(end.get(0));
    assertThat(Patience.failure(offer("late"))).isInstanceOf(BridgeException.class);
    assertThat(ran).isEmpty();
  }
}
