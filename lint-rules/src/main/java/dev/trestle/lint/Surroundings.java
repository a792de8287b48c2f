package dev.trestle.lint;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** What may run where an expression stands: inside which function, in a loop, under a lock. */
public final class Surroundings {
  private final RuleContext context;
  private final FutureMethods methods;

  Surroundings(RuleContext context) {
    this.context = context;
    this.methods = new FutureMethods(context);
  }

  /** The innermost lambda, method or class initialiser whose code {@code path} is. */
  public TreePath function(TreePath path) {
    TreePath at = path;
    while (at.getParentPath() != null
        && !(at.getLeaf() instanceof LambdaExpressionTree && at != path)
        && !(at.getLeaf() instanceof MethodTree)
        && !(at.getParentPath().getLeaf() instanceof ClassTree)) {
      at = at.getParentPath();
    }
    return at;
  }

  /** The call that takes the innermost lambda around {@code path} as an argument, or null. */
  public @Nullable Call taker(TreePath path) {
    TreePath function = function(path);
    if (!(function.getLeaf() instanceof LambdaExpressionTree)) {
      return null;
    }
    TreePath parent = function.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof TypeCastTree) {
      parent = parent.getParentPath();
    }
    return context.call(parent);
  }

  /** The call on a future whose callback {@code path} is part of, or null if it is in none. */
  @Nullable Call callback(TreePath path) {
    Call taker = taker(path);
    return taker != null && methods.isOnFuture(taker) ? taker : null;
  }

  /** Whether the code at {@code path} runs once per turn of a loop of the same function. */
  public boolean inLoop(TreePath path) {
    Tree end = function(path).getLeaf();
    for (TreePath at = path; at != null && at.getLeaf() != end; at = at.getParentPath()) {
      TreePath parent = at.getParentPath();
      if (parent == null) {
        return false;
      }
      Tree outer = parent.getLeaf();
      Tree inner = at.getLeaf();
      if (outer instanceof WhileLoopTree
          || outer instanceof DoWhileLoopTree
          || (outer instanceof ForLoopTree forLoopTree
              && !forLoopTree.getInitializer().contains(inner))
          || (outer instanceof EnhancedForLoopTree enhancedForLoopTree
              && enhancedForLoopTree.getExpression() != inner)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The {@code synchronized} statement, the synchronized method, or the call of {@code lock()} that
   * holds a lock while {@code path} runs; null if none is seen in the same function.
   */
  public @Nullable TreePath lock(TreePath path) {
    Tree end = function(path).getLeaf();
    for (TreePath at = path; at != null && at.getLeaf() != end; at = at.getParentPath()) {
      TreePath parent = at.getParentPath();
      if (parent == null) {
        return null;
      }
      Tree outer = parent.getLeaf();
      if (outer instanceof SynchronizedTree synchronizedTree
          && synchronizedTree.getBlock() == at.getLeaf()) {
        return parent;
      }
      if (outer instanceof MethodTree methodTree
          && methodTree.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
        return parent;
      }
      TreePath locked = outer instanceof BlockTree ? lockedBefore(parent, at.getLeaf()) : null;
      if (locked != null) {
        return locked;
      }
      if (outer instanceof TryTree tryTree && tryTree.getFinallyBlock() == at.getLeaf()) {
        // What follows unlock() in a finally block runs free; stay silent there.
        return null;
      }
    }
    return null;
  }

  private @Nullable TreePath lockedBefore(TreePath block, Tree statement) {
    TreePath locked = null;
    for (StatementTree before : ((BlockTree) block.getLeaf()).getStatements()) {
      if (before == statement) {
        return locked;
      }
      LockCalls calls = new LockCalls();
      calls.scan(new TreePath(block, before), null);
      locked = calls.unlocked ? null : calls.locked != null ? calls.locked : locked;
    }
    return null;
  }

  /** Finds the calls of {@code lock()} and {@code unlock()} in one statement. */
  private final class LockCalls extends OwnCode {
    @Nullable TreePath locked;
    boolean unlocked;

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      Call call = context.call(getCurrentPath());
      if (call != null && call.isOn("java.util.concurrent.locks.Lock")) {
        if (call.name().startsWith("lock")) {
          locked = getCurrentPath();
        } else if (call.name().equals("unlock")) {
          unlocked = true;
        }
      }
      return super.visitMethodInvocation(tree, null);
    }
  }
}
