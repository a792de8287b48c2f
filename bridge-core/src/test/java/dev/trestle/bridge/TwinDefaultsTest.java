package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A default method of a face runs its body, unless the target has the method. */
class TwinDefaultsTest {
  interface Names {
    String first();

    default String greeting(String word, String... more) {
      return word + " " + first() + more.length;
    }

    default Thread thread() {
      return Thread.currentThread();
    }

    default String fail() throws IOException {
      throw new IOException("from the body");
    }

    static Names named(String name) {
      return () -> name;
    }
  }

  interface AsyncNames {
    CompletionStage<String> first();

    CompletionStage<String> greeting(String word, String... more);

    default CompletionStage<String> twice() {
      return decorated(first());
    }

    default CompletionStage<Integer> second() {
      return CompletableFuture.completedFuture(2);
    }

    default String describe() {
      return "names";
    }

    default Thread thread() {
      return Thread.currentThread();
    }

    private CompletionStage<String> decorated(CompletionStage<String> stage) {
      return stage.thenApply(name -> name + name);
    }

    static AsyncNames named(String name) {
      return SyncToAsync.concurrent().twin(AsyncNames.class, Names.named(name));
    }
  }

  @SuppressWarnings("unused") // called by the twin
  public static final class NamesOfTwo {
    public String first() {
      return "a";
    }

    public String greeting(String word, String... more) {
      return word;
    }

    public String twice() {
      return "the target's";
    }

    public String second() {
      return "of another type";
    }

    public String describe() {
      return "not async";
    }
  }

  @Test
  void theBodyRunsOnTheCallingThreadAndCallsTheTwin() {
    AsyncNames names = AsyncNames.named("ann");
    assertThat(Patience.result(names.twice())).isEqualTo("annann");
    assertThat(names.describe()).isEqualTo("names");
    assertThat(names.thread()).isSameAs(Thread.currentThread());
  }

  @Test
  void aDefaultMethodOfTheTargetIsItsOwn() {
    assertThat(Patience.result(AsyncNames.named("ann").greeting("hi", "", "")))
        .isEqualTo("hi ann2");
  }

  @Test
  void whatTheTargetHasRunsThere() {
    AsyncNames names = SyncToAsync.concurrent().twin(AsyncNames.class, new NamesOfTwo());
    assertThat(Patience.result(names.twice())).isEqualTo("the target's");
  }

  @Test
  void whatDoesNotFitTheTargetsMethodRunsItsBody() {
    AsyncNames names = SyncToAsync.concurrent().twin(AsyncNames.class, new NamesOfTwo());
    assertThat(Patience.result(names.second())).isEqualTo(2);
    assertThat(names.describe()).isEqualTo("names");
  }

  @Test
  void aBlockingFaceHasDefaultMethodsToo() {
    interface OnlyFirst {
      CompletionStage<String> first();
    }
    OnlyFirst target = () -> CompletableFuture.completedFuture("bob");
    Names names = AsyncToSync.create().twin(Names.class, target);
    assertThat(names.greeting("hello")).isEqualTo("hello bob0");
    assertThat(names.thread()).isSameAs(Thread.currentThread());
    assertThatThrownBy(names::fail).isExactlyInstanceOf(IOException.class);
    Names ofAsync = AsyncToSync.create().twin(Names.class, AsyncNames.named("cy"));
    assertThat(ofAsync.greeting("hello", "")).isEqualTo("hello cy1");
  }

  interface AsyncRepo<K> {
    CompletionStage<String> find(K key);
  }

  interface AsyncUsers extends AsyncRepo<Long> {
    @Override
    CompletableFuture<String> find(Long key);
  }

  @Test
  void aMethodWithANarrowerResultIsFoundThroughWhatItOverrides() {
    class Users {
      @SuppressWarnings("unused") // by the twin
      public String find(Long key) {
        return "user " + key;
      }

      @SuppressWarnings("unused")
      public String find(Object key) {
        return "another overload";
      }
    }
    AsyncUsers users = SyncToAsync.concurrent().twin(AsyncUsers.class, new Users());
    AsyncRepo<Long> repo = users;
    assertThat(Patience.result(users.find(1L))).isEqualTo("user 1");
    assertThat(Patience.result(repo.find(2L))).isEqualTo("user 2");
  }
}
