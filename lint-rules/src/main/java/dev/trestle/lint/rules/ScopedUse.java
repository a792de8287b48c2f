package dev.trestle.lint.rules;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.Destination;
import dev.trestle.lint.FutureMethods;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a future still uses what a try statement closes: it was made by that object, was
 * handed it, or has a callback that uses it. What was read from the object before is no use of it.
 */
final class ScopedUse {
  private static final Set<String> AWAITS = Set.of("join", "get", "resultNow", "getNow");

  private final RuleContext context;
  private final FutureMethods methods;
  private final Set<Element> closed;
  private final Set<Element> running = new HashSet<>();

  /**
   * Reads the block up to the exit.
   *
   * @param block the block of the try statement
   * @param exit the statement with which the future leaves
   * @param closed the variables that the try statement closes
   * @param context what is known about the code
   */
  ScopedUse(TreePath block, TreePath exit, Set<Element> closed, RuleContext context) {
    this.context = context;
    this.methods = context.origins().methods();
    this.closed = new HashSet<>(closed);
    new Locals(exit.getLeaf()).scan(block, null);
  }

  /** Whether the future that the expression at {@code path} yields uses what is closed. */
  boolean isIn(TreePath path) {
    return ResultValues.branches(path).stream().anyMatch(this::isInBranch);
  }

  private boolean isInBranch(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof IdentifierTree) {
      return running.contains(context.element(path));
    }
    if (tree instanceof NewClassTree made) {
      return arguments(path, made).anyMatch(this::isHandedOn);
    }
    Call call = context.call(path);
    if (call == null || methods.isCompleted(call) || methods.isFailed(call)) {
      return false;
    }
    TreePath receiver = call.receiver();
    return (receiver != null && (isScoped(receiver) || isInReceiver(receiver)))
        || call.arguments().stream().anyMatch(this::isHandedOn);
  }

  private boolean isInReceiver(TreePath receiver) {
    return context.futures().isFuture(context.type(receiver)) && isIn(receiver);
  }

  private boolean isHandedOn(TreePath argument) {
    TreePath value = Parameters.plain(argument);
    if (value.getLeaf() instanceof LambdaExpressionTree) {
      return FutureEscapesScope.Mentions.anyOf(value, closed, context);
    }
    if (value.getLeaf() instanceof MemberReferenceTree reference) {
      return isScoped(new TreePath(value, reference.getQualifierExpression()));
    }
    return isScoped(value) || isInReceiver(value);
  }

  /** Whether the expression is what is closed, or an object that is only open as long. */
  private boolean isScoped(TreePath path) {
    TreePath value = Parameters.plain(path);
    Tree tree = value.getLeaf();
    if (tree instanceof IdentifierTree || tree instanceof MemberSelectTree) {
      return closed.contains(context.element(value));
    }
    if (tree instanceof NewClassTree made) {
      return arguments(value, made).anyMatch(this::isScoped);
    }
    Call call = context.call(value);
    if (call == null || !isCloseable(context.type(value))) {
      return false;
    }
    TreePath receiver = call.receiver();
    return (receiver != null && isScoped(receiver))
        || call.arguments().stream().anyMatch(this::isScoped);
  }

  private static Stream<TreePath> arguments(TreePath path, NewClassTree made) {
    return made.getArguments().stream().map(argument -> new TreePath(path, argument));
  }

  private static boolean isCloseable(@Nullable TypeMirror type) {
    return type instanceof DeclaredType declared
        && TypeNames.anySuper(
            (TypeElement) declared.asElement(), "java.lang.AutoCloseable"::equals);
  }

  /** Finds the locals that hold open objects, and those that hold futures nobody awaits here. */
  private final class Locals extends TreePathScanner<Void, Void> {
    private final Tree exit;

    Locals(Tree exit) {
      this.exit = exit;
    }

    @Override
    public Void scan(Tree tree, Void unused) {
      return tree == exit ? null : super.scan(tree, null);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
      Element variable = context.element(getCurrentPath());
      if (variable != null && tree.getInitializer() != null) {
        TreePath value = new TreePath(getCurrentPath(), tree.getInitializer());
        if (context.futures().isFuture(variable.asType())) {
          if (isIn(value)) {
            running.add(variable);
          }
        } else if (isCloseable(variable.asType()) && isScoped(value)) {
          closed.add(variable);
        }
      }
      return super.visitVariable(tree, null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void unused) {
      Element variable = context.element(getCurrentPath());
      if (running.contains(variable) && mayAwait(context.destinations().of(getCurrentPath()))) {
        running.remove(variable);
      }
      return null;
    }

    // What is handed to somebody else may be awaited there.
    private boolean mayAwait(Destination end) {
      Call next = context.call(end.site());
      return switch (end.kind()) {
        case RECEIVER -> next != null && AWAITS.contains(next.name());
        case ARGUMENT, ADDED -> true;
        default -> false;
      };
    }
  }
}
