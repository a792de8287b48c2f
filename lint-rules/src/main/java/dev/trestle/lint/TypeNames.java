package dev.trestle.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Questions about types by name, so that libraries need not be on the checker's own class path. */
public final class TypeNames {
  private TypeNames() {}

  /** The class and the interfaces that {@code element} names after extends and implements. */
  public static List<TypeElement> parents(TypeElement element) {
    List<TypeElement> parents = new ArrayList<>();
    addDeclared(parents, element.getSuperclass());
    element.getInterfaces().forEach(type -> addDeclared(parents, type));
    return parents;
  }

  /** Whether {@code element} or one of its supertypes has a qualified name that fits. */
  public static boolean anySuper(@Nullable TypeElement element, Predicate<String> name) {
    if (element == null) {
      return false;
    }
    if (name.test(element.getQualifiedName().toString())) {
      return true;
    }
    for (TypeElement parent : parents(element)) {
      if (anySuper(parent, name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code type} is {@code java.lang.Object} itself. */
  static boolean isObject(TypeMirror type) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement())
            .getQualifiedName()
            .contentEquals("java.lang.Object");
  }

  /** The class or interface that encloses {@code element}, or null at the top. */
  public static @Nullable TypeElement enclosingType(Element element) {
    for (Element e = element.getEnclosingElement(); e != null; e = e.getEnclosingElement()) {
      if (e instanceof TypeElement) {
        return (TypeElement) e;
      }
    }
    return null;
  }

  private static void addDeclared(List<TypeElement> parents, TypeMirror type) {
    if (type.getKind() == TypeKind.DECLARED) {
      parents.add((TypeElement) ((DeclaredType) type).asElement());
    }
  }
}
