package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of a future that takes a function carries the context, on JDKs to come as well. */
class FutureOverridesTest {
  private static final Local<String> REQUEST = Local.named("request");
  private final Gate gate = new Gate();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private CompletableFuture<Object> passGate(boolean fails) {
    return SyncToAsync.concurrent()
        .call(
            () -> {
              gate.pass();
              if (fails) {
                throw new IllegalStateException("the source");
              }
              return "value";
            });
  }

  static Stream<Method> methods() {
    return FutureMethods.all();
  }

  static Stream<Arguments> cases() {
    return FutureMethods.all()
        .flatMap(
            method ->
                Stream.of(true, false)
                    .flatMap(
                        done ->
                            Stream.of(true, false)
                                .flatMap(
                                    otherDone ->
                                        Stream.of(true, false)
                                            .map(
                                                derived ->
                                                    Arguments.of(
                                                        method, done, otherDone, derived)))))
        // Of a future that is done there is nothing left to complete.
        .filter(each -> !(completes((Method) each.get()[0]) && (boolean) each.get()[1]));
  }

  private static boolean completes(Method method) {
    return method.getName().equals("completeAsync");
  }

  @Test
  void thereAreAtLeastTheMethodsOfJdk17() {
    assertThat(FutureMethods.all()).hasSizeGreaterThanOrEqualTo(44);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void itIsOverriddenInTheFutureOfACallAndInItsDependents(Method method) throws Exception {
    CompletableFuture<Object> call = passGate(false);
    gate.open();
    for (CompletableFuture<?> future : List.of(call, call.thenApply(x -> x))) {
      Class<?> owner =
          future
              .getClass()
              .getMethod(method.getName(), method.getParameterTypes())
              .getDeclaringClass();
      // The one-argument form may leave it to the other, which it calls.
      boolean leavesItToTheOther = completes(method) && method.getParameterCount() == 1;
      assertThat(leavesItToTheOther || owner != CompletableFuture.class).as("%s", owner).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itRunsItsFunctionOnceInTheContextOfItsRegistrationAndReturnsTheSameKind(
      Method method, boolean done, boolean otherDone, boolean derived) throws Exception {
    CompletableFuture<Object> call = passGate(FutureMethods.isForFailures(method));
    CompletableFuture<Object> source = derived ? call.thenApply(x -> x) : call;
    CompletableFuture<Object> other = new CompletableFuture<>();
    if (done) {
      gate.open();
      Patience.end(source);
    }
    if (otherDone) {
      other.complete("other");
    }
    boolean completes = completes(method);
    @SuppressWarnings("un-awaited") // who gives a task to an executor does not wait for it
    Executor elsewhere = task -> SyncToAsync.concurrent().run(task::run);
    CompletableFuture<?> result =
        REQUEST.where(
            "registration",
            () ->
                FutureMethods.call(
                    method,
                    source,
                    other,
                    elsewhere,
                    () -> {
                      seen.add(REQUEST.orElse("unset"));
                      REQUEST.set("changed by the function");
                      return "result";
                    }));
    if (completes) {
      assertThat(result).isSameAs(source);
    } else {
      assertThat(result.getClass()).isSameAs(source.newIncompleteFuture().getClass());
    }
    other.complete("other");
    if (!completes) {
      gate.open();
    }
    Patience.end(result);
    Patience.end(SyncToAsync.concurrent().call(() -> ""));
    gate.open();
    Patience.end(source);
    assertThat(seen).containsExactly("registration");
  }

  @Test
  void orTimeoutAndItsLikesKeepTheKind() {
    CompletableFuture<Object> call = passGate(false);
    assertThat(call.orTimeout(1, TimeUnit.HOURS)).isSameAs(call);
    CompletableFuture<Object> copy = call.copy();
    assertThat(copy.getClass()).isSameAs(call.newIncompleteFuture().getClass());
    gate.open();
    assertThat(Patience.result(copy)).isEqualTo("value");
    assertThat(Patience.result(call)).isEqualTo("value");
  }
}
