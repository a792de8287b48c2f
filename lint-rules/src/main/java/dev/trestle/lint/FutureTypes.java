package dev.trestle.lint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.UnionType;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Knows which types are futures, and which hold futures as their elements. */
public final class FutureTypes {
  /** What happens to the work behind a future that nobody looks at. */
  public enum Kind {
    /** The work runs anyway; its errors vanish. */
    EAGER,
    /** The work starts only when somebody subscribes. */
    LAZY,
    /** Netty's own types, which are often dropped on purpose. */
    NETTY
  }

  /**
   * Deep enough for a map of lists of futures; bounds the walk through recursive type arguments.
   */
  private static final int MAX_DEPTH = 3;

  private static final Set<String> LAZY =
      Set.of(
          "reactor.core.publisher.Mono",
          "reactor.core.publisher.Flux",
          "io.smallrye.mutiny.Uni",
          "io.smallrye.mutiny.Multi",
          "io.reactivex.Completable",
          "io.reactivex.Flowable",
          "io.reactivex.Maybe",
          "io.reactivex.Observable",
          "io.reactivex.Single",
          "io.reactivex.rxjava3.core.Completable",
          "io.reactivex.rxjava3.core.Flowable",
          "io.reactivex.rxjava3.core.Maybe",
          "io.reactivex.rxjava3.core.Observable",
          "io.reactivex.rxjava3.core.Single",
          "rx.Completable",
          "rx.Observable",
          "rx.Single",
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher");

  private static final Set<String> CONTAINERS =
      Set.of(
          "java.lang.Iterable",
          "java.util.Map",
          "java.util.Map.Entry",
          "java.util.Optional",
          "java.util.stream.BaseStream",
          "java.util.concurrent.atomic.AtomicReference",
          "java.util.concurrent.atomic.AtomicReferenceArray");

  private final Map<String, Kind> byName = new HashMap<>();
  private final Map<TypeElement, List<Kind>> known = new HashMap<>();
  private final Map<TypeElement, Boolean> containers = new HashMap<>();

  /**
   * Creates the list of known types.
   *
   * @param more qualified names of further types that are futures and start on their own
   */
  FutureTypes(Collection<String> more) {
    byName.put("java.util.concurrent.Future", Kind.EAGER);
    byName.put("java.util.concurrent.CompletionStage", Kind.EAGER);
    byName.put("io.vertx.core.Future", Kind.EAGER);
    byName.put("io.netty.util.concurrent.Future", Kind.NETTY);
    LAZY.forEach(name -> byName.put(name, Kind.LAZY));
    more.forEach(name -> byName.put(name, Kind.EAGER));
  }

  /** Whether {@code type} is a future of any kind. */
  public boolean isFuture(@Nullable TypeMirror type) {
    return kindOf(type) != null;
  }

  /** What kind of future {@code type} is, through bounds, wildcards and captures; null if none. */
  public @Nullable Kind kindOf(@Nullable TypeMirror type) {
    return kindOf(type, 0);
  }

  /**
   * The kind of the futures that {@code type} holds as an array, collection or stream; null if
   * none.
   */
  public @Nullable Kind elementKind(@Nullable TypeMirror type) {
    return elementKind(type, 0);
  }

  private @Nullable Kind kindOf(@Nullable TypeMirror type, int depth) {
    if (type == null || depth > MAX_DEPTH) {
      return null;
    }
    return switch (type.getKind()) {
      case DECLARED -> declaredKind((TypeElement) ((DeclaredType) type).asElement());
      case TYPEVAR -> kindOf(((TypeVariable) type).getUpperBound(), depth + 1);
      case WILDCARD -> kindOf(((WildcardType) type).getExtendsBound(), depth + 1);
      case INTERSECTION -> strongest(((IntersectionType) type).getBounds(), depth);
      case UNION -> strongest(((UnionType) type).getAlternatives(), depth);
      default -> null;
    };
  }

  private @Nullable Kind strongest(List<? extends TypeMirror> types, int depth) {
    Kind strongest = null;
    for (TypeMirror type : types) {
      strongest = stronger(strongest, kindOf(type, depth + 1));
    }
    return strongest;
  }

  private @Nullable Kind declaredKind(TypeElement element) {
    List<Kind> cached = known.get(element);
    if (cached == null) {
      Kind kind = byName.get(element.getQualifiedName().toString());
      for (TypeElement parent : TypeNames.parents(element)) {
        kind = stronger(kind, declaredKind(parent));
      }
      cached = kind == null ? List.of() : List.of(kind);
      known.put(element, cached);
    }
    return cached.isEmpty() ? null : cached.get(0);
  }

  // Netty's futures are java.util.concurrent ones too, and some futures are publishers as well.
  private static @Nullable Kind stronger(@Nullable Kind left, @Nullable Kind right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    if (left == Kind.NETTY || right == Kind.NETTY) {
      return Kind.NETTY;
    }
    return left == Kind.EAGER ? left : right;
  }

  private @Nullable Kind elementKind(@Nullable TypeMirror type, int depth) {
    if (type == null || depth > MAX_DEPTH) {
      return null;
    }
    return switch (type.getKind()) {
      case ARRAY -> heldKind(((ArrayType) type).getComponentType(), depth);
      case TYPEVAR -> elementKind(((TypeVariable) type).getUpperBound(), depth + 1);
      case WILDCARD -> elementKind(((WildcardType) type).getExtendsBound(), depth + 1);
      case DECLARED -> {
        DeclaredType declared = (DeclaredType) type;
        if (declared.getTypeArguments().isEmpty()
            || !isContainer((TypeElement) declared.asElement())) {
          yield null;
        }
        for (TypeMirror argument : declared.getTypeArguments()) {
          Kind kind = heldKind(argument, depth);
          if (kind != null) {
            yield kind;
          }
        }
        yield null;
      }
      default -> null;
    };
  }

  private @Nullable Kind heldKind(TypeMirror type, int depth) {
    Kind kind = kindOf(type, depth + 1);
    return kind != null ? kind : elementKind(type, depth + 1);
  }

  private boolean isContainer(TypeElement element) {
    Boolean cached = containers.get(element);
    if (cached == null) {
      cached =
          declaredKind(element) == null
              && (CONTAINERS.contains(element.getQualifiedName().toString())
                  || TypeNames.parents(element).stream().anyMatch(this::isContainer));
      containers.put(element, cached);
    }
    return cached;
  }
}
