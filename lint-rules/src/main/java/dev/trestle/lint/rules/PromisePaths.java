package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether some path through one function leaves a promise open.
 *
 * <p>The walk carries one state, and paths meet in the worse one. Naming the promise in a function
 * that completes it counts as completing: that function is judged by itself. Where the walk is not
 * exact (labels, loops that may not run) it takes the promise for done: silence is the safe side.
 */
final class PromisePaths {
  /** Who runs the function, and what an exception does to the promise. */
  enum Mode {
    /** The method that makes the promise: where it throws, nobody gets the promise. */
    MAKER,
    /** A callback: what it throws goes elsewhere, and the promise stays open. */
    CALLBACK,
    /** A task: the same, and what it calls may well throw. */
    TASK
  }

  /** Worse is greater. */
  private enum State {
    DEAD,
    DONE,
    OPEN
  }

  private final Promise promise;
  private final Set<Tree> completing;
  private final Mode mode;
  private final RuleContext context;
  private @Nullable Outcome outcome;
  private final Deque<State> breaks = new ArrayDeque<>();
  private int caught;
  private boolean forgotten;
  private boolean tested;

  /**
   * Prepares a walk.
   *
   * @param completing the uses of the promise that complete it, or hand it to a function that does
   */
  PromisePaths(Promise promise, Set<Tree> completing, Mode mode, RuleContext context) {
    this.promise = promise;
    this.completing = completing;
    this.mode = mode;
    this.context = context;
  }

  /** Whether some path through the body leaves the promise open where it must not. */
  boolean forgets(TreePath body) {
    if (body.getLeaf() instanceof StatementTree statement) {
      State end = run(body, statement, mode == Mode.MAKER ? State.DONE : State.OPEN);
      forgotten |= mode != Mode.MAKER && end == State.OPEN;
    } else {
      State end = evaluate(body, State.OPEN);
      forgotten |= mode != Mode.MAKER && end == State.OPEN;
    }
    return forgotten;
  }

  /** Whether what a callback does where it has found out that something failed leaves it open. */
  boolean forgetsFailure(TreePath body, Outcome told) {
    outcome = told;
    return forgets(body) && tested;
  }

  private State run(TreePath path, StatementTree statement, State state) {
    if (state == State.DEAD) {
      return state;
    }
    if (statement instanceof BlockTree block) {
      State now = state;
      for (StatementTree each : block.getStatements()) {
        now = run(new TreePath(path, each), each, now);
      }
      return now;
    }
    if (statement instanceof ReturnTree given) {
      return runReturn(path, given, state);
    }
    if (statement instanceof ThrowTree thrown) {
      State after = evaluate(new TreePath(path, thrown.getExpression()), state);
      forgotten |= mode != Mode.MAKER && caught == 0 && after == State.OPEN;
      return State.DEAD;
    }
    if (statement instanceof IfTree choice) {
      TreePath condition = new TreePath(path, choice.getCondition());
      State after = evaluate(condition, state);
      Boolean holds = outcome == null ? null : outcome.afterFailure(condition);
      tested |= holds != null;
      StatementTree otherwise = choice.getElseStatement();
      State then =
          Boolean.FALSE.equals(holds) ? State.DEAD : inner(path, choice.getThenStatement(), after);
      return Boolean.TRUE.equals(holds)
          ? then
          : worse(then, otherwise == null ? after : inner(path, otherwise, after));
    }
    if (statement instanceof TryTree tree) {
      return runTry(path, tree, state);
    }
    if (statement instanceof SwitchTree choice) {
      return runSwitch(path, choice, state);
    }
    if (statement instanceof SynchronizedTree locked) {
      return inner(path, locked.getBlock(), state);
    }
    if (statement instanceof LabeledStatementTree labelled) {
      return completes(labelled) ? State.DONE : inner(path, labelled.getStatement(), state);
    }
    if (statement instanceof BreakTree || statement instanceof ContinueTree) {
      if (!breaks.isEmpty()) {
        breaks.push(worse(breaks.pop(), state));
      }
      return State.DEAD;
    }
    Tree body = loopBody(statement);
    if (body instanceof StatementTree loop) {
      return runLoop(path, statement, loop, state);
    }
    if (statement instanceof VariableTree && statement == promise.declaration().getLeaf()) {
      return State.OPEN;
    }
    return evaluate(path, state);
  }

  private State inner(TreePath path, StatementTree statement, State state) {
    return run(new TreePath(path, statement), statement, state);
  }

