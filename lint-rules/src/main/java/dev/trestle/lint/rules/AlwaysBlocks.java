package dev.trestle.lint.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.OwnCode;
import dev.trestle.lint.RuleContext;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Finds the call that makes a function block each time it runs. */
final class AlwaysBlocks {
  /** What reads and writes files: it takes a thread too, but is no wait that has another form. */
  private static final Map<String, Set<String>> FILES =
      Map.of(
          "java.io.InputStream",
          Set.of("read", "readAllBytes", "readNBytes"),
          "java.nio.file.Files",
          Set.of("readString", "readAllBytes", "readAllLines", "writeString", "write", "copy"));

  private final RuleContext context;

  AlwaysBlocks(RuleContext context) {
    this.context = context;
  }

  /** The name of the call that blocks whenever {@code function} runs, or null if there is none. */
  @Nullable String firstIn(TreePath function) {
    Tree tree = function.getLeaf();
    if (tree instanceof LambdaExpressionTree lambda) {
      return firstInBody(new TreePath(function, lambda.getBody()), true);
    }
    return tree instanceof MemberReferenceTree ? firstInMethod(context.element(function)) : null;
  }

  // Only a method of the class being checked: the compiler may have thrown other bodies away.
  private @Nullable String firstInMethod(@Nullable Element method) {
    TreePath path = method == null ? null : context.trees().getPath(method);
    return path != null
            && path.getCompilationUnit() == context.unit()
            && path.getLeaf() instanceof MethodTree declared
            && declared.getBody() != null
        ? firstInBody(new TreePath(path, declared.getBody()), false)
        : null;
  }

  private @Nullable String firstInBody(TreePath body, boolean follow) {
    Blocking blocking = new Blocking(follow);
    blocking.scan(body, null);
    return blocking.name;
  }

  private static boolean blocks(Call call) {
    return BlockingMethod.find(call.method()) != null
        || FILES.entrySet().stream()
            .anyMatch(e -> e.getValue().contains(call.name()) && call.isOn(e.getKey()));
  }

  /** Looks only at what runs each time: not at branches, loops, handlers and other functions. */
  private final class Blocking extends OwnCode {
    private final boolean follow;
    @Nullable String name;

    Blocking(boolean follow) {
      this.follow = follow;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      Call call = context.call(getCurrentPath());
      if (call != null && name == null) {
        if (blocks(call)) {
          name = call.name();
        } else if (follow && call.receiver() == null) {
          // A method of the same object or class: its body is as good as here.
          name = firstInMethod(call.method());
        }
      }
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public Void visitIf(IfTree tree, Void unused) {
      return scan(tree.getCondition(), null);
    }

    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree tree, Void unused) {
      return scan(tree.getCondition(), null);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void unused) {
      return scan(tree.getLeftOperand(), null);
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
      return scan(tree.getCondition(), null);
    }

    @Override
    public Void visitForLoop(ForLoopTree tree, Void unused) {
      return scan(tree.getInitializer(), null);
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
      return scan(tree.getExpression(), null);
    }

    @Override
    public Void visitCase(CaseTree tree, Void unused) {
      return null;
    }

    @Override
    public Void visitCatch(CatchTree tree, Void unused) {
      return null;
    }
  }
}
