package dev.trestle.lint.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * The parameters by which a callback of anybody is told whether something failed: the throwable
 * beside a value, or a result that can be asked.
 */
final class Outcome {
  private static final Set<String> RESULTS =
      Set.of("io.vertx.core.AsyncResult", "io.netty.util.concurrent.Future");

  private final RuleContext context;
  private final List<VariableElement> errors = new ArrayList<>();
  private final List<VariableElement> results = new ArrayList<>();

  private Outcome(TreePath function, LambdaExpressionTree lambda, RuleContext context) {
    this.context = context;
    for (Tree parameter : lambda.getParameters()) {
      if (context.element(new TreePath(function, parameter)) instanceof VariableElement variable) {
        if (Place.isA(variable.asType(), context, RESULTS::contains)) {
          results.add(variable);
        } else if (lambda.getParameters().size() > 1
            && Place.isA(variable.asType(), context, "java.lang.Throwable"::equals)) {
          errors.add(variable);
        }
      }
    }
  }

  /** What the function is told, or null if it is no lambda that is told of a failure. */
  static @Nullable Outcome of(TreePath function, RuleContext context) {
    if (!(function.getLeaf() instanceof LambdaExpressionTree lambda)) {
      return null;
    }
    Outcome outcome = new Outcome(function, lambda, context);
    return outcome.errors.isEmpty() && outcome.results.isEmpty() ? null : outcome;
  }

  /** Whether the condition holds after a failure: null if that does not decide it. */
  @Nullable Boolean afterFailure(TreePath condition) {
    Tree tree = condition.getLeaf();
    if (tree instanceof ParenthesizedTree parenthesized) {
      return afterFailure(new TreePath(condition, parenthesized.getExpression()));
    }
    if (tree.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      ExpressionTree inner = ((UnaryTree) tree).getExpression();
      Boolean holds = afterFailure(new TreePath(condition, inner));
      return holds == null ? null : !holds;
    }
    if (tree instanceof BinaryTree binary) {
      return afterFailure(condition, binary);
    }
    Call call = context.call(condition);
    if (call == null || !results.contains(Mentions.variable(call.receiver(), context))) {
      return null;
    }
    return switch (call.name()) {
      case "succeeded", "isSuccess" -> false;
      case "failed" -> true;
      default -> null;
    };
  }

  private @Nullable Boolean afterFailure(TreePath condition, BinaryTree binary) {
    TreePath left = new TreePath(condition, binary.getLeftOperand());
    TreePath right = new TreePath(condition, binary.getRightOperand());
    boolean either = binary.getKind() == Tree.Kind.CONDITIONAL_OR;
    if (either || binary.getKind() == Tree.Kind.CONDITIONAL_AND) {
      Boolean decisive = either;
      boolean decided = decisive.equals(afterFailure(left)) || decisive.equals(afterFailure(right));
      return decided ? decisive : null;
    }
    boolean differs = binary.getKind() == Tree.Kind.NOT_EQUAL_TO;
    boolean compares = differs || binary.getKind() == Tree.Kind.EQUAL_TO;
    boolean asks = compares && right.getLeaf().getKind() == Tree.Kind.NULL_LITERAL && isError(left);
    return asks ? differs : null;
  }

  private boolean isError(TreePath path) {
    Call call = context.call(path);
    return call == null
        ? errors.contains(Mentions.variable(path, context))
        : call.name().equals("cause")
            && results.contains(Mentions.variable(call.receiver(), context));
  }
}
