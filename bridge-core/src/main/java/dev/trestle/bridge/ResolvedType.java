package dev.trestle.bridge;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type as a member of some class has it: variables stand for what the class says they are. */
sealed interface ResolvedType {
  /** The class that is left of it at run time. */
  Class<?> erasure();

  String text(Function<Class<?>, String> name);

  /** A class; its arguments, or the component of an array; none if it has none, or is raw. */
  record Plain(Class<?> erasure, List<ResolvedType> arguments) implements ResolvedType {
    @Override
    public String text(Function<Class<?>, String> name) {
      if (erasure.isArray()) {
        return arguments.get(0).text(name) + "[]";
      }
      return arguments.isEmpty()
          ? name.apply(erasure)
          : arguments.stream()
              .map(argument -> argument.text(name))
              .collect(Collectors.joining(", ", name.apply(erasure) + "<", ">"));
    }
  }

  /** A variable of a method, known by its place; or one of a class, if nobody says what it is. */
  record Variable(String name, Class<?> erasure, int place) implements ResolvedType {
    static final int UNKNOWN = -1;

    @Override
    public String text(Function<Class<?>, String> name) {
      return this.name;
    }
  }

  /** An argument that has bounds only. */
  record Wildcard(ResolvedType upper, @Nullable ResolvedType lower) implements ResolvedType {
    @Override
    public Class<?> erasure() {
      return upper.erasure();
    }

    @Override
    public String text(Function<Class<?>, String> name) {
      if (lower != null) {
        return "? super " + lower.text(name);
      }
      return erasure() == Object.class ? "?" : "? extends " + upper.text(name);
    }
  }

  static ResolvedType of(Type type, Map<TypeVariable<?>, ResolvedType> known) {
    if (type instanceof ParameterizedType generic) {
      return new Plain((Class<?>) generic.getRawType(), all(generic, known));
    }
    if (type instanceof GenericArrayType array) {
      ResolvedType component = of(array.getGenericComponentType(), known);
      return new Plain(component.erasure().arrayType(), List.of(component));
    }
    if (type instanceof WildcardType wild) {
      Type[] lower = wild.getLowerBounds();
      return new Wildcard(
          of(wild.getUpperBounds()[0], known), lower.length == 0 ? null : of(lower[0], known));
    }
    if (type instanceof TypeVariable<?> variable) {
      ResolvedType found = known.get(variable);
      return found != null ? found : unresolved(variable, known);
    }
    Class<?> plain = (Class<?>) type;
    return new Plain(
        plain, plain.isArray() ? List.of(of(plain.getComponentType(), known)) : List.of());
  }

  private static List<ResolvedType> all(
      ParameterizedType generic, Map<TypeVariable<?>, ResolvedType> known) {
    return Arrays.stream(generic.getActualTypeArguments())
        .map(argument -> of(argument, known))
        .toList();
  }

  private static Variable unresolved(
      TypeVariable<?> variable, Map<TypeVariable<?>, ResolvedType> known) {
    Type bound = variable.getBounds()[0];
    // Not the bound itself, in which the variable may stand again.
    Type first = bound instanceof ParameterizedType generic ? generic.getRawType() : bound;
    int place =
        variable.getGenericDeclaration() instanceof Method method
            ? Arrays.asList(method.getTypeParameters()).indexOf(variable)
            : Variable.UNKNOWN;
    return new Variable(variable.getName(), of(first, known).erasure(), place);
  }

  /** What a class and everything above it says about their type variables. */
  static Map<TypeVariable<?>, ResolvedType> variablesOf(
      Class<?> type, List<ResolvedType> arguments) {
    Map<TypeVariable<?>, ResolvedType> known = new HashMap<>();
    bind(type, arguments, known);
    addAbove(type, known);
    return known;
  }

  private static void addAbove(Class<?> type, Map<TypeVariable<?>, ResolvedType> known) {
    List<Type> above = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
    Type superclass = type.getGenericSuperclass();
    if (superclass != null) {
      above.add(superclass);
    }
    for (Type next : above) {
      ResolvedType resolved = of(next, known);
      bind(resolved.erasure(), ((Plain) resolved).arguments(), known);
      addAbove(resolved.erasure(), known);
    }
  }

  private static void bind(
      Class<?> type, List<ResolvedType> arguments, Map<TypeVariable<?>, ResolvedType> known) {
    for (int i = 0; i < arguments.size() && !type.isArray(); i++) {
      known.put(type.getTypeParameters()[i], arguments.get(i));
    }
  }

  /** This type as one of those above it; with variables in the place of what a raw type leaves. */
  default List<ResolvedType> argumentsOf(Class<?> above) {
    List<ResolvedType> own = this instanceof Plain plain ? plain.arguments() : List.of();
    Map<TypeVariable<?>, ResolvedType> known = variablesOf(erasure(), own);
    return Arrays.stream(above.getTypeParameters()).map(variable -> of(variable, known)).toList();
  }
}
