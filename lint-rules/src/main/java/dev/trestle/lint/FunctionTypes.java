package dev.trestle.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds the one abstract method that a lambda or a method reference stands for. */
public final class FunctionTypes {
  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  private final Elements elements;
  private final Types types;
  private final Map<TypeElement, List<ExecutableElement>> known = new HashMap<>();

  FunctionTypes(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** The single abstract method of {@code type}, or null if it is not a function type. */
  public @Nullable ExecutableElement method(@Nullable TypeMirror type) {
    DeclaredType function = functionType(type);
    return function == null ? null : methodOf((TypeElement) function.asElement());
  }

  /**
   * The parameters and the result of the single abstract method as {@code type} instantiates them.
   */
  public @Nullable ExecutableType descriptor(@Nullable TypeMirror type) {
    DeclaredType function = functionType(type);
    if (function == null) {
      return null;
    }
    ExecutableElement method = methodOf((TypeElement) function.asElement());
    return method == null ? null : memberOf(function, method);
  }

  /**
   * The parameters and the result of a method as {@code owner} instantiates them, or null where
   * types are missing from the class path.
   */
  public @Nullable ExecutableType memberOf(DeclaredType owner, ExecutableElement method) {
    try {
      // The compiler answers with an error type, or finds no way from the one to the other.
      TypeMirror member = types.asMemberOf(owner, method);
      return member instanceof ExecutableType executableType ? executableType : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Whether a function of this type gives nothing back, so that a value in its place is dropped.
   */
  public boolean returnsVoid(@Nullable TypeMirror type) {
    ExecutableElement method = method(type);
    return method != null && method.getReturnType().getKind() == TypeKind.VOID;
  }

  /** The result of a function of this type, or null if it has none. */
  public @Nullable TypeMirror result(@Nullable TypeMirror type) {
    ExecutableType descriptor = descriptor(type);
    return descriptor == null ? null : descriptor.getReturnType();
  }

  private @Nullable DeclaredType functionType(@Nullable TypeMirror type) {
    if (type instanceof IntersectionType intersectionType) {
      for (TypeMirror bound : intersectionType.getBounds()) {
        if (functionType(bound) != null) {
          return functionType(bound);
        }
      }
      return null;
    }
    if (type == null || type.getKind() != TypeKind.DECLARED) {
      return null;
    }
    DeclaredType declared = (DeclaredType) type;
    return methodOf((TypeElement) declared.asElement()) == null ? null : declared;
  }

  private @Nullable ExecutableElement methodOf(TypeElement element) {
    List<ExecutableElement> cached = known.computeIfAbsent(element, this::find);
    return cached.isEmpty() ? null : cached.get(0);
  }

  private List<ExecutableElement> find(TypeElement element) {
    if (element.getKind() != ElementKind.INTERFACE) {
      return List.of();
    }
    ExecutableElement found = null;
    for (var member : elements.getAllMembers(element)) {
      if (member.getKind() != ElementKind.METHOD
          || !member.getModifiers().contains(Modifier.ABSTRACT)
          || OF_OBJECT.contains(member.getSimpleName().toString())) {
        continue;
      }
      ExecutableElement method = (ExecutableElement) member;
      // The same method inherited twice is one; two different ones make no function type.
      if (found != null
          && (!found.getSimpleName().equals(method.getSimpleName())
              || found.getParameters().size() != method.getParameters().size())) {
        return List.of();
      }
      found = found == null ? method : found;
    }
    return found == null ? List.of() : List.of(found);
  }
}
