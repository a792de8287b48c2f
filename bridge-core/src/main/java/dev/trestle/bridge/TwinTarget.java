package dev.trestle.bridge;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The object behind a twin: which of its methods one of the face stands for, or why none. */
final class TwinTarget {
  private final Object target;
  private final TwinResult results;
  private final List<TwinMethod> methods;

  TwinTarget(Object target, boolean asyncFace) {
    this.target = target;
    this.results = new TwinResult(asyncFace);
    this.methods = TwinMethod.ofTarget(target.getClass());
  }

  /** The method that one of the face stands for, which has no mismatches. */
  MethodHandle bound(TwinMethod face) {
    TwinMethod open = Objects.requireNonNull(accessible(declarationsFor(face)));
    try {
      return MethodHandles.lookup().unreflect(open.method()).bindTo(target);
    } catch (IllegalAccessException e) {
      throw new AssertionError("the method was made accessible", e);
    }
  }

  /** Why a method of the face cannot be called on this; empty if it can. */
  List<String> mismatches(TwinMethod face) {
    List<String> reasons = new ArrayList<>();
    String wrongInFace = results.wrongInFace(face.result());
    if (wrongInFace != null) {
      reasons.add(wrongInFace);
    }
    List<TwinMethod> found = declarationsFor(face);
    if (found.stream().map(TwinMethod::overload).distinct().count() != 1) {
      reasons.add(noSingleMethod(face, found));
      return reasons;
    }
    TwinMethod method = mostSpecific(found);
    if (!method.takes(face)) {
      reasons.add(name() + "." + method.text(namesBeside(face, found)) + " takes other arguments");
    }
    String wrongResult =
        wrongInFace == null ? results.wrongInTarget(method.result(), face.result()) : null;
    if (wrongResult != null) {
      reasons.add(name() + "." + method.text(Class::getSimpleName) + " " + wrongResult);
    }
    if (accessible(found) == null) {
      reasons.add("the module of " + name() + " does not let it be called from outside");
    }
    return reasons;
  }

  private List<TwinMethod> declarationsFor(TwinMethod face) {
    List<TwinMethod> named = methods.stream().filter(method -> method.isNamedAs(face)).toList();
    List<TwinMethod> exact =
        named.stream().filter(method -> method.overload().equals(face.overload())).toList();
    return exact.isEmpty()
        ? named.stream().filter(method -> method.resembles(face)).toList()
        : exact;
  }

  private static @Nullable TwinMethod accessible(List<TwinMethod> declarations) {
    return declarations.stream()
        .filter(declared -> declared.method().trySetAccessible())
        .findFirst()
        .orElse(null);
  }

  /** The one that says most about the result, of several that are all one method. */
  private static TwinMethod mostSpecific(List<TwinMethod> declarations) {
    return declarations.stream()
        .reduce(
            (one, other) ->
                one.isRaw() == other.isRaw()
                    ? TypeFit.fits(one.result(), other.result()) ? one : other
                    : one.isRaw() ? other : one)
        .orElseThrow();
  }

  private String noSingleMethod(TwinMethod face, List<TwinMethod> found) {
    List<TwinMethod> others =
        methods.stream()
            .filter(method -> method.method().getName().equals(face.method().getName()))
            .toList();
    Function<Class<?>, String> names = namesBeside(face, others);
    String listed =
        (found.isEmpty() ? others : found)
            .stream()
                .map(method -> method.text(names))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    if (!found.isEmpty()) {
      return name() + " has several methods for it: " + listed;
    }
    return name()
        + " has no public method "
        + face.text(names)
        + (others.isEmpty() ? "" : ", only " + listed);
  }

  private static Function<Class<?>, String> namesBeside(TwinMethod face, List<TwinMethod> others) {
    return TwinMethod.namesToTellApart(
        names -> others.stream().anyMatch(other -> other.text(names).equals(face.text(names))));
  }

  /** Of what is generated, the name of what it was generated for. */
  String name() {
    Class<?> type = target.getClass();
    Class<?>[] interfaces = type.getInterfaces();
    if (TwinMethod.isGenerated(type) && interfaces.length > 0) {
      return interfaces[0].getSimpleName();
    }
    return type.isAnonymousClass() ? type.getTypeName() : type.getSimpleName();
  }
}
