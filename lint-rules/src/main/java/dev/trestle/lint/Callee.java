package dev.trestle.lint;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** A method as its calls see it, worked out once for all of them. */
final class Callee {
  private final ExecutableElement method;
  private final TypeElement owner;
  private final String name;
  private final String ownerName;
  private final boolean isStatic;
  private final Supertypes supertypes;

  Callee(ExecutableElement method, TypeElement owner, Supertypes supertypes) {
    this.method = method;
    this.owner = owner;
    this.name = method.getSimpleName().toString();
    this.ownerName = owner.getQualifiedName().toString();
    this.isStatic = method.getModifiers().contains(Modifier.STATIC);
    this.supertypes = supertypes;
  }

  ExecutableElement method() {
    return method;
  }

  TypeElement owner() {
    return owner;
  }

  String name() {
    return name;
  }

  String ownerName() {
    return ownerName;
  }

  boolean isStatic() {
    return isStatic;
  }

  boolean isOn(String qualifiedName) {
    return ownerName.equals(qualifiedName) || supertypes.namesOf(owner).contains(qualifiedName);
  }
}
