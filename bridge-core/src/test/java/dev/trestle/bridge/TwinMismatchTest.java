package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What does not match is found when the twin is made, all of it. */
@SuppressWarnings({"unused", "lost-future-type"}) // read by the twin; what it says to them
class TwinMismatchTest {
  record User(String name) {}

  static final class Other {
    record User(int id) {}
  }

  static final class Users {
    public User find(long id) {
      return new User("");
    }

    public User find(String name) {
      return new User("");
    }

    public int count() {
      return 0;
    }

    public List<User> all() {
      return List.of();
    }

    public void save(List<User> users) {}

    public CompletableFuture<User> later() {
      return new CompletableFuture<>();
    }

    public Future<User> task() {
      return new CompletableFuture<>();
    }

    public User plain() {
      return new User("");
    }

    public void clear() {}

    public void send(List<User> users) {}

    public <T> List<T> convert(Class<T> type) {
      return List.of();
    }

    public <A, B> B either(Class<A> one, Class<B> other) {
      return null;
    }

    public static int statically() {
      return 0;
    }

    int hidden() {
      return 0;
    }
  }

  interface AsyncUsers {
    CompletionStage<User> find(int id);

    CompletionStage<Long> count();

    CompletionStage<List<Other.User>> all();

    CompletionStage<Void> save(List<String> users);

    CompletionStage<Integer> send(List<Other.User> users);

    CompletionStage<User> later();

    CompletionStage<User> task();

    User plain();

    CompletionStage<String> clear();

    <T> CompletionStage<List<String>> convert(Class<T> type);

    <A, B> CompletionStage<A> either(Class<A> one, Class<B> other);

    CompletionStage<Integer> statically();

    CompletionStage<Integer> hidden();

    CompletionStage<Integer> missing(Other.User user);
  }

  @Test
  void anAsyncTwinNamesAllOfThemAtOnce() {
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(AsyncUsers.class, new Users()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            AsyncUsers is no async twin of Users
              CompletionStage<A> either(Class<A>, Class<B>): Users.either(Class<A>, Class<B>) \
            returns B where A is expected
              CompletionStage<Integer> hidden(): Users has no public method hidden()
              CompletionStage<Integer> missing(User): Users has no public method missing(User)
              CompletionStage<Integer> send(List<User>): Users.send(List<User>) returns void \
            where Integer is expected
              CompletionStage<Integer> send(List<User>): Users.send(\
            java.util.List<dev.trestle.bridge.TwinMismatchTest$User>) takes other arguments
              CompletionStage<Integer> statically(): Users has no public method statically()
              CompletionStage<List<String>> convert(Class<T>): Users.convert(Class<T>) returns \
            List<T> where List<String> is expected
              CompletionStage<List<User>> all(): Users.all() returns \
            java.util.List<dev.trestle.bridge.TwinMismatchTest$User> where \
            java.util.List<dev.trestle.bridge.TwinMismatchTest$Other$User> is expected
              CompletionStage<Long> count(): Users.count() returns int where Long is expected
              CompletionStage<String> clear(): Users.clear() returns void where String is expected
              CompletionStage<User> find(int): Users has no public method find(int), only \
            find(String), find(long)
              CompletionStage<User> later(): Users.later() returns CompletableFuture<User>, which \
            is async already
              CompletionStage<User> task(): Users.task() returns Future<User>, which is async \
            already
              CompletionStage<Void> save(List<String>): Users.save(List<User>) takes other arguments
              User plain(): an async method returns a CompletionStage or a CompletableFuture""");
  }

  static final class Async {
    public CompletionStage<User> find(long id) {
      return new CompletableFuture<>();
    }

    public CompletionStage<Integer> count() {
      return new CompletableFuture<>();
    }

    public CompletionStage<List<? extends User>> all() {
      return new CompletableFuture<>();
    }

    public User plain() {
      return new User("");
    }

    public CompletionStage<User> later() {
      return new CompletableFuture<>();
    }

    public CompletionStage<String> clear() {
      return new CompletableFuture<>();
    }
  }

  interface BlockingUsers {
    User find(int id);

    long count();

    List<User> all();

    User plain();

    CompletionStage<User> later();

    void clear();
  }

  @Test
  void aBlockingTwinNamesAllOfThemAtOnce() {
    assertThatThrownBy(() -> AsyncToSync.create().twin(BlockingUsers.class, new Async()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            BlockingUsers is no blocking twin of Async
              CompletionStage<User> later(): a blocking method returns its value
              List<User> all(): Async.all() promises List<? extends User> where List<User> is \
            expected
              User find(int): Async has no public method find(int), only find(long)
              User plain(): Async.plain() returns User, and no CompletionStage
              long count(): Async.count() promises Integer where long is expected
              void clear(): Async.clear() promises String where void is expected""");
  }

