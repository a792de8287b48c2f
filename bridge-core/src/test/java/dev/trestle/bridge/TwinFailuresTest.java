package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A failure crosses a twin as the same object, or as the cause of what may be thrown there. */
class TwinFailuresTest {
  interface Plain {
    String run();
  }

  interface Declaring {
    String run() throws IOException, SQLException;
  }

  interface Throwing {
    String run() throws Throwable;
  }

  interface Async {
    CompletionStage<String> run();
  }

  interface AsyncDeclaring {
    CompletionStage<String> run() throws Exception;
  }

  private static <B> B failing(Class<B> face, Throwable failure) {
    Async target = () -> CompletableFuture.failedFuture(failure);
    return AsyncToSync.create().twin(face, target);
  }

  private static <B> B throwing(Class<B> face, Exception failure) {
    AsyncDeclaring target =
        () -> {
          throw failure;
        };
    return AsyncToSync.create().twin(face, target);
  }

  private static Throwable ofAsync(Throwable failure) throws Exception {
    Throwing target =
        () -> {
          throw failure;
        };
    Throwable first = Patience.failure(SyncToAsync.concurrent().twin(Async.class, target).run());
    assertThat(Patience.failure(SyncToAsync.concurrent().twin(AsyncDeclaring.class, target).run()))
        .isSameAs(first);
    return first;
  }

  @Test
  void whateverABodyThrowsIsTheVeryFailureOfTheFuture() throws Exception {
    Exception unchecked = new IllegalStateException("unchecked");
    assertThat(ofAsync(unchecked)).isSameAs(unchecked).hasNoCause();
    Exception checked = new IOException("checked");
    assertThat(ofAsync(checked)).isSameAs(checked).hasNoCause();
    Error error = new AssertionError("error");
    assertThat(ofAsync(error)).isSameAs(error);
    Throwable neither = new Throwable("neither");
    assertThat(ofAsync(neither)).isSameAs(neither);
  }

  @Test
  void whatIsUncheckedIsThrownAsItIs() {
    Exception unchecked = new IllegalStateException("unchecked");
    assertThatThrownBy(failing(Plain.class, unchecked)::run).isSameAs(unchecked);
    assertThatThrownBy(throwing(Plain.class, unchecked)::run).isSameAs(unchecked);
    Error error = new AssertionError("error");
    assertThatThrownBy(failing(Plain.class, error)::run).isSameAs(error);
  }

  @Test
  void whatTheFaceDeclaresIsThrownAsItIs() {
    Exception subclass = new FileNotFoundException("file");
    assertThatThrownBy(failing(Declaring.class, subclass)::run).isSameAs(subclass);
    Exception sql = new SQLException("sql");
    assertThatThrownBy(failing(Declaring.class, sql)::run).isSameAs(sql);
    assertThatThrownBy(throwing(Declaring.class, sql)::run).isSameAs(sql);
    Exception any = new Exception("any");
    assertThatThrownBy(failing(Throwing.class, any)::run).isSameAs(any);
  }

  @Test
  void whatItDoesNotDeclareIsACause() {
    assertUndeclared(Plain.class, new IOException("undeclared"), Plain::run);
    assertUndeclared(Declaring.class, new Exception("undeclared"), Declaring::run);
  }

  private interface Run<F> {
    String of(F face) throws Exception;
  }

  private static <F> void assertUndeclared(Class<F> face, Exception failure, Run<F> run) {
    for (F twin : List.of(failing(face, failure), throwing(face, failure))) {
      assertThatThrownBy(() -> run.of(twin))
          .isExactlyInstanceOf(CompletionException.class)
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    }
  }

  interface Other {
    String run() throws SQLException;
  }

  interface Both extends Declaring, Other {}

  @Test
  void ofSeveralInterfacesOnlyWhatAllDeclareIsThrownAsItIs() {
    Exception sql = new SQLException("sql");
    assertThatThrownBy(failing(Both.class, sql)::run).isSameAs(sql);
    assertUndeclared(Both.class, new IOException("declared by one"), Both::run);
  }

  @Test
  @SuppressWarnings("null-future") // what the bridge says to it
  void anAsyncMethodThatReturnsNullIsToldWhatToReturnInstead() {
    Async target = () -> null;
    assertThatThrownBy(AsyncToSync.create().twin(Plain.class, target)::run)
        .isInstanceOf(BridgeException.class)
        .hasMessage(
            "the task returned null where a CompletionStage was expected; return"
                + " CompletableFuture.completedFuture(null) for no value");
  }

  @Test
  void thereAndBackItIsStillTheSameObject() {
    Exception checked = new IOException("checked");
    Declaring target =
        () -> {
          throw (IOException) checked;
        };
    Async async = SyncToAsync.threadSensitive().twin(Async.class, target);
    assertThatThrownBy(AsyncToSync.create().twin(Declaring.class, async)::run).isSameAs(checked);
  }

  interface Untyped {
    Object run();
  }

  interface AsyncUntyped {
    CompletionStage<Object> run();
  }

  @Test
  @SuppressWarnings("lost-future-type") // what the bridge says to it
  void aFutureThatNoTypeAnnouncedFailsTheCall() {
    Untyped target = CompletableFuture::new;
    assertThat(Patience.failure(SyncToAsync.concurrent().twin(AsyncUntyped.class, target).run()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("CompletableFuture");
  }
}
