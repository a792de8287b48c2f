package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the expressions whose values a method or lambda gives back, one for each branch. */
final class ResultValues {
  private ResultValues() {}

  /** The results of a lambda or a method, seen through parentheses, casts and branches. */
  static List<TreePath> of(TreePath function) {
    Tree body =
        function.getLeaf() instanceof LambdaExpressionTree lambda
            ? lambda.getBody()
            : function.getLeaf() instanceof MethodTree method ? method.getBody() : null;
    if (body instanceof ExpressionTree) {
      return branches(new TreePath(function, body));
    }
    List<TreePath> found = new ArrayList<>();
    if (body instanceof BlockTree) {
      new Returns(found).scan(new TreePath(function, body), null);
    }
    return found;
  }

  /** The expressions one of which gives {@code expression} its value. */
  static List<TreePath> branches(TreePath expression) {
    List<TreePath> found = new ArrayList<>();
    addBranches(expression, found);
    return found;
  }

  private static void addBranches(TreePath path, List<TreePath> found) {
    Tree tree = path.getLeaf();
    if (tree instanceof ParenthesizedTree parenthesized) {
      addBranches(new TreePath(path, parenthesized.getExpression()), found);
    } else if (tree instanceof TypeCastTree cast) {
      addBranches(new TreePath(path, cast.getExpression()), found);
    } else if (tree instanceof ConditionalExpressionTree choice) {
      addBranches(new TreePath(path, choice.getTrueExpression()), found);
      addBranches(new TreePath(path, choice.getFalseExpression()), found);
    } else if (tree instanceof SwitchExpressionTree choice) {
      for (CaseTree branch : choice.getCases()) {
        new Yields(found).scan(new TreePath(path, branch), null);
      }
    } else {
      found.add(path);
    }
  }

  /** Collects from one body, and not from the functions and classes inside it. */
  private abstract static class OneBody extends TreePathScanner<Void, Void> {
    private final List<TreePath> found;

    OneBody(List<TreePath> found) {
      this.found = found;
    }

    final void add(@Nullable ExpressionTree value) {
      if (value != null) {
        addBranches(new TreePath(getCurrentPath(), value), found);
      }
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
      return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      return null;
    }
  }

  private static final class Returns extends OneBody {
    Returns(List<TreePath> found) {
      super(found);
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void unused) {
      add(tree.getExpression());
      return null;
    }
  }

  private static final class Yields extends OneBody {
    Yields(List<TreePath> found) {
      super(found);
    }

    @Override
    public Void visitCase(CaseTree tree, Void unused) {
      if (tree.getBody() instanceof ExpressionTree value) {
        add(value);
        return null;
      }
      return super.visitCase(tree, null);
    }

    @Override
    public Void visitYield(YieldTree tree, Void unused) {
      add(tree.getValue());
      return null;
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
      return null;
    }
  }
}
