package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.OwnCode;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/** Tells whether the function at the end of a chain takes care of a failure. */
final class Handlers {
  /** These are only called when something failed, so being there is taking care. */
  private static final Set<String> ON_FAILURE_ONLY =
      Set.of(
          "exceptionally",
          "exceptionallyAsync",
          "exceptionallyCompose",
          "exceptionallyComposeAsync",
          "onFailure",
          "recover",
          "otherwise",
          "otherwiseEmpty");

  private Handlers() {}

  /** Whether the handler sees the failure, or is code that this checker cannot look into. */
  static boolean seesFailure(Call call) {
    if (call.name().equals("onSuccess")) {
      return false;
    }
    LambdaExpressionTree lambda = lambda(call);
    if (lambda == null || ON_FAILURE_ONLY.contains(call.name())) {
      return true;
    }
    List<? extends VariableTree> parameters = lambda.getParameters();
    Name failure = parameters.get(parameters.size() - 1).getName();
    return !failure.isEmpty() && mentions(lambda.getBody(), failure);
  }

  /** Whether the handler fails itself, each time. */
  static boolean alwaysThrows(Call call) {
    LambdaExpressionTree lambda = lambda(call);
    return lambda != null
        && lambda.getBody() instanceof BlockTree
        && alwaysThrows((BlockTree) lambda.getBody())
        && !returns(new TreePath(call.path(), lambda.getBody()));
  }

  private static @Nullable LambdaExpressionTree lambda(Call call) {
    for (TreePath argument : call.arguments()) {
      Tree tree = argument.getLeaf();
      while (tree instanceof ParenthesizedTree) {
        tree = ((ParenthesizedTree) tree).getExpression();
      }
      if (tree instanceof LambdaExpressionTree) {
        // Vert.x has a form with two handlers, of which the last one gets the failure.
        Tree last = call.arguments().get(call.arguments().size() - 1).getLeaf();
        return last instanceof LambdaExpressionTree lambdaExpressionTree
            ? lambdaExpressionTree
            : (LambdaExpressionTree) tree;
      }
    }
    return null;
  }

  private static boolean mentions(Tree body, Name name) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        found[0] |= tree.getName().equals(name);
        return null;
      }
    }.scan(body, null);
    return found[0];
  }

  private static boolean alwaysThrows(StatementTree statement) {
    if (statement instanceof ThrowTree) {
      return true;
    }
    if (statement instanceof BlockTree blockTree) {
      List<? extends StatementTree> all = blockTree.getStatements();
      return !all.isEmpty() && alwaysThrows(all.get(all.size() - 1));
    }
    if (statement instanceof SynchronizedTree synchronizedTree) {
      return alwaysThrows(synchronizedTree.getBlock());
    }
    if (statement instanceof IfTree choice) {
      return choice.getElseStatement() != null
          && alwaysThrows(choice.getThenStatement())
          && alwaysThrows(choice.getElseStatement());
    }
    if (statement instanceof TryTree tree) {
      return alwaysThrows(tree.getBlock())
          && tree.getCatches().stream().map(CatchTree::getBlock).allMatch(Handlers::alwaysThrows);
    }
    return false;
  }

  private static boolean returns(TreePath body) {
    boolean[] found = {false};
    new OwnCode() {
      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        found[0] = true;
        return null;
      }
    }.scan(body, null);
    return found[0];
  }
}