  private static State worse(State left, State right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  private State runReturn(TreePath path, ReturnTree given, State state) {
    State after = given.getExpression() == null ? state : evaluate(path, state);
    boolean hands =
        mode != Mode.MAKER
            || (given.getExpression() != null
                && Mentions.of(path, promise.variable(), context)
                && !isElsewhere(path));
    forgotten |= hands && after == State.OPEN;
    return State.DEAD;
  }

  // A return in a function inside the maker does not hand the promise to the maker's caller.
  private boolean isElsewhere(TreePath path) {
    return context.surroundings().function(path).getLeaf()
        != context.surroundings().function(promise.declaration()).getLeaf();
  }

  private static @Nullable Tree loopBody(StatementTree statement) {
    if (statement instanceof WhileLoopTree loop) {
      return loop.getStatement();
    }
    if (statement instanceof DoWhileLoopTree loop) {
      return loop.getStatement();
    }
    if (statement instanceof ForLoopTree loop) {
      return loop.getStatement();
    }
    return statement instanceof EnhancedForLoopTree loop ? loop.getStatement() : null;
  }

  // A loop that completes the promise in its body is taken to run; one that does not may not. One
  // that registers callbacks leaves it to all of them together.
  private State runLoop(TreePath path, StatementTree loop, StatementTree body, State state) {
    if (state == State.OPEN && completesInFunction(loop)) {
      return State.DONE;
    }
    breaks.push(State.DEAD);
    State after = inner(path, body, state);
    State left = breaks.pop();
    if (isEndless(loop)) {
      return left;
    }
    if (completes(loop) && !completes(body)) {
      return State.DONE;
    }
    return worse(worse(after, left), completes(body) ? State.DEAD : state);
  }

  private static boolean isEndless(StatementTree loop) {
    return (loop instanceof WhileLoopTree tree && tree.getCondition().toString().contains("true"))
        || (loop instanceof ForLoopTree each && each.getCondition() == null);
  }

  private State runSwitch(TreePath path, SwitchTree choice, State state) {
    State entry = evaluate(new TreePath(path, choice.getExpression()), state);
    breaks.push(State.DEAD);
    State out = State.DEAD;
    State through = State.DEAD;
    boolean total = false;
    for (CaseTree each : choice.getCases()) {
      total |= each.toString().startsWith("default");
      TreePath at = new TreePath(path, each);
      if (each.getBody() != null) {
        State end =
            each.getBody() instanceof StatementTree statement
                ? run(new TreePath(at, statement), statement, entry)
                : evaluate(new TreePath(at, each.getBody()), entry);
        out = worse(out, end);
      } else if (each.getStatements() != null) {
        through = worse(through, entry);
        for (StatementTree statement : each.getStatements()) {
          through = run(new TreePath(at, statement), statement, through);
        }
      }
    }
    out = worse(worse(out, through), breaks.pop());
    // Without a default the cases may be all there are.
    return total || out == State.OPEN ? out : worse(out, State.DONE);
  }

  private State runTry(TreePath path, TryTree tree, State state) {
    BlockTree last = tree.getFinallyBlock();
    boolean always = last != null && completes(last);
    State entry = always ? State.DONE : state;
    for (Tree resource : tree.getResources()) {
      entry = evaluate(new TreePath(path, resource), entry);
    }
    boolean catches = !tree.getCatches().isEmpty();
    caught += catches ? 1 : 0;
    State out = inner(path, tree.getBlock(), entry);
    caught -= catches ? 1 : 0;
    State thrown = entry == State.OPEN && completesFirst(path, tree) ? State.DONE : entry;
    for (CatchTree each : tree.getCatches()) {
      TreePath at = new TreePath(path, each);
      out = worse(out, run(new TreePath(at, each.getBlock()), each.getBlock(), thrown));
    }
    return last == null || always || out == State.DEAD ? out : inner(path, last, out);
  }

  /** Whether the block completes the promise before anything in it can throw. */
  private boolean completesFirst(TreePath path, TryTree tree) {
    List<? extends StatementTree> all = tree.getBlock().getStatements();
    return !all.isEmpty()
        && completes(all.get(0))
        && all.size() > 1
        && !mayThrow(new TreePath(new TreePath(path, tree.getBlock()), all.get(0)));
  }

  private State evaluate(TreePath path, State state) {
    if (state != State.OPEN) {
      return state;
    }
    if (mode == Mode.TASK && caught == 0 && mayThrow(path)) {
      forgotten = true;
    }
    if (completes(path.getLeaf())) {
      return State.DONE;
    }
    forgotten |= mode == Mode.MAKER && Mentions.anyCall(path, context, this::isWait);
    // What is asked about the promise may be whether it is done, or it is for the last one to do.
    boolean asked =
        path.getParentPath().getLeaf() instanceof IfTree
            && (Mentions.of(path, promise.variable(), context)
                || Mentions.anyCall(
                    path, context, c -> c.ownerName().startsWith("java.util.concurrent.")));
    return asked ? State.DONE : state;
  }

  private boolean isWait(Call call) {
    return Waits.isWait(call, context)
        && call.arguments().isEmpty()
        && promise.variable().equals(Mentions.variable(call.receiver(), context));
  }

  private boolean completes(Tree tree) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree each, Void unused) {
        found[0] |= completing.contains(each);
        return found[0] ? null : super.scan(each, null);
      }
    }.scan(tree, null);
    return found[0];
  }

  private boolean completesInFunction(Tree tree) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLambdaExpression(LambdaExpressionTree function, Void unused) {
        found[0] |= completes(function);
        return null;
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree function, Void unused) {
        found[0] |= completes(function);
        return null;
      }

      @Override
      public Void visitClass(ClassTree type, Void unused) {
        found[0] |= completes(type);
        return null;
      }
    }.scan(tree, null);
    return found[0];
  }

  /** Whether code that runs with {@code path} calls something that may well throw. */
  private boolean mayThrow(TreePath path) {
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        Call call = context.call(getCurrentPath());
        found[0] |= call != null && mayThrow(call);
        return super.visitMethodInvocation(tree, null);
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        return null;
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        return null;
      }
    }.scan(path, null);
    return found[0];
  }

  private boolean mayThrow(Call call) {
    if (!call.method().getThrownTypes().isEmpty() || Waits.isWait(call, context)) {
      return true;
    }
    String owner = call.ownerName();
    String name = call.name();
    return !owner.startsWith("java.")
        && !owner.contains("Log")
        && !owner.endsWith("MDC")
        && !context.futures().isFuture(call.owner().asType())
        && !(call.arguments().isEmpty() && (name.startsWith("get") || name.startsWith("is")))
        && !name.startsWith("log")
        && call.owner().getRecordComponents().isEmpty();
  }
}
