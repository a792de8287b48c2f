package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A method of a twin stands for the target's of the same name and types, however they are said. */
class TwinTypesTest {
  interface Person {
    String name();
  }

  record User(String name) implements Person {}

  interface Repo<K, V> {
    V find(K key);

    List<V> all(Collection<? extends K> keys);

    V[] array(List<K[]> keys);
  }

  interface AsyncRepo<K, V> {
    CompletionStage<V> find(K key);

    CompletableFuture<? extends Collection<? extends V>> all(Collection<? extends K> keys);

    CompletionStage<V[]> array(List<K[]> keys);
  }

  interface Users extends Repo<Long, User> {}

  interface AsyncUsers extends AsyncRepo<Long, User> {}

  private static class InMemory<V, K> implements Repo<K, V> {
    private final Function<K, V> values;

    InMemory(Function<K, V> values) {
      this.values = values;
    }

    @Override
    public V find(K key) {
      return values.apply(key);
    }

    @Override
    public List<V> all(Collection<? extends K> keys) {
      return keys.stream().<V>map(values).toList();
    }

    @Override
    public V[] array(List<K[]> keys) {
      return null;
    }
  }

  private static final class InMemoryUsers extends InMemory<User, Long> implements Users {
    InMemoryUsers() {
      super(id -> new User("user " + id));
    }
  }

  private static <A> A async(Class<A> face, Object target) {
    return SyncToAsync.concurrent().twin(face, target);
  }

  private static <B> B blocking(Class<B> face, Object target) {
    return AsyncToSync.create().twin(face, target);
  }

  @Test
  void genericTypesAreThoseOfTheFaceAndTheTarget() {
    AsyncUsers users = async(AsyncUsers.class, new InMemoryUsers());
    assertThat(Patience.result(users.find(7L))).isEqualTo(new User("user 7"));
    assertThat(Patience.<Object>result(users.all(List.of(1L)).thenApply(ArrayList::new)))
        .isEqualTo(List.of(new User("user 1")));
    assertThat(Patience.result(users.array(List.of()))).isNull();
  }

  @Test
  void genericTypesOfABlockingTwinToo() {
    Users users = blocking(Users.class, async(AsyncUsersAgain.class, new InMemoryUsers()));
    assertThat(users.find(7L)).isEqualTo(new User("user 7"));
    assertThat(users.all(List.of(1L, 2L))).hasSize(2);
  }

  interface AsyncUsersAgain {
    CompletionStage<User> find(Long key);

    CompletionStage<List<User>> all(Collection<? extends Long> keys);

    CompletionStage<User[]> array(List<Long[]> keys);
  }

  @Test
  void whatTheTargetHasErasedIsNotChecked() {
    AsyncUsers users = async(AsyncUsers.class, new InMemory<User, Long>(id -> new User("any")));
    assertThat(Patience.result(users.find(7L))).isEqualTo(new User("any"));
  }

  @FunctionalInterface
  interface Finder<K, V> {
    V find(K key);
  }

  interface AsyncFinder {
    CompletionStage<User> find(long id);
  }

  @Test
  void aLambdaIsATarget() {
    Finder<Long, User> finder = id -> new User("lambda " + id);
    assertThat(Patience.result(async(AsyncFinder.class, finder).find(7)).name())
        .isEqualTo("lambda 7");
  }

  @Test
  @SuppressWarnings("unchecked")
  void aGenericFaceGivenAsAClassIsNotChecked() {
    Function<Long, User> function =
        (Function<Long, User>)
            blocking(
                Function.class,
                new Object() {
                  @SuppressWarnings("unused") // by the twin
                  public CompletionStage<User> apply(Long id) {
                    return CompletableFuture.completedFuture(new User("applied " + id));
                  }
                });
    assertThat(function.andThen(User::name).apply(7L)).isEqualTo("applied 7");
  }

  interface Numbers {
    int size();

    boolean has(int index, char... more);

    void clear();

    long at(int index);

    Person first();
  }

  interface AsyncNumbers {
    CompletionStage<Integer> size();

    CompletableFuture<Boolean> has(int index, char... more);

    CompletionStage<Void> clear();

    CompletionStage<Long> at(Integer index);

    CompletionStage<Person> first();
  }

  /** Not an interface's: the results are of narrower types. */
  private static final class SomeNumbers {
    @SuppressWarnings("unused") // by the twin
    public int size() {
      return 3;
    }

    @SuppressWarnings("unused")
    public boolean has(int index, char... more) {
      return more.length == index;
    }

    @SuppressWarnings("unused")
    public void clear() {}

    @SuppressWarnings("unused")
    public long at(int index) {
      return 10L * index;
    }

    @SuppressWarnings("unused")
    public User first() {
      return new User("first");
    }
  }

