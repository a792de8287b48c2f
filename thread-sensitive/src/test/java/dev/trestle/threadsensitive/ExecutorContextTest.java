package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.FakeThreadLocal;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task on the one thread of an executor sees, and what it leaves there. */
class ExecutorContextTest {
  private static final Local<String> USER = Local.named("user");
  private ThreadSensitiveExecutor executor;

  @AfterEach
  void close() {
    executor.close();
  }

  private void open(boolean virtual) {
    executor =
        virtual
            ? ThreadSensitiveExecutor.virtual("bound")
            : ThreadSensitiveExecutor.platform("bound");
  }

  private <T> T run(Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(() -> result.complete(task.get()));
    return Patience.result(result);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTaskSeesTheContextOfTheThreadThatQueuesIt(boolean virtual) throws Exception { // 26
    open(virtual);
    assertThat(USER.<String>where("ann", () -> run(USER::get))).isEqualTo("ann");
    assertThat(run(USER::isSet)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatATaskSetsIsItsOwn(boolean virtual) { // 27
    open(virtual);
    executor.execute(() -> USER.set("first"));
    assertThat(run(USER::isSet)).isFalse();
    assertThat(USER.isSet()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void registeredThreadLocalsComeAndGo(boolean virtual) { // 29
    open(virtual);
    try (FakeThreadLocal security = FakeThreadLocal.register("trestle.test.security")) {
      security.put("ann");
      assertThat(run(security::get)).isEqualTo("ann");
      security.put(null);
      assertThat(run(security::get)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptThatATaskLeavesDoesNotReachTheNext(boolean virtual) { // 35
    open(virtual);
    executor.execute(() -> Thread.currentThread().interrupt());
    assertThat(run(Thread::interrupted)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTaskThatThrowsLeavesTheThreadToTheNext(boolean virtual) {
    open(virtual);
    Thread before = run(Thread::currentThread);
    executor.execute(
        () -> {
          USER.set("failing");
          throw new IllegalStateException("a task that throws");
        });
    assertThat(run(Thread::currentThread)).isSameAs(before);
    assertThat(run(USER::isSet)).isFalse();
  }
}
