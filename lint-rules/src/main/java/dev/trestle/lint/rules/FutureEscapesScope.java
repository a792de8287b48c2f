package dev.trestle.lint.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Reason;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;

/**
 * A future that leaves the try statement which closes what it uses, or should catch its failure.
 */
public final class FutureEscapesScope implements Rule {
  private static final String PAGE = " (see lint-rules/docs/future-escapes-scope.md)";

  @Override
  public String id() {
    return "future-escapes-scope";
  }

  @Override
  public String summary() {
    return "A future leaves the try that closes what it uses, or whose catch waits for its"
        + " failure.";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        new Reason("resource", Severity.ERROR, "try closes a resource that the future still uses."),
        new Reason("finally", Severity.ERROR, "finally closes what the future still uses."),
        new Reason("catch", Severity.ERROR, "catch never sees the failure of the future."));
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.RETURN, Tree.Kind.ASSIGNMENT);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    boolean returned = path.getLeaf() instanceof ReturnTree;
    ExpressionTree value =
        path.getLeaf() instanceof ReturnTree statement
            ? statement.getExpression()
            : ((AssignmentTree) path.getLeaf()).getExpression();
    if (value == null || !context.futures().isFuture(context.type(new TreePath(path, value)))) {
      return;
    }
    Tree end = context.surroundings().function(path).getLeaf();
    for (TreePath at = path; at.getLeaf() != end; at = at.getParentPath()) {
      TreePath parent = at.getParentPath();
      if (parent.getLeaf() instanceof TryTree attempt
          && (returned || isReturnedAfter(path, parent, context))) {
        boolean inBlock = attempt.getBlock() == at.getLeaf();
        Attempt around = new Attempt(parent, path, context);
        for (TreePath result : ResultValues.branches(new TreePath(path, value))) {
          if (context.futures().isFuture(context.type(result))
              && around.report(result, inBlock, at.getLeaf() instanceof CatchTree, returned)) {
            return;
          }
        }
      }
    }
  }

  /** Whether the local that is assigned here is returned somewhere outside of the try. */
  private static boolean isReturnedAfter(TreePath path, TreePath attempt, RuleContext context) {
    TreePath target = new TreePath(path, ((AssignmentTree) path.getLeaf()).getVariable());
    Element variable = context.element(target);
    if (variable == null || variable.getKind() != ElementKind.LOCAL_VARIABLE) {
      return false;
    }
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitTry(TryTree tree, Void unused) {
        return tree == attempt.getLeaf() ? null : super.visitTry(tree, null);
      }

      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        if (tree.getExpression() != null) {
          TreePath value = new TreePath(getCurrentPath(), tree.getExpression());
          found[0] |= Mentions.anyOf(value, Set.of(variable), context);
        }
        return null;
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        return null;
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        return null;
      }
    }.scan(context.surroundings().function(path), null);
    return found[0];
  }

  /** One try statement around a future that leaves it. */
  private static final class Attempt {
    private final TreePath path;
    private final TryTree tree;
    private final TreePath exit;
    private final RuleContext context;

    Attempt(TreePath path, TreePath exit, RuleContext context) {
      this.path = path;
      this.tree = (TryTree) path.getLeaf();
      this.exit = exit;
      this.context = context;
    }

    boolean report(TreePath value, boolean inBlock, boolean inCatch, boolean returned) {
      if (inBlock && uses(value, resources())) {
        return report(value, "resource", "the end of this try closes what it uses", "");
      }
      if ((inBlock || inCatch) && uses(value, new Closings(path, context).closed())) {
        return report(value, "finally", "the finally block closes what it uses", "");
      }
      if (inBlock && returned) {
        CatchTree handler = new MeantCatch(path, context).meantFor(value, exit);
        if (handler != null) {
          return report(
              value,
              "catch",
              "the catch of "
                  + handler.getParameter().getType()
                  + " never sees its failure, which arrives when this try is long over",
              "handle the failure on the future with exceptionally or handle");
        }
      }
      return false;
    }

    private boolean report(TreePath value, String reason, String what, String fix) {
      String instead =
          fix.isEmpty() ? "close it when the future is done, in whenComplete, or join here" : fix;
      String who =
          value.getLeaf() instanceof IdentifierTree name
              ? name.toString()
              : Messages.describe(value.getLeaf());
      Confidence sure = reason.equals("catch") ? Confidence.LIKELY : Confidence.CERTAIN;
      String message =
          who
              + " is a future that is still running when it leaves: "
              + what
              + "; "
              + instead
              + PAGE;
      context.report(value, reason, sure, message);
      return true;
    }

    private boolean uses(TreePath value, Set<Element> closed) {
      if (closed.isEmpty()) {
        return false;
      }
      ScopedUse use = new ScopedUse(new TreePath(path, tree.getBlock()), exit, closed, context);
      return use.isIn(value);
    }

    private Set<Element> resources() {
      Set<Element> found = new HashSet<>();
      for (Tree resource : tree.getResources()) {
        Element element = context.element(new TreePath(path, resource));
        if (element != null && !Closings.waits(element.asType())) {
          found.add(element);
        }
      }
      return found;
    }
  }

  /** Looks for the names of variables. */
  static final class Mentions extends TreePathScanner<Void, Void> {
    private final Set<Element> variables;
    private final RuleContext context;
    private boolean found;

    private Mentions(Set<Element> variables, RuleContext context) {
      this.variables = variables;
      this.context = context;
    }

    static boolean anyOf(TreePath path, Set<Element> variables, RuleContext context) {
      Mentions mentions = new Mentions(variables, context);
      mentions.scan(path, null);
      return mentions.found;
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void unused) {
      found |= variables.contains(context.element(getCurrentPath()));
      return null;
    }
  }
}
