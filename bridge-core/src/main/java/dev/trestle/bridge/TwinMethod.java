package dev.trestle.bridge;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A method of the face or of the target of a twin, as the whole of that type has it. */
record TwinMethod(Method method, List<ResolvedType> parameters, ResolvedType result) {

  /** What a caller of an interface can call, but for what every object has. */
  static List<TwinMethod> ofFace(Class<?> face) {
    Map<TypeVariable<?>, ResolvedType> known = ResolvedType.variablesOf(face, List.of());
    return Arrays.stream(face.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !isOfEveryObject(method))
        .map(method -> of(method, known))
        .toList();
  }

  /** The public methods of a class, each as often as the class and what is above it declare it. */
  static List<TwinMethod> ofTarget(Class<?> target) {
    Map<TypeVariable<?>, ResolvedType> known = ResolvedType.variablesOf(target, List.of());
    return lineage(target)
        .filter(type -> !isGenerated(type))
        .flatMap(
            type ->
                Arrays.stream(type.getMethods())
                    .filter(method -> method.getDeclaringClass() == type && !method.isBridge())
                    .filter(method -> !Modifier.isStatic(method.getModifiers())))
        .map(method -> of(method, known))
        .toList();
  }

  /** A proxy or a lambda has lost its generic types; the interfaces above it have not. */
  static boolean isGenerated(Class<?> type) {
    return Proxy.isProxyClass(type) || type.isHidden();
  }

  private static TwinMethod of(Method method, Map<TypeVariable<?>, ResolvedType> known) {
    return new TwinMethod(
        method,
        Arrays.stream(method.getGenericParameterTypes())
            .map(type -> ResolvedType.of(type, known))
            .toList(),
        ResolvedType.of(method.getGenericReturnType(), known));
  }

  private static boolean isOfEveryObject(Method method) {
    return Arrays.stream(Object.class.getMethods())
        .anyMatch(
            known ->
                known.getName().equals(method.getName())
                    && Arrays.equals(known.getParameterTypes(), method.getParameterTypes()));
  }

  private static Stream<Class<?>> lineage(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
      found.add(next);
    }
    List.copyOf(found).forEach(each -> addInterfaces(each, found));
    return found.stream();
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
    for (Class<?> above : type.getInterfaces()) {
      found.add(above);
      addInterfaces(above, found);
    }
  }

  /** The types that overloads of one name differ in. */
  MethodType overload() {
    return MethodType.methodType(
        void.class, parameters.stream().<Class<?>>map(ResolvedType::erasure).toList());
  }

  /** Whether an argument for each of the parameters is one for the other's. */
  boolean takes(TwinMethod arguments) {
    for (int i = 0; i < parameters.size(); i++) {
      if (!TypeFit.fits(arguments.parameters.get(i), parameters.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether this would take them, but for generic types, a box or what is unknown. */
  boolean resembles(TwinMethod other) {
    for (int i = 0; i < parameters.size(); i++) {
      ResolvedType here = parameters.get(i);
      ResolvedType there = other.parameters.get(i);
      boolean unknown = TypeFit.isUnknown(here) || TypeFit.isUnknown(there);
      if (unknown ? !TypeFit.fits(there, here) : TypeFit.boxed(here) != TypeFit.boxed(there)) {
        return false;
      }
    }
    return true;
  }

  boolean isNamedAs(TwinMethod other) {
    return method.getName().equals(other.method.getName())
        && parameters.size() == other.parameters.size();
  }

  /** Whether its types say less than those of what it overrides. */
  boolean isRaw() {
    return Stream.concat(
            Arrays.stream(method.getGenericParameterTypes()),
            Stream.of(method.getGenericReturnType()))
        .anyMatch(TwinMethod::isRaw);
  }

  private static boolean isRaw(Type type) {
    return type instanceof Class<?> plain && plain.getTypeParameters().length > 0;
  }

  @Override
  public String toString() {
    return result.text(Class::getSimpleName) + " " + text(Class::getSimpleName);
  }

  String text(Function<Class<?>, String> name) {
    return parameters.stream()
        .map(type -> type.text(name))
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  /** How to write classes: short, unless two different texts would then be the same. */
  static Function<Class<?>, String> namesToTellApart(
      Predicate<Function<Class<?>, String>> areTheSame) {
    return areTheSame.test(Class::getSimpleName) ? Class::getTypeName : Class::getSimpleName;
  }
}
