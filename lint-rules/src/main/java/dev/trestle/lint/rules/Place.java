package dev.trestle.lint.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.FutureTypes;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs a piece of code, as far as the call says that takes the function around it.
 *
 * @param kind who runs the function
 * @param taker the call that takes the function
 * @param function the lambda, the method reference or the anonymous class
 */
record Place(Kind kind, Call taker, TreePath function) {
  /** Who runs a function. */
  enum Kind {
    /** Whoever completes the future: often an event loop. */
    CALLBACK,
    /** The pool that all of the process shares. */
    DEFAULT_EXECUTOR,
    /** An executor that the code names. */
    NAMED_EXECUTOR,
    /** An event loop. */
    LOOP
  }

  private static final String STAGE = "java.util.concurrent.CompletionStage";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final Set<String> STAGE_METHODS =
      Set.of(
          "thenApply",
          "thenAccept",
          "thenRun",
          "thenCombine",
          "thenAcceptBoth",
          "runAfterBoth",
          "applyToEither",
          "acceptEither",
          "runAfterEither",
          "thenCompose",
          "handle",
          "whenComplete",
          "exceptionally",
          "exceptionallyCompose");
  private static final Set<String> STARTERS = Set.of("supplyAsync", "runAsync", "completeAsync");
  private static final Set<String> LOOPS =
      Set.of(
          "dev.trestle.bridge.EventLoop",
          "io.netty.channel.EventLoop",
          "io.netty.channel.EventLoopGroup",
          "io.netty.util.concurrent.OrderedEventExecutor");
  private static final Set<String> ON_LOOP =
      Set.of("execute", "submit", "schedule", "scheduleAtFixedRate", "scheduleWithFixedDelay");

  /** The place of the code at {@code path}, or null if nothing tells where it runs. */
  static @Nullable Place of(TreePath path, RuleContext context) {
    TreePath function = path.getLeaf() instanceof MemberReferenceTree ? path : enclosing(path);
    while (function != null) {
      Call taker = taker(function, context);
      if (taker == null) {
        return null;
      }
      Place place = ofFunction(function, taker, context);
      if (place != null) {
        return place;
      }
      function = isInline(taker) ? enclosing(function) : null;
    }
    return null;
  }

  /** The lambda or anonymous class whose code {@code path} is, or null in any other method. */
  static @Nullable TreePath enclosing(TreePath path) {
    for (TreePath at = path.getParentPath(); at != null; at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (tree instanceof LambdaExpressionTree) {
        return at;
      }
      if (tree instanceof MethodTree || tree instanceof ClassTree) {
        TreePath outer = tree instanceof ClassTree ? at.getParentPath() : outerOf(at);
        return tree instanceof MethodTree && outer.getLeaf() instanceof NewClassTree ? outer : null;
      }
    }
    return null;
  }

  private static TreePath outerOf(TreePath method) {
    return method.getParentPath().getParentPath();
  }

