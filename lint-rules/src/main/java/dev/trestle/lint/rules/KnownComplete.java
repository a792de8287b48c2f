package dev.trestle.lint.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Origin;
import dev.trestle.lint.RuleContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Whether a wait cannot hold its thread because the future is complete by then: in a callback of
 * its own, after a wait for it or for all of a group, after a look at its state.
 */
final class KnownComplete {
  private static final int MAX_DEPTH = 3;
  private static final Set<String> STATE =
      Set.of("isDone", "isCompletedExceptionally", "isCancelled", "isSuccess", "isDisposed");

  private final RuleContext context;
  private final Set<VariableElement> names = new HashSet<>();
  private final String text;

  private KnownComplete(@Nullable TreePath future, RuleContext context) {
    this.context = context;
    String said = future == null ? "" : future.getLeaf().toString();
    // A plain name is known as a variable; the same call again may make another future.
    boolean kept = future != null && context.origins().of(future) != Origin.FRESH;
    this.text = kept && (said.contains("(") || said.contains(".")) ? said : "";
    if (future != null) {
      add(future, 0);
    }
  }

  /** Whether the future that the call or method reference at {@code wait} waits for is complete. */
  static boolean at(TreePath wait, RuleContext context) {
    TreePath future = Waits.awaited(wait, context);
    Call made = future == null ? null : context.call(future);
    if (made != null && context.origins().methods().isCompleted(made)) {
      return true;
    }
    return new KnownComplete(future, context).climb(wait);
  }

  // A future read from a group is complete when the group is; one that is made here is its own.
  private void add(TreePath future, int depth) {
    for (VariableElement variable : Mentions.futures(future, context)) {
      if (names.add(variable) && depth < MAX_DEPTH) {
        for (TreePath source : Mentions.sources(variable, future, context)) {
          if (source.getLeaf() instanceof ExpressionTree
              && context.origins().of(source) != Origin.FRESH) {
            add(source, depth + 1);
          }
        }
      }
    }
  }

  private boolean climb(TreePath wait) {
    TreePath inner = wait;
    if (wait.getLeaf() instanceof MemberReferenceTree && leave(wait)) {
      return true;
    }
    for (TreePath at = wait.getParentPath(); at != null; inner = at, at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (tree instanceof LambdaExpressionTree && leave(at)) {
        return true;
      }
      if (tree instanceof EnhancedForLoopTree loop && loop.getStatement() == inner.getLeaf()) {
        add(new TreePath(at, loop.getExpression()), 0);
      }
      if (tree instanceof BlockTree block && isDoneBefore(at, block, inner.getLeaf())) {
        return true;
      }
      if (isDoneByCondition(at, inner.getLeaf())) {
        return true;
      }
    }
    return false;
  }

  /** Steps out of a function: what does its caller know? */
  private boolean leave(TreePath function) {
    Call taker = Place.taker(function, context);
    if (taker == null) {
      return false;
    }
    TreePath receiver = taker.receiver();
    if (Place.isStage(taker)) {
      return !taker.name().contains("Either")
          && ((receiver != null && covers(receiver)) || coversArgument(taker, function));
    }
    if (receiver != null && context.futures().isFuture(context.type(receiver))) {
      return covers(receiver);
    }
    if (receiver != null && Place.isInline(taker)) {
      add(receiver, 0);
      // A stream of futures that were filtered by their state.
      return receiver.getLeaf().toString().contains("isDone");
    }
    return false;
  }