  static class Lists {
    public List<User> all() {
      return List.of();
    }
  }

  @SuppressWarnings("rawtypes")
  static final class RawLists extends Lists {
    @Override
    @SuppressWarnings("unchecked")
    public List all() {
      return List.of();
    }
  }

  interface AsyncNames {
    CompletionStage<List<String>> all();
  }

  @Test
  void aRawResultIsWhatItOverrides() {
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(AsyncNames.class, new RawLists()))
        .hasMessageEndingWith("RawLists.all() returns List<User> where List<String> is expected");
  }

  interface Source<T> {
    Object take(T value);
  }

  static final class Names implements Source<String> {
    @Override
    public String take(String value) {
      return value;
    }
  }

  interface AsyncOfAnything {
    CompletionStage<Object> take(Object value);
  }

  @Test
  void aMethodThatOnlyTheCompilerAddedDoesNotCount() {
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(AsyncOfAnything.class, new Names()))
        .hasMessageEndingWith("Names has no public method take(Object), only take(String)");
  }

  interface Erased<T> {
    CompletionStage<String> take(T value);
  }

  static final class Takes {
    public String take(Long value) {
      return "";
    }

    public String take(String value) {
      return "";
    }
  }

  @Test
  void aChoiceThatNothingDecidesIsNotMade() {
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(Erased.class, new Takes()))
        .hasMessageContaining(
            "take(T): Takes has several methods for it: take(Long), take(String)");
  }

  sealed interface Sealed permits Only {}

  record Only() implements Sealed {}

  @Test
  void whatNoTwinCanImplementIsRefused() {
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(Users.class, new Users()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dev.trestle.bridge.TwinMismatchTest$Users is no interface, so no twin can implement"
                + " it; give an interface that others may implement");
    assertThatThrownBy(() -> AsyncToSync.create().twin(Sealed.class, new Users()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Sealed is sealed, so");
    assertThatThrownBy(() -> AsyncToSync.create().twin(int.class, new Users()))
        .hasMessageContaining("int is no interface");
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(null, "")).hasMessage("asyncFace");
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(Erased.class, null))
        .hasMessage("blocking");
    assertThatThrownBy(() -> AsyncToSync.create().twin(null, "")).hasMessage("blockingFace");
    assertThatThrownBy(() -> AsyncToSync.create().twin(Erased.class, null)).hasMessage("async");
  }

  interface Nothing {
    @Override
    boolean equals(Object other);

    @Override
    int hashCode();

    @Override
    String toString();
  }

  @Test
  void aTwinEqualsOnlyItselfAndSaysWhatItIs() {
    Users users = new Users();
    Nothing twin = SyncToAsync.concurrent().twin(Nothing.class, users);
    assertThat(twin)
        .isEqualTo(twin)
        .isNotEqualTo(SyncToAsync.concurrent().twin(Nothing.class, users))
        .isNotEqualTo(users)
        .hasSameHashCodeAs(twin);
    assertThat(twin.hashCode()).isEqualTo(System.identityHashCode(twin));
    assertThat(twin.toString()).matches("the async twin of Users@[0-9a-f]+");
    assertThat(AsyncToSync.create().twin(Nothing.class, twin).toString())
        .matches("the blocking twin of Nothing@[0-9a-f]+");
  }
}
