package dev.trestle.lint.rules;

import dev.trestle.lint.FutureTypes;
import dev.trestle.lint.TypeNames;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/**
 * Tells futures from objects that happen to be publishers as well, such as the request or response
 * of a library whose body is a stream: those are values, and nobody awaits them.
 */
final class Awaitables {
  private static final Set<String> OF_MANY =
      Set.of(
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher",
          "io.smallrye.mutiny.Multi",
          "io.reactivex.Flowable",
          "io.reactivex.Observable",
          "io.reactivex.rxjava3.core.Flowable",
          "io.reactivex.rxjava3.core.Observable",
          "reactor.core.publisher.Flux",
          "rx.Observable");
  private static final Set<String> OF_ONE =
      Set.of(
          "java.util.concurrent.Future",
          "java.util.concurrent.CompletionStage",
          "reactor.core.publisher.Mono");

  private Awaitables() {}

  /** Whether {@code type} is a future that is nothing else. */
  static boolean isAwaitable(@Nullable TypeMirror type, FutureTypes futures) {
    TypeElement element = element(type);
    return futures.isFuture(type)
        && (element == null
            || !isOfMany(type)
            || OF_MANY.contains(element.getQualifiedName().toString()));
  }

  /** Whether {@code type} yields many values, and not one at the end. */
  static boolean isOfMany(@Nullable TypeMirror type) {
    TypeElement element = element(type);
    return TypeNames.anySuper(element, OF_MANY::contains)
        && !TypeNames.anySuper(element, OF_ONE::contains);
  }

  /** The class or interface behind a type or its bound, or null. */
  static @Nullable TypeElement element(@Nullable TypeMirror type) {
    if (type instanceof TypeVariable variable) {
      return element(variable.getUpperBound());
    }
    return type instanceof DeclaredType declared ? (TypeElement) declared.asElement() : null;
  }
}
