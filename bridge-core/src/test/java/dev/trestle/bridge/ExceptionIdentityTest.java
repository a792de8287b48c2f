package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 39: the very same exception object arrives, with one marker of who waited. */
class ExceptionIdentityTest {
  private final IllegalStateException unchecked = new IllegalStateException("unchecked");
  private final IOException checked = new IOException("checked");

  private static CompletableFuture<Void> failing(Exception failure, int layers) {
    return SyncToAsync.concurrent()
        .run(
            () -> {
              if (layers == 0) {
                throw failure;
              }
              AsyncToSync.create().call(() -> failing(failure, layers - 1), IOException.class);
            });
  }

  private void aCallerThatIsNamedInTheMarker(Exception failure, int layers) throws IOException {
    AsyncToSync.create().call(() -> failing(failure, layers), IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 10})
  void anUncheckedExceptionIsTheSameObjectThroughAnyNumberOfLayers(int layers) {
    Throwable thrown = catchThrowable(() -> aCallerThatIsNamedInTheMarker(unchecked, layers));
    assertThat(thrown).isSameAs(unchecked).hasNoCause();
    assertThat(Patience.failure(failing(unchecked, layers))).isSameAs(unchecked);
    assertThat(unchecked.getSuppressed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 10})
  void aDeclaredCheckedExceptionIsTheSameObjectThroughAnyNumberOfLayers(int layers) {
    Throwable thrown = catchThrowable(() -> aCallerThatIsNamedInTheMarker(checked, layers));
    assertThat(thrown).isSameAs(checked).hasNoCause();
    assertThat(Patience.failure(failing(checked, layers))).isSameAs(checked);
  }

  @Test
  void theMarkerShowsTheWaitingStack() {
    Throwable thrown = catchThrowable(() -> aCallerThatIsNamedInTheMarker(unchecked, 0));
    assertThat(thrown.getSuppressed())
        .singleElement()
        .satisfies(
            marker ->
                assertThat(marker.getStackTrace())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("aCallerThatIsNamedInTheMarker"));
  }

  @Test
  void anExceptionThrownAgainAndAgainGetsOneMarkerOnly() {
    for (int i = 0; i < 100; i++) {
      catchThrowable(
          () -> AsyncToSync.create().call(() -> CompletableFuture.failedFuture(unchecked)));
    }
    assertThat(unchecked.getSuppressed()).hasSize(1);
  }

  @Test
  void anUndeclaredCheckedExceptionIsTheCauseOfOneCompletionException() {
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> failing(checked, 0)))
        .isExactlyInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(checked));
    assertThat(checked).hasNoCause();
  }

  @Test
  void aCheckedExceptionIsNeverWrappedTwice() {
    CompletableFuture<Void> layers =
        SyncToAsync.concurrent().run(() -> AsyncToSync.create().call(() -> failing(checked, 0)));
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> layers))
        .isExactlyInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(checked));
  }

  @Test
  void whatADependentStageWrappedComesOutUnwrapped() {
    assertThatThrownBy(
            () -> AsyncToSync.create().call(() -> failing(unchecked, 0).thenApply(x -> x)))
        .isSameAs(unchecked);
    assertThatThrownBy(
            () ->
                AsyncToSync.create()
                    .call(
                        () ->
                            CompletableFuture.<String>failedFuture(checked).thenApply(String::trim),
                        IOException.class))
        .isSameAs(checked);
  }

  @Test
  void aSubclassOfTheDeclaredExceptionIsThrownAsItIs() {
    FileNotFoundException special = new FileNotFoundException("special");
    assertThatThrownBy(
            () -> AsyncToSync.create().call(() -> failing(special, 0), IOException.class))
        .isSameAs(special);
  }

  @Test
  void anotherThanTheDeclaredExceptionIsACause() {
    Exception other = new Exception("other");
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> failing(other, 0), IOException.class))
        .isExactlyInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(other));
  }

  @Test
  void whatTheTaskItselfThrowsIsTreatedAsAFailureOfItsStage() {
    assertThatThrownBy(
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          throw unchecked;
                        }))
        .isSameAs(unchecked);
    assertThatThrownBy(
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          throw checked;
                        }))
        .isExactlyInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(checked));
    assertThatThrownBy(
            () ->
                AsyncToSync.create()
                    .<Void, IOException>call(
                        () -> {
                          throw checked;
                        },
                        IOException.class))
        .isSameAs(checked);
  }

  @Test
  void anErrorIsTheSameObjectToo() {
    Error error = new AssertionError("an error");
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  throw error;
                });
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> call)).isSameAs(error);
  }

  @Test
  void aCompletionExceptionWithAMessageOfItsOwnIsTheSameObjectToo() {
    CompletionException own = new CompletionException("said by the body", checked);
    CompletableFuture<Void> call = failing(own, 4);
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> call)).isSameAs(own);
    assertThatThrownBy(() -> AsyncToSync.create().call(() -> call.thenApply(x -> x))).isSameAs(own);
  }
}
