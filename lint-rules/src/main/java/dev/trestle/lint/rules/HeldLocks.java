package dev.trestle.lint.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Which lock is certainly held where an expression stands: by a {@code synchronized} around it, or
 * by a {@code lock()} before it in its block or one further out that nothing since has undone.
 */
final class HeldLocks {
  private static final Set<String> STAMPED =
      Set.of("writeLock", "readLock", "writeLockInterruptibly", "readLockInterruptibly");

  private final RuleContext context;

  /** Unlocked since, seen from the expression outwards. */
  private final Set<String> released = new HashSet<>();

  private HeldLocks(RuleContext context) {
    this.context = context;
  }

  /** How a message calls the lock that is held at {@code path}, and where it was taken, or null. */
  static @Nullable Held at(TreePath path, RuleContext context) {
    return new HeldLocks(context).climb(path);
  }

  /**
   * A lock that is held.
   *
   * @param name how a message calls it
   * @param region the code that runs while it is held
   */
  record Held(String name, TreePath region) {}

  private @Nullable Held climb(TreePath path) {
    TreePath inner = path;
    for (TreePath at = path.getParentPath(); at != null; inner = at, at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (tree instanceof ClassTree || isElsewhere(at)) {
        return null;
      }
      if (tree instanceof SynchronizedTree block && block.getBlock() == inner.getLeaf()) {
        return new Held("synchronized " + block.getExpression(), at);
      }
      if (tree instanceof MethodTree method) {
        return method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)
            ? new Held("the synchronized method " + method.getName(), at)
            : null;
      }
      String lock = lock(at, inner.getLeaf());
      if (lock != null) {
        return new Held(lock + ".lock()", at);
      }
    }
    return null;
  }

  private boolean isElsewhere(TreePath at) {
    if (!(at.getLeaf() instanceof LambdaExpressionTree)) {
      return false;
    }
    Call taker = Place.taker(at, context);
    return taker == null || !Place.isInline(taker);
  }

  private @Nullable String lock(TreePath at, Tree inner) {
    Tree tree = at.getLeaf();
    if (tree instanceof IfTree choice && choice.getThenStatement() == inner) {
      String tried = tried(new TreePath(at, choice.getCondition()), true);
      return tried == null || released.contains(tried) ? null : tried;
    }
    if (tree instanceof TryTree statement && statement.getBlock() != inner) {
      releaseIn(new TreePath(at, statement.getBlock()));
      return null;
    }
    return tree instanceof BlockTree block ? lockedBefore(at, block, inner) : null;
  }

  private @Nullable String lockedBefore(TreePath at, BlockTree block, Tree end) {
    Set<String> held = new LinkedHashSet<>();
    Set<String> undone = new HashSet<>();
    for (StatementTree statement : block.getStatements()) {
      if (statement == end) {
        break;
      }
      TreePath path = new TreePath(at, statement);
      Set<String> unlocked = leaves(statement) ? Set.of() : unlocked(path);
      held.removeAll(unlocked);
      undone.addAll(unlocked);
      String taken = taken(path);
      if (taken != null) {
        held.add(taken);
      }
    }
    held.removeAll(released);
    released.addAll(undone);
    return held.isEmpty() ? null : held.iterator().next();
  }

  // What is unlocked on a way out is still held by whoever stays.
  private static boolean leaves(StatementTree statement) {
    return statement instanceof IfTree choice
        && choice.getElseStatement() == null
        && KnownComplete.exits(choice.getThenStatement());
  }

  private void releaseIn(TreePath path) {
    released.addAll(unlocked(path));
  }

  private Set<String> unlocked(TreePath path) {
    Set<String> names = new HashSet<>();
    Mentions.anyCall(
        path,
        context,
        call -> {
          if (call.name().startsWith("unlock") || call.name().startsWith("tryUnlock")) {
            names.add(nameOf(call));
          }
          return false;
        });
    return names;
  }

  /** The lock that a statement takes by itself, not on one of its branches. */
  private @Nullable String taken(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof IfTree choice
        && choice.getElseStatement() == null
        && KnownComplete.exits(choice.getThenStatement())) {
      return tried(new TreePath(path, choice.getCondition()), false);
    }
    Tree value =
        tree instanceof ExpressionStatementTree statement
            ? statement.getExpression()
            : tree instanceof VariableTree variable ? variable.getInitializer() : null;
    if (value instanceof AssignmentTree assignment) {
      value = assignment.getExpression();
    }
    Call call = value == null ? null : context.call(new TreePath(path, value));
    return call != null && isLock(call) ? nameOf(call) : null;
  }

  private static boolean isLock(Call call) {
    return call.isOn("java.util.concurrent.locks.Lock")
        ? call.name().equals("lock") || call.name().equals("lockInterruptibly")
        : call.isOn("java.util.concurrent.locks.StampedLock") && STAMPED.contains(call.name());
  }

  /** The lock that is held where a {@code tryLock()} in the condition gives {@code value}. */
  private @Nullable String tried(TreePath condition, boolean value) {
    Tree tree = condition.getLeaf();
    if (tree instanceof ParenthesizedTree inner) {
      return tried(new TreePath(condition, inner.getExpression()), value);
    }
    if (tree instanceof UnaryTree not && tree.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return tried(new TreePath(condition, not.getExpression()), !value);
    }
    Call call = context.call(condition);
    return value
            && call != null
            && call.name().equals("tryLock")
            && call.isOn("java.util.concurrent.locks.Lock")
        ? nameOf(call)
        : null;
  }

  /** How the code calls the lock. */
  static String nameOf(Call call) {
    TreePath receiver = call.receiver();
    String name = receiver == null ? "this" : receiver.getLeaf().toString();
    return name.startsWith("this.") ? name.substring("this.".length()) : name;
  }
}
