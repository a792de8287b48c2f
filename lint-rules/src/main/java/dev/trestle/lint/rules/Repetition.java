package dev.trestle.lint.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** A loop over known elements, or a step of a sequential stream, and what its turns share. */
final class Repetition {
  private final TreePath region;
  private final RuleContext context;

  /** What the turns before have changed, as far as it may hold what they waited for. */
  private final Set<VariableElement> carried = new HashSet<>();

  private boolean leaves;

  private Repetition(TreePath region, RuleContext context) {
    this.region = region;
    this.context = context;
  }

  /** The innermost loop or stream step that runs {@code path} again and again, or null. */
  static @Nullable Repetition around(TreePath path, RuleContext context) {
    TreePath inner = path;
    for (TreePath at = path.getParentPath(); at != null; inner = at, at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (isLoop(at, inner.getLeaf(), context)) {
        return new Repetition(at, context);
      }
      if (tree instanceof LambdaExpressionTree) {
        Call taker = Place.taker(at, context);
        if (taker == null || !Place.isInline(taker)) {
          return null;
        }
        if (StreamSteps.isStep(taker)) {
          return StreamSteps.isUnordered(taker, context) ? null : new Repetition(at, context);
        }
      }
      if (tree instanceof MethodTree || tree instanceof ClassTree) {
        return null;
      }
    }
    return null;
  }

  // An endless loop, and one whose end is not known beforehand, takes one thing at a time.
  private static boolean isLoop(TreePath at, Tree inner, RuleContext context) {
    Tree tree = at.getLeaf();
    if (tree instanceof EnhancedForLoopTree loop) {
      return loop.getStatement() == inner;
    }
    if (tree instanceof ForLoopTree loop) {
      return loop.getCondition() != null
          && (loop.getStatement() == inner || loop.getUpdate().contains(inner));
    }
    return tree instanceof WhileLoopTree loop
        && loop.getStatement() == inner
        && Mentions.anyCall(
            new TreePath(at, loop.getCondition()),
            context,
            call -> call.name().equals("hasNext") || call.name().equals("hasMoreElements"));
  }

  /** How a message calls it. */
  String name() {
    return region.getLeaf() instanceof LambdaExpressionTree ? "stream or forEach" : "loop";
  }

  /** Whether a turn needs, or may need, what the turn before has waited for. */
  boolean depends(TreePath wait, TreePath start) {
    read(wait);
    if (leaves) {
      return true;
    }
    Set<VariableElement> needed = new HashSet<>(Mentions.all(start, context));
    if (region.getLeaf() instanceof ForLoopTree loop) {
      needed.addAll(Mentions.all(new TreePath(region, loop.getCondition()), context));
    }
    if (region.getLeaf() instanceof WhileLoopTree loop) {
      needed.addAll(Mentions.all(new TreePath(region, loop.getCondition()), context));
    }
    // What is computed in this turn from what was carried over is carried over as well.
    for (VariableElement variable : List.copyOf(needed)) {
      for (TreePath source : Mentions.sources(variable, start, context)) {
        needed.addAll(Mentions.all(source, context));
      }
    }
    return needed.stream().anyMatch(carried::contains);
  }

  private void read(TreePath wait) {
    boolean function = region.getLeaf() instanceof LambdaExpressionTree;
    Set<VariableElement> results = new HashSet<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        super.visitVariable(tree, null);
        if (tree.getInitializer() != null
            && isResult(new TreePath(getCurrentPath(), tree.getInitializer()))
            && context.element(getCurrentPath()) instanceof VariableElement variable) {
          results.add(variable);
        }
        return null;
      }

      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        carried.addAll(Mentions.all(new TreePath(getCurrentPath(), tree.getVariable()), context));
        return super.visitAssignment(tree, null);
      }

      @Override
      public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void unused) {
        // Text and sums of results are carried over; the step of a for loop is not a result.
        boolean step =
            region.getLeaf() instanceof ForLoopTree loop
                && loop.getUpdate().contains(getCurrentPath().getParentPath().getLeaf());
        if (!step) {
          carried.addAll(Mentions.all(new TreePath(getCurrentPath(), tree.getVariable()), context));
        }
        return super.visitCompoundAssignment(tree, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        Call call = context.call(getCurrentPath());
        if (call != null && call.name().equals("sleep")) {
          leaves = true;
        }
        VariableElement filled = call == null ? null : Mentions.variable(call.receiver(), context);
        if (call != null && filled != null && call.arguments().stream().anyMatch(this::isResult)) {
          carried.add(filled);
        }
        return super.visitMethodInvocation(tree, null);
      }

      @Override
      public Void visitBreak(BreakTree tree, Void unused) {
        leaves = true;
        return null;
      }

      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        leaves |= !function;
        return super.visitReturn(tree, null);
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        return tree == region.getLeaf() || contains(tree, wait)
            ? super.visitLambdaExpression(tree, null)
            : null;
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        return null;
      }

      private boolean isResult(TreePath value) {
        return contains(value.getLeaf(), wait)
            || Mentions.all(value, context).stream().anyMatch(results::contains);
      }
    }.scan(region, null);
  }

  private static boolean contains(Tree tree, TreePath path) {
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      if (at.getLeaf() == tree) {
        return true;
      }
    }
    return false;
  }
}
