package dev.trestle.benchmarks.crowd;

import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What makes the calls; each is made for the benchmark that names it. */
public final class Pools {
  private Pools() {}

  @State(Scope.Thread)
  public static class Platform {
    final ExecutorService executor = Executors.newFixedThreadPool(TenThousand.THREADS);

    @TearDown
    public void close() {
      executor.shutdown();
    }
  }

  @State(Scope.Thread)
  public static class Virtual {
    final ThreadFactory threads = factory();

    /** As with Thread.ofVirtual().factory(), which JDK 17 lacks. */
    private static ThreadFactory factory() {
      try {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
            Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("no virtual threads", e);
      }
    }
  }

  @State(Scope.Thread)
  public static class Reactor {
    final Scheduler scheduler =
        Schedulers.newBoundedElastic(TenThousand.THREADS, TenThousand.CALLS, "crowd");

    @TearDown
    public void close() {
      scheduler.dispose();
    }
  }

  @State(Scope.Thread)
  public static class Vertx {
    final io.vertx.core.Vertx vertx =
        io.vertx.core.Vertx.vertx(new VertxOptions().setWorkerPoolSize(TenThousand.THREADS));

    @TearDown
    public void close() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