  @Test
  void primitivesAndTheirBoxesAndNarrowerResultsFit() {
    AsyncNumbers async = async(AsyncNumbers.class, new SomeNumbers());
    assertThat(Patience.result(async.size())).isEqualTo(3);
    assertThat(Patience.result(async.has(2, 'a', 'b'))).isTrue();
    assertThat(Patience.result(async.clear())).isNull();
    assertThat(Patience.result(async.at(4))).isEqualTo(40);
    assertThat(Patience.result(async.first())).isEqualTo(new User("first"));
    Numbers blocking = blocking(Numbers.class, async);
    assertThat(blocking.size()).isEqualTo(3);
    assertThat(blocking.has(2, 'a', 'b')).isTrue();
    blocking.clear();
    assertThat(blocking.at(4)).isEqualTo(40);
    assertThat(blocking.first().name()).isEqualTo("first");
  }

  @Test
  void aStageOfNullWhereAPrimitiveIsReturnedIsNamed() {
    Numbers blocking =
        blocking(
            Numbers.class,
            new AsyncNumbersOfNull() {
              @Override
              public CompletionStage<Integer> size() {
                return CompletableFuture.completedFuture(null);
              }
            });
    assertThatThrownBy(blocking::size)
        .isInstanceOf(NullPointerException.class)
        .hasMessage("size returns int, and its stage completed with null");
  }

  private abstract static class AsyncNumbersOfNull implements AsyncNumbers {
    @Override
    public CompletableFuture<Boolean> has(int index, char... more) {
      return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletionStage<Void> clear() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Long> at(Integer index) {
      return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletionStage<Person> first() {
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void theResultIsTheNarrowestThatTheTargetDeclares() {
    interface Leader {
      Person leader(long team);
    }
    interface AsyncLeader {
      CompletionStage<User> leader(long team);
    }
    class Leaders implements Leader {
      @Override
      public User leader(long team) {
        return new User("leader " + team);
      }
    }
    AsyncLeader leaders = async(AsyncLeader.class, new Leaders());
    assertThat(Patience.result(leaders.leader(1)).name()).isEqualTo("leader 1");
  }

  interface Overloads {
    String of(int value);

    String of(Integer value);

    String of(Object value);

    String of(String value, Object... more);

    <T extends Comparable<T>> T max(Collection<? extends T> values, Class<T> type);
  }

  interface AsyncOverloads {
    CompletionStage<String> of(int value);

    CompletionStage<String> of(Integer value);

    CompletionStage<String> of(Object value);

    CompletionStage<String> of(String value, Object... more);

    <T extends Comparable<T>> CompletionStage<T> max(Collection<? extends T> values, Class<T> type);
  }

  private static final class ManyOverloads implements Overloads {
    @Override
    public String of(int value) {
      return "int";
    }

    @Override
    public String of(Integer value) {
      return "Integer";
    }

    @Override
    public String of(Object value) {
      return "Object";
    }

    @Override
    public String of(String value, Object... more) {
      return "String and " + more.length;
    }

    @Override
    public <T extends Comparable<T>> T max(Collection<? extends T> values, Class<T> type) {
      return values.stream().<T>map(type::cast).max(T::compareTo).orElseThrow();
    }
  }

  @Test
  void overloadsAreToldApartByTheirParameterTypes() {
    AsyncOverloads async = async(AsyncOverloads.class, new ManyOverloads());
    assertThat(Patience.result(async.of(1))).isEqualTo("int");
    assertThat(Patience.result(async.of(Integer.valueOf(1)))).isEqualTo("Integer");
    assertThat(Patience.result(async.of(1L))).isEqualTo("Object");
    assertThat(Patience.result(async.of("", 1, 2))).isEqualTo("String and 2");
    Overloads blocking = blocking(Overloads.class, async);
    assertThat(blocking.of(1)).isEqualTo("int");
    assertThat(blocking.of((Object) 1)).isEqualTo("Object");
  }

  @Test
  void genericMethodsFit() {
    AsyncOverloads async = async(AsyncOverloads.class, new ManyOverloads());
    assertThat(Patience.result(async.max(List.of(1, 3, 2), Integer.class))).isEqualTo(3);
    assertThat(blocking(Overloads.class, async).max(List.of("a", "b"), String.class))
        .isEqualTo("b");
  }

  interface Joiner {
    String join(CompletionStage<String> stage);
  }

  interface AsyncJoiner {
    CompletionStage<String> join(CompletionStage<String> stage);
  }

  @Test
  void aParameterThatIsAStageIsPassedAsItIs() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    List<Object> passed = new ArrayList<>();
    Joiner target =
        given -> {
          passed.add(given);
          return "joined";
        };
    Joiner twice = blocking(Joiner.class, async(AsyncJoiner.class, target));
    assertThat(twice.join(stage)).isEqualTo("joined");
    assertThat(passed).singleElement().isSameAs(stage);
  }
}
