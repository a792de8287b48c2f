package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 27 and 30: no value reaches a thread or a request that it is not meant for. */
class LocalsStayApartTest {
  private static final Local<String> USER = Local.named("user");

  @AfterEach
  void remove() {
    USER.remove();
  }

  @Test
  void aRawThreadStartedByABodyInheritsNothing() throws Exception {
    CompletableFuture<Boolean> raw =
        USER.where(
            "ann",
            () ->
                SyncToAsync.concurrent().call(() -> Bystander.start("raw", USER::isSet).result()));
    assertThat(Patience.result(raw)).isFalse();
  }

  @Test
  void aThreadOfYoursHasItsOwnValuesBackAfterABody() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    single.submit(() -> USER.set("the thread's own")).get();
    CompletableFuture<Void> call =
        USER.where("ann", () -> SyncToAsync.on(single).run(() -> USER.set("changed")));
    Patience.result(call);
    assertThat(single.submit(USER::get).get()).isEqualTo("the thread's own");
    CompletableFuture<Boolean> unset = SyncToAsync.on(single).call(USER::isSet);
    assertThat(Patience.result(unset)).isFalse();
    single.shutdown();
  }

  @Test
  void whatATaskSetsDoesNotReachTheNextTaskOfAnyThreadOfOurs() {
    try (EventLoopThread loop = EventLoopThread.start("loop");
        ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("bound")) {
      for (var each : new Executor[] {loop, executor}) {
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        each.execute(() -> USER.set("first"));
        each.execute(() -> next.complete(USER.isSet()));
        assertThat(Patience.result(next)).isFalse();
      }
    }
  }

  @Test
  void removalInABodyIsAsLocalAsSetting() {
    USER.set("ann");
    Patience.result(SyncToAsync.concurrent().run(USER::remove));
    assertThat(USER.get()).isEqualTo("ann");
  }

  @Test
  void nullIsCarriedAsAValue() throws Exception {
    CompletableFuture<Boolean> call =
        USER.where(
            null, () -> SyncToAsync.concurrent().call(() -> USER.isSet() && USER.get() == null));
    assertThat(Patience.result(call)).isTrue();
  }

  @Test
  void aSharedFutureShowsEachCallbackTheContextOfItsRegistration() throws Exception { // 30
    Gate gate = new Gate();
    CompletableFuture<String> cached =
        USER.where(
            "ann",
            () ->
                SyncToAsync.concurrent()
                    .call(
                        () -> {
                          gate.pass();
                          return USER.get();
                        }));
    CompletableFuture<String> early =
        USER.where("bob", () -> cached.thenApply(made -> made + " for " + USER.get()));
    CompletableFuture<String> chained =
        USER.where("cid", () -> early.thenCompose(x -> cached).thenApply(made -> USER.get()));
    CompletableFuture<String> unset = cached.thenApply(made -> USER.orElse("nobody"));
    gate.open();
    assertThat(Patience.result(early)).isEqualTo("ann for bob");
    assertThat(Patience.result(chained)).isEqualTo("cid");
    assertThat(Patience.result(unset)).isEqualTo("nobody");
    Patience.end(cached);
    CompletableFuture<String> late =
        USER.where("dee", () -> cached.thenApply(made -> made + " for " + USER.get()));
    assertThat(Patience.result(late)).isEqualTo("ann for dee");
    assertThat(USER.isSet()).isFalse();
  }
}
