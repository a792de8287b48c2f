package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A finder of event loops that does not work harms no call, and no other finder. */
class ThrowingFinderTest {
  @TempDir Path classes;

  /** Throws when it is asked. */
  public static final class Throws implements EventLoopFinder {
    @Override
    public Optional<EventLoop> current() {
      throw new IllegalStateException("the finder's");
    }

    @Override
    public String toString() {
      return "the finder that throws";
    }
  }

  /** Cannot be made, as if its library were not there. */
  public static final class Absent implements EventLoopFinder {
    /** Throws. */
    public Absent() {
      throw new NoClassDefFoundError("of/another/Library");
    }

    @Override
    public Optional<EventLoop> current() {
      throw new AssertionError("it was asked");
    }
  }

  /** Runs a program in which a finder is asked before those of the adapters. */
  private String runWith(String finder, Class<?> program) throws Exception {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(EventLoopFinder.class.getName()), finder);
    return ChildJvm.of(program).withClasses(classes).run();
  }

  private static CompletableFuture<Thread> threadOfBlockingCode() {
    return SyncToAsync.threadSensitive().call(Thread::currentThread);
  }

  /** Calls of each kind, on a thread that is no loop. */
  static final class OnAPlainThread {
    public static void main(String[] args) {
      assertThat(EventLoop.current()).isEmpty();
      Thread worker = Patience.result(SyncToAsync.concurrent().call(Thread::currentThread));
      assertThat(worker.getName()).startsWith("trestle-worker-");
      assertThat(Patience.result(threadOfBlockingCode()).getName()).isEqualTo("trestle-shared");
      assertThat(AsyncToSync.create().call(() -> threadOfBlockingCode()))
          .isSameAs(Thread.currentThread());
      Thread home =
          Patience.result(
              ThreadSensitiveScope.around(() -> ThrowingFinderTest.threadOfBlockingCode()));
      assertThat(home.getName()).startsWith("trestle-home-");
    }
  }

  @Test
  void callsOnAPlainThreadGoOnAndTheLogNamesTheFinder() throws Exception {
    assertThat(runWith(Throws.class.getName(), OnAPlainThread.class))
        .contains("event loop finder the finder that throws failed, and is passed over")
        .contains("IllegalStateException: the finder's");
  }

  /** Calls on loops of ours. */
  static final class OnLoopsOfOurs {
    public static void main(String[] args) throws Exception {
      try (EventLoopThread loop = EventLoopThread.start("http-1")) {
        Thread[] dependent =
            Loops.call(
                loop,
                () ->
                    threadOfBlockingCode()
                        .thenApply(home -> new Thread[] {home, Thread.currentThread()}));
        assertThat(dependent[1]).isSameAs(Loops.threadOf(loop)).isNotSameAs(dependent[0]);
      }
    }
  }

  @Test
  void loopsOfOursAreRecognisedWithoutIt() throws Exception {
    assertThat(runWith(Throws.class.getName(), OnLoopsOfOurs.class))
        .doesNotContain("http-1] EventLoops");
  }

  /** Calls on a loop that a finder after it recognises. */
  static final class OnALoopOfNetty {
    public static void main(String[] args) throws Exception {
      DefaultEventLoop netty = new DefaultEventLoop(new DefaultThreadFactory("netty", true));
      Thread dependent =
          netty
              .submit(() -> threadOfBlockingCode().thenApply(home -> Thread.currentThread()))
              .get()
              .get();
      assertThat(dependent).isSameAs(netty.submit(Thread::currentThread).get());
      assertThatThrownBy(
              () ->
                  netty.submit(() -> AsyncToSync.create().call(() -> threadOfBlockingCode())).get())
          .hasCauseInstanceOf(BridgeDeadlockException.class);
    }
  }

  @Test
  void theFindersAfterItAreAsked() throws Exception {
    runWith(Throws.class.getName(), OnALoopOfNetty.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.trestle.bridge.ThrowingFinderTest$Absent", "of.another.Finder"})
  void oneThatCannotBeMadeIsLeftOutSilently(String finder) throws Exception {
    for (Class<?> program : new Class<?>[] {OnAPlainThread.class, OnALoopOfNetty.class}) {
      assertThat(runWith(finder, program)).doesNotContain("finder");
    }
  }
}
