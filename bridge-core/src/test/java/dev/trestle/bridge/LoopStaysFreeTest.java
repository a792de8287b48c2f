package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While blocking code runs, the loop that called it goes on. */
class LoopStaysFreeTest {
  static Stream<Named<SyncToAsync>> adapters() {
    return Stream.of(
        Named.of("threadSensitive", SyncToAsync.threadSensitive()),
        Named.of("concurrent", SyncToAsync.concurrent()));
  }

  // 1
  @ParameterizedTest
  @MethodSource("adapters")
  void loopTicksWhileABlockingBodyWaitsForIt(SyncToAsync blocking) throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      CountDownLatch ticks = new CountDownLatch(20);
      String result =
          Loops.call(
              loop,
              () -> {
                tick(loop, ticks);
                return blocking.call(
                    () -> {
                      Patience.await(ticks);
                      return "arrived";
                    });
              });
      assertThat(result).isEqualTo("arrived");
    }
  }

  // 1, where the loop is the calling thread itself and another thread stands in for it
  @ParameterizedTest
  @MethodSource("adapters")
  void drivenLoopTicksWhileABlockingBodyWaitsForIt(SyncToAsync blocking) {
    CountDownLatch ticks = new CountDownLatch(20);
    String result =
        AsyncToSync.create()
            .call(
                () -> {
                  tick(EventLoop.current().orElseThrow(), ticks);
                  return blocking.call(
                      () -> {
                        Patience.await(ticks);
                        return "arrived";
                      });
                });
    assertThat(result).isEqualTo("arrived");
  }

  @Test
  void callReturnsOnTheLoopBeforeItsBodyHasEnded() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      CountDownLatch returned = new CountDownLatch(1);
      Loops.call(
          loop,
          () -> {
            var result = SyncToAsync.threadSensitive().run(() -> Patience.await(returned));
            returned.countDown();
            return result;
          });
      assertThat(returned.getCount()).isZero();
    }
  }

  private static void tick(EventLoop loop, CountDownLatch ticks) {
    loop.execute(
        () -> {
          ticks.countDown();
          if (ticks.getCount() > 0) {
            tick(loop, ticks);
          }
        });
  }
}
