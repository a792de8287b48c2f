package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finder that was compiled against another version of its library. */
class FinderErrorTest {
  @TempDir Path classes;

  /** Misses a method of its library. */
  public static final class Outdated implements EventLoopFinder {
    @Override
    public Optional<EventLoop> current() {
      throw new NoSuchMethodError("of.another.Library.loop()");
    }
  }

  /** A call of each kind. */
  static final class Calling {
    public static void main(String[] args) {
      CompletableFuture<String> call = SyncToAsync.concurrent().call(() -> "value");
      Patience.end(call);
      assertThat(AsyncToSync.create().call(() -> CompletableFuture.completedFuture("value")))
          .isEqualTo("value");
    }
  }

  @Test
  void syncToAsyncThrowsNothingAtItsCaller() throws Exception {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(EventLoopFinder.class.getName()), Outdated.class.getName());
    ChildJvm.of(Calling.class).withClasses(classes).run();
  }
}
