package dev.trestle.bridge;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The methods of {@link CompletableFuture} that take a function, whatever the JDK has. */
final class FutureMethods {
  private static final List<Class<?>> FUNCTIONS =
      List.of(
          Function.class,
          BiFunction.class,
          Consumer.class,
          BiConsumer.class,
          Runnable.class,
          Supplier.class);

  private FutureMethods() {}

  static Stream<Method> all() {
    return Arrays.stream(CompletableFuture.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
        .filter(method -> Arrays.stream(method.getParameterTypes()).anyMatch(FUNCTIONS::contains));
  }

  /** Calls a method with a function that does something, and returns what the method returned. */
  static CompletableFuture<?> call(
      Method method,
      CompletableFuture<?> source,
      CompletionStage<?> other,
      Executor executor,
      Supplier<?> body) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes())
            .map(
                type -> {
                  if (type == CompletionStage.class) {
                    return other;
                  }
                  return type == Executor.class ? executor : function(method, type, body);
                })
            .toArray();
    try {
      return (CompletableFuture<?>) method.invoke(source, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(method.toString(), e);
    }
  }

  /** Whether the function of this method runs only when the future failed. */
  static boolean isForFailures(Method method) {
    return method.getName().startsWith("exceptionally");
  }

  private static Object function(Method method, Class<?> type, Supplier<?> body) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, called, arguments) -> {
          if (called.getDeclaringClass() == Object.class) {
            return switch (called.getName()) {
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> "the function of " + method.getName();
            };
          }
          Object result = body.get();
          if (called.getReturnType() == void.class) {
            return null;
          }
          return method.getName().contains("Compose")
              ? CompletableFuture.completedFuture(result)
              : result;
        });
  }
}