  private boolean coversArgument(Call taker, TreePath function) {
    for (TreePath argument : taker.arguments()) {
      if (argument.getLeaf() != function.getLeaf() && covers(argument)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a future that is complete now means that the one waited for is complete as well. */
  private boolean covers(TreePath complete) {
    Set<VariableElement> all = new HashSet<>();
    if (complete.getLeaf().toString().contains("anyOf(")) {
      return false;
    }
    // What a group was made from cannot be seen: do not say that this one is not among it.
    boolean unknown = expand(complete, all, 0);
    return all.stream().anyMatch(names::contains)
        || (!text.isEmpty() && complete.getLeaf().toString().contains(text))
        || (unknown && all.isEmpty());
  }

  private boolean expand(TreePath complete, Set<VariableElement> all, int depth) {
    boolean unknown = complete.getLeaf().toString().contains("allOf(");
    for (VariableElement variable : Mentions.futures(complete, context)) {
      if (all.add(variable) && depth < MAX_DEPTH) {
        for (TreePath source : Mentions.sources(variable, complete, context)) {
          unknown |= expand(source, all, depth + 1);
        }
      }
    }
    return unknown;
  }

  /** Whether a statement before {@code end} in the same block waits for the future. */
  private boolean isDoneBefore(TreePath path, BlockTree block, Tree end) {
    for (StatementTree statement : block.getStatements()) {
      if (statement == end) {
        return false;
      }
      TreePath at = new TreePath(path, statement);
      if (statement instanceof IfTree choice
          && choice.getElseStatement() == null
          && exits(choice.getThenStatement())
          && implies(new TreePath(at, choice.getCondition()), false)) {
        return true;
      }
      if (statement instanceof WhileLoopTree loop
          && implies(new TreePath(at, loop.getCondition()), false)) {
        return true;
      }
      if ((statement instanceof ExpressionStatementTree || statement instanceof VariableTree)
          && Mentions.anyCall(at, context, this::isWaitForIt)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWaitForIt(Call call) {
    if (!Waits.isWait(call, context)) {
      return false;
    }
    TreePath future = Waits.awaited(call.path(), context);
    return future != null && covers(future);
  }

  static boolean exits(StatementTree statement) {
    if (statement instanceof BlockTree block) {
      List<? extends StatementTree> all = block.getStatements();
      return !all.isEmpty() && exits(all.get(all.size() - 1));
    }
    return statement instanceof ReturnTree
        || statement instanceof ThrowTree
        || statement instanceof ContinueTree
        || statement instanceof BreakTree;
  }

  private boolean isDoneByCondition(TreePath at, Tree inner) {
    Tree tree = at.getLeaf();
    if (tree instanceof IfTree choice && choice.getCondition() != inner) {
      return implies(new TreePath(at, choice.getCondition()), choice.getThenStatement() == inner);
    }
    if (tree instanceof ConditionalExpressionTree choice && choice.getCondition() != inner) {
      return implies(new TreePath(at, choice.getCondition()), choice.getTrueExpression() == inner);
    }
    if (tree instanceof WhileLoopTree loop && loop.getStatement() == inner) {
      return implies(new TreePath(at, loop.getCondition()), true);
    }
    if (tree instanceof BinaryTree both && both.getRightOperand() == inner) {
      boolean and = both.getKind() == Tree.Kind.CONDITIONAL_AND;
      return (and || both.getKind() == Tree.Kind.CONDITIONAL_OR)
          && implies(new TreePath(at, both.getLeftOperand()), and);
    }
    return false;
  }

  /** Whether the future is complete where {@code condition} is {@code value}. */
  private boolean implies(TreePath condition, boolean value) {
    Tree tree = condition.getLeaf();
    if (tree instanceof ParenthesizedTree inner) {
      return implies(new TreePath(condition, inner.getExpression()), value);
    }
    if (tree instanceof UnaryTree not && tree.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return implies(new TreePath(condition, not.getExpression()), !value);
    }
    if (tree instanceof BinaryTree both) {
      if (tree.getKind() == (value ? Tree.Kind.CONDITIONAL_AND : Tree.Kind.CONDITIONAL_OR)) {
        return implies(new TreePath(condition, both.getLeftOperand()), value)
            || implies(new TreePath(condition, both.getRightOperand()), value);
      }
      boolean equal = tree.getKind() == (value ? Tree.Kind.EQUAL_TO : Tree.Kind.NOT_EQUAL_TO);
      boolean different = tree.getKind() == (value ? Tree.Kind.NOT_EQUAL_TO : Tree.Kind.EQUAL_TO);
      return (equal && tree.toString().contains(".state()") && isAbout(condition))
          || (different && tree.toString().contains(".getNow(null)") && isAbout(condition));
    }
    Call call = context.call(condition);
    return value && call != null && STATE.contains(call.name()) && isAbout(condition);
  }

  private boolean isAbout(TreePath condition) {
    Set<VariableElement> asked = Mentions.futures(condition, context);
    return asked.stream().anyMatch(names::contains)
        || (!text.isEmpty() && condition.getLeaf().toString().contains(text));
  }
}
