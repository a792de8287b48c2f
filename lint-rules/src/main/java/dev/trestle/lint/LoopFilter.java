package dev.trestle.lint;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a statement in a loop is left out for elements that are null or empty, and for no others.
 * Then it runs for most of them; any other condition may well hold for one alone.
 */
final class LoopFilter {
  /** The variables that hold the element of this turn. */
  private final Set<String> elements = new HashSet<>();

  /** The variables that count the turns. */
  private final Set<String> indices = new HashSet<>();

  private LoopFilter(Tree loop) {
    if (loop instanceof EnhancedForLoopTree each) {
      elements.add(each.getVariable().getName().toString());
    } else if (loop instanceof ForLoopTree counting) {
      for (StatementTree initializer : counting.getInitializer()) {
        if (initializer instanceof VariableTree index) {
          indices.add(index.getName().toString());
        }
      }
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        if (tree.getInitializer() != null && isElement(tree.getInitializer())) {
          elements.add(tree.getName().toString());
        }
        return super.visitVariable(tree, null);
      }
    }.scan(loop, null);
  }

  /** Whether nothing but such a filter stands between the assignment and the loop around it. */
  static boolean isAllAround(TreePath assignment) {
    Tree loop = loop(assignment.getParentPath());
    return loop != null && new LoopFilter(loop).isAllBetween(assignment, loop);
  }

  private static @Nullable Tree loop(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof EnhancedForLoopTree
          || tree instanceof ForLoopTree
          || tree instanceof WhileLoopTree) {
        return tree;
      }
      if (!(tree instanceof ExpressionStatementTree
          || tree instanceof BlockTree
          || tree instanceof IfTree
          || tree instanceof SynchronizedTree)) {
        return null;
      }
    }
    return null;
  }

  private boolean isAllBetween(TreePath assignment, Tree loop) {
    Tree inner = assignment.getLeaf();
    for (Tree tree : assignment.getParentPath()) {
      if (tree == loop) {
        return true;
      }
      if (tree instanceof IfTree choice
          && !isFilter(choice.getCondition(), choice.getThenStatement() == inner)) {
        return false;
      }
      if (tree instanceof BlockTree block) {
        List<? extends StatementTree> all = block.getStatements();
        if (!all.subList(0, all.indexOf(inner)).stream().allMatch(this::goesOn)) {
          return false;
        }
      }
      inner = tree;
    }
    return false;
  }

  // `if (id == null) { continue; }` is a filter too.
  private boolean goesOn(StatementTree statement) {
    boolean[] skips = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitContinue(ContinueTree tree, Void unused) {
        skips[0] = true;
        return null;
      }
    }.scan(statement, null);
    return !skips[0]
        || (statement instanceof IfTree choice
            && choice.getElseStatement() == null
            && isFilter(choice.getCondition(), false));
  }

  /** Whether the condition holds, or does not hold, for every element but null and empty ones. */
  private boolean isFilter(ExpressionTree condition, boolean holds) {
    if (condition instanceof ParenthesizedTree parenthesized) {
      return isFilter(parenthesized.getExpression(), holds);
    }
    if (condition.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return isFilter(((UnaryTree) condition).getExpression(), !holds);
    }
    if (condition instanceof BinaryTree binary) {
      ExpressionTree left = binary.getLeftOperand();
      ExpressionTree right = binary.getRightOperand();
      if (condition.getKind() == (holds ? Tree.Kind.CONDITIONAL_AND : Tree.Kind.CONDITIONAL_OR)) {
        return isFilter(left, holds) && isFilter(right, holds);
      }
      return condition.getKind() == (holds ? Tree.Kind.NOT_EQUAL_TO : Tree.Kind.EQUAL_TO)
          && right.getKind() == Tree.Kind.NULL_LITERAL
          && isElement(left);
    }
    return !holds
        && condition instanceof MethodInvocationTree call
        && call.getArguments().isEmpty()
        && call.getMethodSelect() instanceof MemberSelectTree select
        && (select.getIdentifier().contentEquals("isEmpty")
            || select.getIdentifier().contentEquals("isBlank"))
        && isElement(select.getExpression());
  }

  /**
   * Whether the expression is {@code id}, {@code ids[i]}, {@code ids.get(i)} or a {@code next()}.
   */
  private boolean isElement(ExpressionTree tree) {
    if (tree instanceof IdentifierTree name) {
      return elements.contains(name.getName().toString());
    }
    if (tree instanceof ArrayAccessTree access) {
      return isIndex(access.getIndex());
    }
    return tree instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree select
        && (call.getArguments().isEmpty()
            ? select.getIdentifier().contentEquals("next")
            : select.getIdentifier().contentEquals("get") && isIndex(call.getArguments().get(0)));
  }

  private boolean isIndex(ExpressionTree tree) {
    return tree instanceof IdentifierTree name && indices.contains(name.getName().toString());
  }
}
