package dev.trestle.lint.rules;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.FutureTypes;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** The calls that hold a thread until a future is complete. */
final class Waits {
  private static final Set<String> NETTY =
      Set.of("sync", "syncUninterruptibly", "await", "awaitUninterruptibly");
  private static final Set<String> LAZY = Set.of("block", "blockFirst", "blockLast");
  private static final Set<String> GUAVA = Set.of("getUnchecked", "getUninterruptibly");
  private static final Set<String> MUTINY = Set.of("indefinitely", "atMost");
  private static final Set<String> NAMES =
      Stream.of(NETTY, LAZY, GUAVA, MUTINY, Set.of("call", "join", "get", "await"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Where a task of an event loop waits, and a thread that may block. */
  static final String TASKS = "dev.trestle.bridge.Tasks";

  private Waits() {}

  /** The call at {@code path} if it waits for a future, else null. */
  static @Nullable Call at(TreePath path, RuleContext context) {
    Call call = context.call(path);
    return call != null && isWait(call, context) ? call : null;
  }

  /** Whether the call waits for a future. */
  static boolean isWait(Call call, RuleContext context) {
    return mayWait(call.name())
        && isWait(call.method(), context)
        && !(call.arguments().size() == 2 && isZero(call.arguments().get(0)));
  }

  /** Whether a method of this name waits on some type: most do not, and need no further look. */
  private static boolean mayWait(String name) {
    return NAMES.contains(name) || name.startsWith("blocking");
  }

  /** Whether the method waits for a future. */
  static boolean isWait(ExecutableElement method, RuleContext context) {
    String name = method.getSimpleName().toString();
    TypeElement owner = mayWait(name) ? TypeNames.enclosingType(method) : null;
    if (owner == null) {
      return false;
    }
    String ownerName = owner.getQualifiedName().toString();
    if (ownerName.equals("dev.trestle.bridge.AsyncToSync")) {
      return name.equals("call");
    }
    if (ownerName.equals(TASKS)) {
      return name.equals("await");
    }
    if (ownerName.equals("com.google.common.util.concurrent.Futures")
        || ownerName.equals("com.google.common.util.concurrent.Uninterruptibles")) {
      return GUAVA.contains(name);
    }
    if (ownerName.equals("io.smallrye.mutiny.groups.UniAwait")) {
      return MUTINY.contains(name);
    }
    FutureTypes.Kind kind = context.futures().kindOf(owner.asType());
    if (kind == null || method.getModifiers().contains(Modifier.STATIC)) {
      return false;
    }
    if (kind == FutureTypes.Kind.LAZY) {
      return LAZY.contains(name) || name.startsWith("blocking");
    }
    if (kind == FutureTypes.Kind.NETTY && NETTY.contains(name)) {
      return true;
    }
    // A task of a fork-join pool helps with other tasks while it waits.
    return (name.equals("join") || name.equals("get"))
        && method.getParameters().size() != 1
        && method.getParameters().size() <= 2
        && !TypeNames.anySuper(owner, "java.util.concurrent.ForkJoinTask"::equals);
  }

  private static boolean isZero(TreePath argument) {
    return argument.getLeaf().toString().matches("0L?");
  }

  /** The expression that yields the future which the call or method reference waits for. */
  static @Nullable TreePath awaited(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MemberReferenceTree reference) {
      ExpressionTree qualifier = reference.getQualifierExpression();
      TreePath before = new TreePath(path, qualifier);
      return context.futures().isFuture(context.type(before))
              && !(context.element(before) instanceof TypeElement)
          ? before
          : null;
    }
    Call call = context.call(path);
    if (call == null) {
      return null;
    }
    boolean given = call.receiver() == null || !isFuture(call.receiver(), context);
    return given && !call.arguments().isEmpty() ? call.arguments().get(0) : call.receiver();
  }

  private static boolean isFuture(@Nullable TreePath path, RuleContext context) {
    return path != null && context.futures().isFuture(context.type(path));
  }

  /** How messages call it: {@code join()}, {@code get(..)}. */
  static String describe(Call call) {
    return call.name() + (call.arguments().isEmpty() ? "()" : "(..)");
  }
}
