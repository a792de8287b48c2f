package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.trestle.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Faces and targets come from anywhere: other loaders, other modules, or made at run time. */
class TwinOriginsTest {
  interface Repo<K, V> {
    List<V> find(K key);
  }

  interface Names extends Repo<Long, String> {}

  interface AsyncNames {
    CompletionStage<List<String>> find(Long key);
  }

  /** Not public, and compiled in another package of the same name if another loader loads it. */
  interface AsyncSize {
    CompletionStage<Integer> size();

    default String describe() {
      return "of " + getClass().getClassLoader();
    }
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static final class OtherLoader extends ClassLoader {
    OtherLoader() {
      super("other", TwinOriginsTest.class.getClassLoader());
    }

    Class<?> define(Class<?> type) throws IOException {
      byte[] bytes = bytes(type);
      return defineClass(type.getName(), bytes, 0, bytes.length);
    }

    @Override
    public String toString() {
      return "another loader";
    }
  }

  private static Object call(Object twin, Class<?> face, String name) throws Exception {
    Method method = face.getDeclaredMethod(name);
    method.setAccessible(true);
    return method.invoke(twin);
  }

  @Test
  void aFaceThatIsNotPublicMayBeOfAnotherLoader() throws Exception {
    Class<?> face = new OtherLoader().define(AsyncSize.class);
    assertThat(face).isNotEqualTo(AsyncSize.class);
    Object twin = SyncToAsync.concurrent().twin(face, List.of(1, 2));
    Object size = Patience.result((CompletionStage<?>) call(twin, face, "size"));
    assertThat(size).isEqualTo(2);
    assertThat(call(twin, face, "describe")).isEqualTo("of another loader");
  }

  @Test
  void aHiddenFaceIsRefused() throws Exception {
    Class<?> hidden =
        MethodHandles.lookup().defineHiddenClass(bytes(AsyncSize.class), false).lookupClass();
    assertThatThrownBy(() -> SyncToAsync.concurrent().twin(hidden, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" is a hidden class, so no twin can implement it");
  }

  @Test
  void aTargetOfTheJdkIsCalledThroughItsInterfaces() {
    interface AsyncList {
      CompletionStage<Integer> size();

      CompletionStage<Boolean> contains(Object element);
    }
    AsyncList list = SyncToAsync.concurrent().twin(AsyncList.class, List.of("a", "b"));
    assertThat(Patience.result(list.size())).isEqualTo(2);
    assertThat(Patience.result(list.contains("b"))).isTrue();
  }

  @Test
  void aMockIsATarget() {
    Names names = mock();
    when(names.find(7L)).thenReturn(List.of("seven"));
    AsyncNames async = SyncToAsync.concurrent().twin(AsyncNames.class, names);
    assertThat(Patience.result(async.find(7L))).containsExactly("seven");
  }

  @Test
  void theTypesOfATwinAreThoseOfItsInterface() {
    interface NamesOfOther {
      List<Integer> find(Long key);
    }
    Names names = key -> List.of("name " + key);
    AsyncNames async = SyncToAsync.concurrent().twin(AsyncNames.class, names);
    assertThat(AsyncToSync.create().twin(Names.class, async).find(7L)).containsExactly("name 7");
    assertThatThrownBy(() -> AsyncToSync.create().twin(NamesOfOther.class, async))
        .hasMessageEndingWith(
            "AsyncNames.find(Long) promises List<String> where List<Integer> is expected");
  }
}
