package dev.trestle.lint;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the code of one method forwards, over every path at once: a {@link FlowState} holds at each
 * point, and paths meet by union. A loop's body is walked twice, the second time with what the
 * first left behind. Exceptions may leave a try block anywhere. What a lambda or a local class does
 * may happen, or not, from there on.
 *
 * <p>What the statements on the way do to the state is the subclass's matter.
 */
abstract class FlowWalk extends TreePathScanner<Void, Void> {
  /** What holds at the point that the walk has come to; null where no path gets there. */
  @Nullable FlowState state = new FlowState();

  /** How many lambdas and local classes deep that point is. */
  int depth;

  private Deque<Jump> jumps = new ArrayDeque<>();
  private Deque<Thrown> tries = new ArrayDeque<>();
  private @Nullable String label;

  /** Takes note of what a condition says about the variables in it, where it holds or does not. */
  abstract void assume(ExpressionTree condition, boolean holds);

  @Override
  public Void visitIf(IfTree tree, Void unused) {
    scan(tree.getCondition(), null);
    branch(tree.getCondition(), tree.getThenStatement(), tree.getElseStatement());
    return null;
  }

  @Override
  public Void visitConditionalExpression(ConditionalExpressionTree tree, Void unused) {
    scan(tree.getCondition(), null);
    branch(tree.getCondition(), tree.getTrueExpression(), tree.getFalseExpression());
    return null;
  }

  @Override
  public Void visitBinary(BinaryTree tree, Void unused) {
    scan(tree.getLeftOperand(), null);
    boolean lazy =
        tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR;
    FlowState skipped = lazy ? copy() : null;
    scan(tree.getRightOperand(), null);
    state = FlowState.join(state, skipped);
    return null;
  }

  @Override
  public Void visitLabeledStatement(LabeledStatementTree tree, Void unused) {
    label = tree.getLabel().toString();
    Jump jump = new Jump(tree, label, false);
    jumps.push(jump);
    scan(tree.getStatement(), null);
    jumps.pop();
    state = FlowState.join(state, jump.broken);
    return null;
  }

