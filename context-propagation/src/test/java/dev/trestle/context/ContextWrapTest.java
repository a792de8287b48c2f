package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextWrapTest {
  private final Local<String> tenant = Local.named("tenant");
  private Context acme;

  @BeforeEach
  void takeASnapshot() throws Exception {
    acme = tenant.where("acme", Context::capture);
  }

  @Test
  void aWrappedRunnableSeesTheSnapshotOnAnyThread() {
    List<String> seen = new ArrayList<>();
    Runnable wrapped = acme.wrap((Runnable) () -> seen.add(tenant.get()));
    Bystander.start(
            "raw",
            () -> {
              wrapped.run();
              return assertThat(tenant.isSet()).isFalse();
            })
        .result();
    wrapped.run();
    assertThat(seen).containsExactly("acme", "acme");
    assertThat(tenant.isSet()).isFalse();
  }

  @Test
  void aWrappedCallableSeesTheSnapshotOnAnyThread() {
    Callable<String> wrapped = acme.wrap((Callable<String>) tenant::get);
    assertThat(Bystander.start("raw", wrapped).result()).isEqualTo("acme");
  }

  @Test
  void aWrappedSupplierSeesTheSnapshotOnAnyThread() {
    assertThat(Bystander.start("raw", acme.<String>wrapSupplier(tenant::get)::get).result())
        .isEqualTo("acme");
  }

  @Test
  void aWrappedFunctionSeesTheSnapshotOnAnyThread() {
    var greet = acme.<String, String>wrapFunction(word -> word + " " + tenant.get());
    assertThat(Bystander.start("raw", () -> greet.apply("hello")).result()).isEqualTo("hello acme");
  }

  @Test
  void aWrappedExecutorRunsEachTaskInTheContextOfItsSubmitter() throws Exception {
    Queue<Runnable> queue = new ArrayDeque<>();
    List<String> seen = new ArrayList<>();
    Executor wrapped = Context.wrapExecutor(queue::add);
    for (String name : List.of("acme", "globex")) {
      tenant.where(
          name,
          () -> {
            wrapped.execute(() -> seen.add(tenant.get()));
            return null;
          });
    }
    wrapped.execute(() -> seen.add(tenant.orElse("unset")));
    tenant.where(
        "runner",
        () -> {
          queue.forEach(Runnable::run);
          return assertThat(tenant.get()).isEqualTo("runner");
        });
    assertThat(seen).containsExactly("acme", "globex", "unset");
  }

  @Test
  void whatAWrappedTaskThrowsComesOutUnchanged() {
    IllegalStateException failure = new IllegalStateException("broken");
    Runnable wrapped =
        acme.wrap(
            (Runnable)
                () -> {
                  throw failure;
                });
    assertThatThrownBy(wrapped::run).isSameAs(failure);
    assertThat(tenant.isSet()).isFalse();
  }

  @Test
  void nullArgumentsAreRefusedByName() {
    assertRefused(() -> acme.wrap((Runnable) null), "body");
    assertRefused(() -> acme.wrap((Callable<?>) null), "body");
    assertRefused(() -> acme.wrapSupplier(null), "body");
    assertRefused(() -> acme.wrapFunction(null), "body");
    assertRefused(() -> acme.run(null), "body");
    assertRefused(() -> acme.call(null), "body");
    assertRefused(() -> Context.wrapExecutor(null), "executor");
  }

  private static void assertRefused(Callable<?> made, String parameter) {
    assertThatThrownBy(made::call)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining(parameter);
  }

  private static void assertRefused(Runnable made, String parameter) {
    assertThatThrownBy(made::run)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining(parameter);
  }
}
