package dev.trestle.lint;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.util.TreePath;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What the methods of the future libraries do, by owner and name. */
public final class FutureMethods {
  private static final Set<String> HANDLERS =
      Set.of(
          "exceptionally",
          "exceptionallyAsync",
          "exceptionallyCompose",
          "exceptionallyComposeAsync",
          "handle",
          "handleAsync",
          "whenComplete",
          "whenCompleteAsync");
  private static final Set<String> VERTX_OBSERVERS = Set.of("onComplete", "onFailure", "onSuccess");
  private static final Set<String> VERTX_HANDLERS =
      Set.of("recover", "otherwise", "otherwiseEmpty", "transform", "andThen");
  private static final Set<String> GIVE_BACKS =
      Set.of(
          "orTimeout",
          "completeOnTimeout",
          "completeAsync",
          "fork",
          "toCompletableFuture",
          "toCompletionStage");
  private static final Set<String> REACTIVE =
      Set.of("io.reactivex.", "io.smallrye.mutiny.", "reactor.core.publisher.");
  private static final Set<String> LOOKS =
      Set.of(
          "toString",
          "hashCode",
          "equals",
          "getClass",
          "getNumberOfDependents",
          "defaultExecutor",
          "getDelay");
  private static final Set<String> POLLS =
      Set.of(
          "isDone",
          "isCancelled",
          "isCompletedExceptionally",
          "isCompletedNormally",
          "isCompletedAbnormally",
          "isSuccess",
          "isComplete",
          "succeeded",
          "failed",
          "state");
  private static final Set<String> COMPLETED =
      Set.of(
          "completedFuture",
          "completedStage",
          "succeededFuture",
          "immediateFuture",
          "immediateVoidFuture",
          "immediateCancelledFuture",
          "newSucceededFuture",
          "just",
          "empty",
          "never");
  private static final Set<String> FAILED =
      Set.of(
          "failedFuture",
          "failedStage",
          "immediateFailedFuture",
          "newFailedFuture",
          "error",
          "failure");
  private static final Set<String> CONTAINER_LOOKS =
      Set.of("size", "isEmpty", "count", "toString", "hashCode", "length", "isPresent");
  private static final Set<String> ADDS =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "offer",
          "offerFirst",
          "offerLast",
          "push",
          "put",
          "putAll",
          "putIfAbsent",
          "set",
          "ensureCapacity");
  private static final Set<String> PRINTERS =
      Set.of(
          "java.io.PrintStream",
          "java.io.PrintWriter",
          "java.io.Console",
          "java.lang.IO",
          "java.lang.AbstractStringBuilder",
          "java.lang.StringBuilder",
          "java.lang.StringBuffer",
          "java.lang.System.Logger",
          "java.util.StringJoiner",
          "java.util.logging.Logger",
          "org.slf4j.Logger",
          "org.apache.logging.log4j.Logger",
          "org.apache.commons.logging.Log");

  private final RuleContext context;

  FutureMethods(RuleContext context) {
    this.context = context;
  }

  /** Whether the call is an instance method declared by a type that is itself a future. */
  public boolean isOnFuture(Call call) {
    return !call.isStatic() && context.futures().isFuture(call.owner().asType());
  }

  /** Whether the call derives a new stage from the one it is called on: {@code thenApply}, … */
  public boolean isDependent(Call call) {
    return isOnFuture(call)
        && !call.method().getParameters().isEmpty()
        && context.futures().isFuture(call.method().getReturnType())
        && !isGiveBack(call)
        && !isHandler(call);
  }

  /** Whether the call takes a function that is told of a failure. */
  public boolean isHandler(Call call) {
    if (!isOnFuture(call)) {
      return false;
    }
    return isVertx(call)
        ? VERTX_HANDLERS.contains(call.name())
        : HANDLERS.contains(call.name()) && call.isOn("java.util.concurrent.CompletionStage");
  }

  /** Whether the call only registers an observer and gives its receiver back (Vert.x). */
  public boolean isObserver(Call call) {
    return isOnFuture(call) && isVertx(call) && VERTX_OBSERVERS.contains(call.name());
  }

  /** Whether the call gives back its receiver, or an argument, instead of something new. */
  boolean isGiveBack(Call call) {
    return givenBack(call) != null;
  }

  /** The receiver or argument that the call gives back, or null if it makes something new. */
  public @Nullable TreePath givenBack(Call call) {
    if (isSubmitOfFuture(call)) {
      return call.arguments().get(0);
    }
    if (isNullCheck(call)) {
      return call.arguments().get(0);
    }
    TreePath promise = promise(call);
    if (promise != null) {
      return promise;
    }
    if (!isOnFuture(call) || !context.futures().isFuture(context.type(call.path()))) {
      return null;
    }
    if (isSubscription(call.method())) {
      return null;
    }
    boolean netty =
        context.futures().kindOf(call.owner().asType()) == FutureTypes.Kind.NETTY
            && call.ownerName().startsWith("io.netty.");
    return GIVE_BACKS.contains(call.name()) || isObserver(call) || netty || isListener(call.name())
        ? call.receiver()
        : null;
  }

  /**
   * What {@code write(message, promise)} tells of its end, and gives back: Netty's, or its like.
   */
  private @Nullable TreePath promise(Call call) {
    if (call.arguments().isEmpty()
        || (!call.ownerName().startsWith("io.netty.")
            && context.futures().kindOf(call.method().getReturnType()) != FutureTypes.Kind.NETTY)) {
      return null;
    }
    TreePath last = call.arguments().get(call.arguments().size() - 1);
    return context.type(last) instanceof DeclaredType declared
            && TypeNames.anySuper(
                (TypeElement) declared.asElement(), "io.netty.channel.ChannelPromise"::equals)
        ? last
        : null;
  }

  /**
   * Whether a reference to {@code method}, used as {@code target}, gives back what it is handed.
   */
  public boolean givesBack(ExecutableElement method, @Nullable TypeMirror target) {
    TypeElement owner = TypeNames.enclosingType(method);
    String name = method.getSimpleName().toString();
    if (owner == null) {
      return false;
    }
    if (name.equals("submit")) {
      ExecutableType descriptor = context.functions().descriptor(target);
      return descriptor != null
          && !descriptor.getParameterTypes().isEmpty()
          && context.futures().isFuture(descriptor.getParameterTypes().get(0));
    }
    return context.futures().isFuture(owner.asType())
        && !isSubscription(method)
        && (GIVE_BACKS.contains(name) || HANDLERS.contains(name) || isListener(name));
  }

  /** Whether the call gives its receiver back after waiting for it, or with a listener on it. */
  boolean isWait(Call call) {
    return isOnFuture(call)
        && (call.name().startsWith("sync")
            || call.name().startsWith("await")
            || call.name().startsWith("addListener"));
  }

  /** Whether a method of a reactive library starts a lazy future and hands out an eager one. */
  boolean isSubscription(ExecutableElement method) {
    TypeElement owner = TypeNames.enclosingType(method);
    return owner != null
        && REACTIVE.stream().anyMatch(owner.getQualifiedName().toString()::startsWith)
        && context.futures().kindOf(method.getReturnType()) == FutureTypes.Kind.EAGER;
  }

  private static boolean isListener(String name) {
    return name.startsWith("addListener") || name.startsWith("removeListener");
  }

  /** {@code submit} of something that is a future already: the task itself is what is awaited. */
  private boolean isSubmitOfFuture(Call call) {
    return call.name().equals("submit")
        && !call.arguments().isEmpty()
        && !RuleContext.isFunction(call.arguments().get(0))
        && isExecutor(call)
        && context.futures().isFuture(context.type(call.arguments().get(0)));
  }

  /** {@code requireNonNull} and its like: they hand their first argument back. */
  public boolean isNullCheck(Call call) {
    return !call.arguments().isEmpty()
        && ((call.ownerName().equals("java.util.Objects") && call.name().equals("requireNonNull"))
            || (call.ownerName().equals("com.google.common.base.Preconditions")
                && call.name().equals("checkNotNull")));
  }

  /** Whether the call belongs to an executor of {@code java.util.concurrent} or one like it. */
  public boolean isExecutor(Call call) {
    return call.isOn("java.util.concurrent.ExecutorService")
        || call.isOn("java.util.concurrent.Executor")
        || call.isOn("org.springframework.core.task.AsyncTaskExecutor");
  }

  /** Whether the call starts something that repeats for ever, which nobody can await. */
  public boolean isPeriodic(Call call) {
    return call.name().equals("scheduleAtFixedRate")
        || call.name().equals("scheduleWithFixedDelay");
  }

  /** Whether the call wraps a value that is there already: {@code completedFuture(x)}. */
  public boolean isCompleted(Call call) {
    return isFactory(call, COMPLETED);
  }

  /** Whether the call wraps an error: {@code failedFuture(x)}. */
  public boolean isFailed(Call call) {
    return isFactory(call, FAILED);
  }

  private boolean isFactory(Call call, Set<String> names) {
    if (!names.contains(call.name())) {
      return false;
    }
    String owner = call.ownerName();
    return (call.isStatic()
            && (context.futures().isFuture(call.owner().asType())
                || owner.startsWith("com.google.common.util.concurrent.")))
        || owner.startsWith("io.netty.");
  }

  /** Whether a call on a future tells about it, or its state, and lets nobody wait for it. */
  boolean isLook(Call call) {
    return LOOKS.contains(call.name());
  }

  /** Whether a call on a future asks for its state. */
  public boolean isPoll(Call call) {
    return POLLS.contains(call.name()) && call.arguments().isEmpty();
  }

  /** Whether a call on a container of futures tells about it and hands none of them out. */
  boolean isContainerLook(Call call) {
    return CONTAINER_LOOKS.contains(call.name()) && call.ownerName().startsWith("java.");
  }

  /** Whether a call on a container of futures puts one more in. */
  boolean isAdd(Call call) {
    return ADDS.contains(call.name())
        && call.ownerName().startsWith("java.util.")
        && returnsNoElement(call);
  }

  // `map.put(..)` hands the old value back, but where that is dropped it is an add all the same.
  private static boolean returnsNoElement(Call call) {
    TypeKind kind = call.method().getReturnType().getKind();
    return kind == TypeKind.VOID
        || kind == TypeKind.BOOLEAN
        || call.path().getParentPath().getLeaf() instanceof ExpressionStatementTree
        || call.path().getParentPath().getLeaf() instanceof LambdaExpressionTree;
  }

  /** Whether an argument of this call is only printed, formatted, compared or checked. */
  boolean isPrint(Call call) {
    return isPrint(call.ownerName(), call.name());
  }

  private static boolean isPrint(String owner, String name) {
    if (owner.equals("java.lang.String")) {
      return Set.of("valueOf", "format", "formatted", "join", "equals").contains(name);
    }
    if (owner.equals("java.util.Objects")) {
      return Set.of("isNull", "nonNull", "toString", "hash", "hashCode", "equals").contains(name);
    }
    if (owner.equals("java.lang.System")) {
      return name.equals("identityHashCode");
    }
    return PRINTERS.contains(owner);
  }

  /** Whether a method, handed a future as its argument, may do more than to look at it. */
  boolean isHandedTo(ExecutableElement method) {
    TypeElement owner = TypeNames.enclosingType(method);
    String name = method.getSimpleName().toString();
    return owner != null
        && method.getParameters().stream().anyMatch(p -> !p.asType().getKind().isPrimitive())
        && !context.futures().isFuture(owner.asType())
        && !LOOKS.contains(name)
        && !isPrint(owner.getQualifiedName().toString(), name);
  }

  private static boolean isVertx(Call call) {
    TypeElement owner = call.owner();
    return owner.getQualifiedName().toString().startsWith("io.vertx.core.");
  }
}
