package dev.trestle.bridge;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What runs when a method of a twin is called: the target's method, over a bridge, or the default
 * body of the interface. It is found for each method when the twin is made.
 */
final class Twin implements InvocationHandler {
  /** Makes the call over the bridge. */
  interface Crossing {
    @Nullable Object cross(Callable<@Nullable Object> body, List<Class<?>> declared)
        throws Exception;
  }

  private interface Action {
    @Nullable Object run(Object twin, Object @Nullable [] arguments) throws Throwable;
  }

  private final Map<Method, Action> actions;
  private final String description;

  private Twin(Map<Method, Action> actions, String description) {
    this.actions = actions;
    this.description = description;
  }

  static <F> F of(Class<F> face, Object target, boolean asyncFace, Crossing crossing) {
    requireImplementable(face);
    TwinTarget behind = new TwinTarget(target, asyncFace);
    String ofTarget = (asyncFace ? "async" : "blocking") + " twin of " + behind.name();
    Map<Method, Action> actions = new HashMap<>();
    SortedSet<String> mismatches = new TreeSet<>();
    for (TwinMethod method : TwinMethod.ofFace(face)) {
      Method own = method.method();
      List<String> reasons = behind.mismatches(method);
      if (reasons.isEmpty() && !own.isBridge()) {
        actions.put(own, bridged(behind.bound(method), declared(own, face), crossing));
      } else if (own.isDefault() && own.trySetAccessible()) {
        actions.put(own, defaultBody(own));
      } else if (own.isDefault()) {
        mismatches.add(method + ": its module does not let its body be called from outside");
      } else {
        reasons.forEach(reason -> mismatches.add(method + ": " + reason));
      }
    }
    if (!mismatches.isEmpty()) {
      throw new IllegalArgumentException(
          face.getSimpleName() + " is no " + ofTarget + "\n  " + String.join("\n  ", mismatches));
    }
    Twin handler = new Twin(actions, "the " + ofTarget);
    return face.cast(Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, handler));
  }

  private static void requireImplementable(Class<?> face) {
    String hindrance =
        !face.isInterface()
            ? "no interface"
            : face.isSealed() ? "sealed" : face.isHidden() ? "a hidden class" : null;
    if (hindrance != null) {
      throw new IllegalArgumentException(
          face.getTypeName()
              + " is "
              + hindrance
              + ", so no twin can implement it; give an interface that others may implement");
    }
  }

  private static Action bridged(MethodHandle method, List<Class<?>> declared, Crossing crossing) {
    MethodHandle body = spread(method, 0);
    return (twin, arguments) -> crossing.cross(() -> call(body, arguments), declared);
  }

  private static @Nullable Object call(MethodHandle body, Object @Nullable [] arguments)
      throws Exception {
    try {
      return (Object) body.invokeExact(arguments);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Twin.<Exception>same(e);
    }
  }

  /** Neither an exception nor an error; a bridge passes it on, though a callable cannot say so. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is how it is not checked
  private static <X extends Throwable> X same(Throwable thrown) throws X {
    throw (X) thrown;
  }

  private static Action defaultBody(Method method) {
    Class<?> type = method.getDeclaringClass();
    try {
      MethodHandles.Lookup within = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      MethodHandle body = spread(within.unreflectSpecial(method, type), 1);
      return (twin, arguments) -> (Object) body.invokeExact(twin, arguments);
    } catch (IllegalAccessException e) { // a module that is not open; it exports the interface
      return (twin, arguments) -> InvocationHandler.invokeDefault(twin, method, arguments);
    }
  }

  private static MethodHandle spread(MethodHandle method, int leading) {
    MethodHandle fixed = method.asFixedArity();
    return fixed
        .asSpreader(Object[].class, fixed.type().parameterCount() - leading)
        .asType(MethodType.genericMethodType(leading, true));
  }

  /** The checked exceptions that a caller of the method may get, whatever interface it is of. */
  private static List<Class<?>> declared(Method method, Class<?> face) {
    List<Method> same =
        Arrays.stream(face.getMethods())
            .filter(each -> each.getName().equals(method.getName()))
            .filter(each -> Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
            .toList();
    return same.stream()
        .<Class<?>>flatMap(each -> Arrays.stream(each.getExceptionTypes()))
        .filter(type -> same.stream().allMatch(each -> isDeclared(type, each.getExceptionTypes())))
        .toList();
  }

  private static boolean isDeclared(Class<?> type, Class<?>[] by) {
    return Arrays.stream(by).anyMatch(declared -> declared.isAssignableFrom(type));
  }

  @Override
  public @Nullable Object invoke(Object twin, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofEveryObject(twin, method, arguments);
    }
    Object result = Objects.requireNonNull(actions.get(method)).run(twin, arguments);
    Class<?> type = method.getReturnType();
    if (result == null && type.isPrimitive() && type != void.class) {
      throw new NullPointerException(
          method.getName() + " returns " + type + ", and its stage completed with null");
    }
    return result;
  }

  private Object ofEveryObject(Object twin, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && twin == arguments[0];
      case "hashCode" -> System.identityHashCode(twin);
      default -> description + "@" + Integer.toHexString(System.identityHashCode(twin));
    };
  }
}
