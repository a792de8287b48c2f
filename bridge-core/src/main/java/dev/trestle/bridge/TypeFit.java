package dev.trestle.bridge;

import dev.trestle.bridge.ResolvedType.Plain;
import dev.trestle.bridge.ResolvedType.Variable;
import dev.trestle.bridge.ResolvedType.Wildcard;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Whether a value of one type is a value of another, as an assignment with boxing and no widening
 * would have it. What nobody can know, behind raw types and erased arguments, fits.
 */
final class TypeFit {
  private TypeFit() {}

  static boolean fits(ResolvedType from, ResolvedType to) {
    Class<?> source = boxed(from);
    Class<?> target = boxed(to);
    if (isUnknown(from)) {
      return source.isAssignableFrom(target) || target.isAssignableFrom(source);
    }
    if (to instanceof Variable variable && !isUnknown(to)) {
      return from instanceof Variable other
          && other.place() == variable.place()
          && source == target;
    }
    if (source.isArray() && target.isArray()) {
      ResolvedType component = ((Plain) from).arguments().get(0);
      ResolvedType wanted = ((Plain) to).arguments().get(0);
      return component.erasure().isPrimitive() == wanted.erasure().isPrimitive()
          && fits(component, wanted);
    }
    if (!target.isAssignableFrom(source)) {
      return false;
    }
    if (!(from instanceof Plain) || !(to instanceof Plain wanted)) {
      return true;
    }
    return wanted.arguments().isEmpty()
        || allContained(from.argumentsOf(target), wanted.arguments());
  }

  private static boolean allContained(List<ResolvedType> given, List<ResolvedType> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!isContained(given.get(i), wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isContained(ResolvedType argument, ResolvedType in) {
    if (in instanceof Wildcard wanted) {
      ResolvedType lower = argument instanceof Wildcard wild ? wild.lower() : argument;
      return fits(upper(argument), wanted.upper())
          && (wanted.lower() == null || (lower != null && fits(wanted.lower(), lower)));
    }
    return !(argument instanceof Wildcard) && fits(argument, in) && fits(in, argument);
  }

  /** What a value of the type is known to be. */
  static ResolvedType upper(ResolvedType type) {
    return type instanceof Wildcard wild ? wild.upper() : type;
  }

  static boolean isUnknown(ResolvedType type) {
    return type instanceof Variable variable && variable.place() == Variable.UNKNOWN;
  }

  static Class<?> boxed(ResolvedType type) {
    return MethodType.methodType(type.erasure()).wrap().returnType();
  }
}
