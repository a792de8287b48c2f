package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxBootstrap;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapters of libraries that a program does not have. */
class AbsentLibrariesTest {
  /** Runs inside of the class loader that lacks the libraries. */
  public static final class BridgeCall implements Callable<Object> {
    @Override
    public Object call() {
      assertThat(EventLoop.current()).isEqualTo(Optional.empty());
      return AsyncToSync.create().call(() -> SyncToAsync.concurrent().call(() -> "bridged"));
    }
  }

  /** The same, on a Vert.x that does not know of Trestle. */
  public static final class BridgeCallOnVertx implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      Vertx vertx = VertxBootstrap.create().serviceProviders(List.of()).init().vertx();
      try {
        CompletableFuture<Object> result = new CompletableFuture<>();
        vertx.runOnContext(
            v ->
                Patience.forward(
                    ThreadSensitiveScope.around(
                            () -> SyncToAsync.threadSensitive().call(() -> "bridged"))
                        .thenApply(value -> value + " " + EventLoop.current().get()),
                    result));
        return result.get(10, TimeUnit.SECONDS);
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void theBridgeWorksOnAVertxThatDoesNotKnowOfIt() throws Exception {
    try (URLClassLoader all = classPathWithout("nothing")) {
      assertThat(called(all, BridgeCallOnVertx.class))
          .asString()
          .startsWith("bridged event loop 'vert.x-eventloop-thread");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vertx-",
        "(vertx|netty)-",
        "(vertx|netty-transport)-",
        "(vertx|netty|logback)-",
        "reactor-",
        "mutiny-",
        "(vertx|netty|reactor|reactive-streams|mutiny|jctools|guava)-"
      })
  void theBridgeWorksWithoutThem(String absent) throws Exception {
    try (URLClassLoader others = classPathWithout(absent)) {
      assertThat(called(others, BridgeCall.class)).isEqualTo("bridged");
    }
  }

  /** The same in a runtime that has no AWT. */
  public static final class BridgeCallWithoutDesktop {
    public static void main(String[] args) {
      assertThat(ModuleLayer.boot().findModule("java.desktop")).isEmpty();
      assertThat(new BridgeCall().call()).isEqualTo("bridged");
    }
  }

  @Test
  void theBridgeWorksInARuntimeWithoutDesktop() throws Exception {
    String output =
        ChildJvm.of(BridgeCallWithoutDesktop.class)
            .withModules("java.logging,java.management,java.naming,java.xml,jdk.unsupported")
            .run();

    assertThat(output).doesNotContain("finder");
  }

  private static Object called(ClassLoader loader, Class<? extends Callable<?>> type)
      throws Exception {
    Class<?> there = loader.loadClass(type.getName());
    assertThat(there).isNotSameAs(type);
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    current.setContextClassLoader(loader); // Micrometer's registry looks there for its providers
    try {
      return ((Callable<?>) there.getDeclaredConstructor().newInstance()).call();
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static URLClassLoader classPathWithout(String jars) {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> !path.getFileName().toString().matches(jars + ".*\\.jar"))
            .map(AbsentLibrariesTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }
}
