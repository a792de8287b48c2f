package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A wait in a twin is shown where the twin is called, and not inside of it. */
class TwinDeadlockTest {
  interface Work {
    String work();
  }

  interface AsyncWork {
    CompletionStage<String> work();
  }

  private final ThreadSensitiveScope one = ThreadSensitiveScope.open();
  private final ThreadSensitiveScope two = ThreadSensitiveScope.open();
  private final CyclicBarrier both = new CyclicBarrier(2);

  private CompletableFuture<String> waiting(ThreadSensitiveScope held, ThreadSensitiveScope other) {
    Work target = () -> "done";
    AsyncWork async = SyncToAsync.threadSensitive(other).twin(AsyncWork.class, target);
    Work blocking = AsyncToSync.create().twin(Work.class, async);
    return SyncToAsync.threadSensitive(held).call(() -> theLineThatWaits(blocking));
  }

  private String theLineThatWaits(Work blocking) throws Exception {
    both.await(10, TimeUnit.SECONDS);
    return blocking.work();
  }

  @Test
  @Tag("concurrency")
  void itsProofNamesTheLinesThatCallTheTwins() {
    List<Throwable> failures =
        Stream.of(waiting(one, two), waiting(two, one))
            .map(call -> call.handle((done, thrown) -> Stream.ofNullable(thrown)))
            .flatMap(Patience::result)
            .toList();
    assertThat(failures).singleElement().isInstanceOf(BridgeDeadlockException.class);
    assertThat(failures.get(0).getMessage().lines().filter(line -> line.contains("waits for")))
        .hasSize(2)
        .allMatch(line -> line.contains("in TwinDeadlockTest.theLineThatWaits("));
  }
}
