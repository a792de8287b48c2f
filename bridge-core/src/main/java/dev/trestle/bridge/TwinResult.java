package dev.trestle.bridge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether a method of a face can return what one of the target does, if one of them is async. */
record TwinResult(boolean asyncFace) {

  /** Why no face of this kind can return this; null if one can. */
  @Nullable String wrongInFace(ResolvedType promised) {
    if (asyncFace) {
      Class<?> type = promised.erasure();
      return type == CompletionStage.class || type == CompletableFuture.class
          ? null
          : "an async method returns a CompletionStage or a CompletableFuture";
    }
    return isAsync(promised) ? "a blocking method returns its value" : null;
  }

  /** What is wrong with the result of the target's method; null if it fits. */
  @Nullable String wrongInTarget(ResolvedType given, ResolvedType promised) {
    if (asyncFace) {
      return isAsync(given)
          ? "returns " + given.text(Class::getSimpleName) + ", which is async already"
          : wrongValue("returns ", given, valueOf(promised));
    }
    return isStage(given)
        ? wrongValue("promises ", valueOf(given), promised)
        : "returns " + given.text(Class::getSimpleName) + ", and no CompletionStage";
  }

  private static @Nullable String wrongValue(String verb, ResolvedType given, ResolvedType wanted) {
    if (TypeFit.fits(given, wanted)) {
      return null;
    }
    Function<Class<?>, String> names =
        TwinMethod.namesToTellApart(how -> given.text(how).equals(wanted.text(how)));
    return verb + given.text(names) + " where " + wanted.text(names) + " is expected";
  }

  private static boolean isStage(ResolvedType type) {
    return CompletionStage.class.isAssignableFrom(type.erasure());
  }

  private static boolean isAsync(ResolvedType type) {
    return isStage(type) || Future.class.isAssignableFrom(type.erasure());
  }

  private static ResolvedType valueOf(ResolvedType stage) {
    return TypeFit.upper(stage.argumentsOf(CompletionStage.class).get(0));
  }
}