  @Override
  public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
    loop(
        tree,
        () -> scan(tree.getCondition(), null),
        () -> turn(tree.getCondition(), tree.getStatement()),
        () -> {});
    return null;
  }

  @Override
  public Void visitForLoop(ForLoopTree tree, Void unused) {
    scan(tree.getInitializer(), null);
    loop(
        tree,
        () -> scan(tree.getCondition(), null),
        () -> turn(tree.getCondition(), tree.getStatement()),
        () -> scan(tree.getUpdate(), null));
    return null;
  }

  private void turn(@Nullable ExpressionTree condition, Tree body) {
    if (condition != null) {
      assume(condition, true);
    }
    scan(body, null);
  }

  @Override
  public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
    scan(tree.getExpression(), null);
    loop(
        tree,
        () -> scan(tree.getVariable(), null),
        () -> scan(tree.getStatement(), null),
        () -> {});
    return null;
  }

  @Override
  public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
    loop(
        tree,
        () -> {},
        () -> scan(tree.getStatement(), null),
        () -> scan(tree.getCondition(), null));
    return null;
  }

  @Override
  public Void visitSwitch(SwitchTree tree, Void unused) {
    scan(tree.getExpression(), null);
    choose(tree, tree.getCases(), false);
    return null;
  }

  @Override
  public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
    scan(tree.getExpression(), null);
    choose(tree, tree.getCases(), true);
    return null;
  }

  @Override
  public Void visitBreak(BreakTree tree, Void unused) {
    String target = tree.getLabel() == null ? null : tree.getLabel().toString();
    leave(
        jump(
            target,
            jump ->
                !(jump.tree instanceof LabeledStatementTree)
                    && !(jump.tree instanceof SwitchExpressionTree)),
        false);
    return null;
  }

  @Override
  public Void visitContinue(ContinueTree tree, Void unused) {
    String target = tree.getLabel() == null ? null : tree.getLabel().toString();
    leave(jump(target, jump -> jump.loop), true);
    return null;
  }

  @Override
  public Void visitYield(YieldTree tree, Void unused) {
    scan(tree.getValue(), null);
    leave(jump(null, jump -> jump.tree instanceof SwitchExpressionTree), false);
    return null;
  }

  @Override
  public Void visitReturn(ReturnTree tree, Void unused) {
    scan(tree.getExpression(), null);
    leave(null, false);
    return null;
  }

  @Override
  public Void visitThrow(ThrowTree tree, Void unused) {
    scan(tree.getExpression(), null);
    leave(null, false);
    return null;
  }

  @Override
  public Void visitTry(TryTree tree, Void unused) {
    scan(tree.getResources(), null);
    Thrown thrown = new Thrown();
    tries.push(thrown);
    recordThrown();
    scan(tree.getBlock(), null);
    recordThrown();
    boolean protects = tree.getFinallyBlock() != null;
    if (!protects) {
      tries.pop();
    }
    FlowState end = state;
    FlowState failed = thrown.state;
    for (CatchTree handler : tree.getCatches()) {
      state = failed == null ? null : failed.copy();
      scan(handler, null);
      end = FlowState.join(end, state);
    }
    state = end;
    if (protects) {
      recordThrown();
      tries.pop();
      state = thrown.state == null ? null : thrown.state.copy();
      scan(tree.getFinallyBlock(), null);
      state = end == null ? null : state;
    }
    return null;
  }

  @Override
  public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
    within(
        () -> {
          scan(tree.getParameters(), null);
          scan(tree.getBody(), null);
        });
    return null;
  }

  @Override
  public Void visitClass(ClassTree tree, Void unused) {
    for (Tree member : tree.getMembers()) {
      within(() -> scan(member, null));
    }
    return null;
  }

  @Override
  public Void visitMethod(MethodTree tree, Void unused) {
    scan(tree.getParameters(), null);
    scan(tree.getBody(), null);
    return null;
  }

  @Override
  public Void visitBlock(BlockTree tree, Void unused) {
    label = null;
    return super.visitBlock(tree, null);
  }

  private void branch(ExpressionTree condition, Tree yes, @Nullable Tree no) {
    FlowState before = copy();
    assume(condition, true);
    scan(yes, null);
    FlowState after = state;
    state = before;
    assume(condition, false);
    scan(no, null);
    state = FlowState.join(after, state);
  }

  private void loop(Tree tree, Runnable head, Runnable body, Runnable tail) {
    Jump jump = new Jump(tree, label, true);
    label = null;
    jumps.push(jump);
    FlowState exit = null;
    for (int turn = 0; turn < 2 && state != null; turn++) {
      head.run();
      exit = FlowState.join(exit, copy());
      body.run();
      state = FlowState.join(state, jump.continued);
      jump.continued = null;
      tail.run();
    }
    jumps.pop();
    state = FlowState.join(FlowState.join(exit, state), jump.broken);
  }

  private void choose(Tree tree, List<? extends CaseTree> cases, boolean exhaustive) {
    Jump jump = new Jump(tree, null, false);
    jumps.push(jump);
    FlowState entry = copy();
    state = null;
    boolean covered = exhaustive;
    for (CaseTree branch : cases) {
      // Only a case without constants can be it: to print one is to print its body.
      covered |= branch.getExpressions().isEmpty() && branch.toString().startsWith("default");
      boolean rule = branch.getCaseKind() == CaseTree.CaseKind.RULE;
      state = FlowState.join(rule ? null : state, entry == null ? null : entry.copy());
      scan(rule ? branch.getBody() : null, null);
      scan(rule ? null : branch.getStatements(), null);
      if (rule) {
        jump.broken = FlowState.join(jump.broken, state);
      }
    }
    jumps.pop();
    state = FlowState.join(state, jump.broken);
    if (!covered) {
      state = FlowState.join(state, entry);
    }
  }

  private void within(Runnable body) {
    FlowState before = copy();
    Deque<Jump> outerJumps = jumps;
    Deque<Thrown> outerTries = tries;
    jumps = new ArrayDeque<>();
    tries = new ArrayDeque<>();
    depth++;
    body.run();
    depth--;
    jumps = outerJumps;
    tries = outerTries;
    state = FlowState.join(before, state);
  }

  private @Nullable Jump jump(@Nullable String target, Predicate<Jump> fits) {
    for (Jump jump : jumps) {
      if (target == null ? fits.test(jump) : target.equals(jump.label)) {
        return jump;
      }
    }
    return null;
  }

  private void leave(@Nullable Jump target, boolean again) {
    recordThrown();
    if (target != null && again) {
      target.continued = FlowState.join(target.continued, state);
    } else if (target != null) {
      target.broken = FlowState.join(target.broken, state);
    }
    state = null;
  }

  /** Notes that an exception may leave the try blocks around this point with what holds now. */
  final void recordThrown() {
    for (Thrown thrown : tries) {
      thrown.state = FlowState.join(thrown.state, copy());
    }
  }

  private @Nullable FlowState copy() {
    return state == null ? null : state.copy();
  }

  /** A loop, switch or labelled statement, and what reaches its end or its next turn by a jump. */
  private static final class Jump {
    final Tree tree;
    final @Nullable String label;
    final boolean loop;
    @Nullable FlowState broken;
    @Nullable FlowState continued;

    Jump(Tree tree, @Nullable String label, boolean loop) {
      this.tree = tree;
      this.label = label;
      this.loop = loop;
    }
  }

  /** What may hold when an exception leaves a try block. */
  private static final class Thrown {
    @Nullable FlowState state;
  }
}