  /** The call that has {@code function} as an argument, or null. */
  static @Nullable Call taker(TreePath function, RuleContext context) {
    TreePath parent = function.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof TypeCastTree) {
      parent = parent.getParentPath();
    }
    return context.call(parent);
  }

  /** Whether a function given to this call runs before the call returns: streams, maps, loops. */
  static boolean isInline(Call taker) {
    String owner = taker.ownerName();
    return owner.equals("java.lang.Iterable")
        || (owner.startsWith("java.util.")
            && (!owner.startsWith("java.util.concurrent.")
                || owner.startsWith("java.util.concurrent.Concurrent")
                || owner.startsWith("java.util.concurrent.CopyOnWrite")
                || owner.startsWith("java.util.concurrent.atomic.")));
  }

  private static @Nullable Place ofFunction(TreePath function, Call taker, RuleContext context) {
    Kind kind = kind(function, taker, context);
    return kind == null ? null : new Place(kind, taker, function);
  }

  private static @Nullable Kind kind(TreePath function, Call taker, RuleContext context) {
    if (isStarter(taker) || isStage(taker)) {
      TreePath executor = executor(taker);
      if (executor != null) {
        return isLoop(executor, context) ? Kind.LOOP : Kind.NAMED_EXECUTOR;
      }
      if (!taker.name().endsWith("Async")) {
        return Kind.CALLBACK;
      }
      return hasOwnExecutor(taker, context) ? Kind.NAMED_EXECUTOR : Kind.DEFAULT_EXECUTOR;
    }
    if (context.futures().kindOf(taker.owner().asType()) == FutureTypes.Kind.NETTY) {
      return taker.name().startsWith("addListener") ? Kind.CALLBACK : null;
    }
    if (taker.ownerName().startsWith("io.vertx.")) {
      return kindInVertx(function, taker, context);
    }
    TreePath receiver = taker.receiver();
    boolean onLoop =
        ON_LOOP.contains(taker.name()) && receiver != null && isLoop(receiver, context);
    return onLoop || startsTask(taker) ? Kind.LOOP : null;
  }

  /** Whether the call starts a task of one of Trestle's loops, which may await. */
  static boolean startsTask(Call call) {
    return call.name().equals("start")
        && (call.isOn("dev.trestle.bridge.EventLoop") || call.ownerName().equals(Waits.TASKS));
  }

  private static @Nullable Kind kindInVertx(TreePath function, Call taker, RuleContext context) {
    if (taker.name().contains("locking")) {
      return null;
    }
    if (taker.ownerName().equals("io.vertx.core.Future")) {
      return taker.isStatic() ? null : Kind.CALLBACK;
    }
    return isA(context.type(function), context, "io.vertx.core.Handler"::equals) ? Kind.LOOP : null;
  }

  /** Whether the call starts work on an executor: {@code supplyAsync} and its like. */
  static boolean isStarter(Call call) {
    return STARTERS.contains(call.name()) && call.isOn(FUTURE);
  }

  /** Whether the call takes a callback of a {@code CompletionStage}. */
  static boolean isStage(Call call) {
    String name = call.name();
    String plain =
        name.endsWith("Async") ? name.substring(0, name.length() - "Async".length()) : name;
    return STAGE_METHODS.contains(plain) && !call.isStatic() && call.isOn(STAGE);
  }

  /** The executor that the call names, or null. */
  static @Nullable TreePath executor(Call call) {
    List<? extends VariableElement> parameters = call.method().getParameters();
    int last = parameters.size() - 1;
    return last >= 0
            && call.arguments().size() > last
            && parameters.get(last).asType().toString().endsWith("java.util.concurrent.Executor")
        ? call.arguments().get(last)
        : null;
  }

  /** Whether the future's class brings an executor of its own for the forms that name none. */
  static boolean hasOwnExecutor(Call call, RuleContext context) {
    TreePath receiver = call.receiver();
    TypeElement type = receiver == null ? null : typeElement(context.type(receiver), context);
    if (type == null) {
      return false;
    }
    return context.elements().getAllMembers(type).stream()
        .filter(member -> member.getKind() == ElementKind.METHOD)
        .filter(member -> member.getSimpleName().contentEquals("defaultExecutor"))
        .map(ExecutableElement.class::cast)
        .anyMatch(
            method -> {
              TypeElement owner = TypeNames.enclosingType(method);
              return owner != null && !owner.getQualifiedName().contentEquals(FUTURE);
            });
  }

  private static boolean isLoop(TreePath expression, RuleContext context) {
    return isA(context.type(expression), context, LOOPS::contains);
  }

  /** Whether {@code type}, or a supertype of it, has a name that fits. */
  static boolean isA(@Nullable TypeMirror type, RuleContext context, Predicate<String> name) {
    return TypeNames.anySuper(typeElement(type, context), name);
  }

  private static @Nullable TypeElement typeElement(@Nullable TypeMirror type, RuleContext context) {
    TypeMirror erased = type == null ? null : context.types().erasure(type);
    return erased instanceof DeclaredType declared ? (TypeElement) declared.asElement() : null;
  }
}
