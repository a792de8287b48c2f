package dev.trestle.lint.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Which variables a piece of code names. */
final class Mentions {
  private Mentions() {}

  /** The variables named anywhere in {@code path}. */
  static Set<VariableElement> all(TreePath path, RuleContext context) {
    return named(path, context, variable -> true);
  }

  /** The variables named in {@code path} that are futures or hold some. */
  static Set<VariableElement> futures(TreePath path, RuleContext context) {
    return named(
        path,
        context,
        variable ->
            context.futures().isFuture(variable.asType())
                || context.futures().elementKind(variable.asType()) != null);
  }

  /** Whether {@code path} names {@code variable}. */
  static boolean of(TreePath path, VariableElement variable, RuleContext context) {
    return all(path, context).contains(variable);
  }

  /** How often the member around {@code near} names {@code variable}. */
  static int count(VariableElement variable, TreePath near, RuleContext context) {
    int[] count = {0};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        count[0] += variable.equals(context.element(getCurrentPath())) ? 1 : 0;
        return null;
      }
    }.scan(member(near), null);
    return count[0];
  }

  /** The variable that the expression is, through parentheses and {@code this.}, or null. */
  static @Nullable VariableElement variable(@Nullable TreePath path, RuleContext context) {
    if (path == null) {
      return null;
    }
    Tree tree = path.getLeaf();
    return (tree instanceof IdentifierTree || tree instanceof MemberSelectTree)
            && context.element(path) instanceof VariableElement variable
        ? variable
        : null;
  }

  /**
   * The method, initialiser or field that {@code path} is in, lambdas and classes in it included.
   */
  static TreePath member(TreePath path) {
    TreePath found = path;
    for (TreePath at = path; at.getParentPath() != null; at = at.getParentPath()) {
      if (at.getParentPath().getLeaf() instanceof ClassTree) {
        found = at;
        if (!isLocalClass(at.getParentPath())) {
          return found;
        }
      }
    }
    return found;
  }

  private static boolean isLocalClass(TreePath type) {
    TreePath parent = type.getParentPath();
    return parent != null
        && !(parent.getLeaf() instanceof ClassTree)
        && parent.getParentPath() != null;
  }

  /** What is assigned to, or put into, a local variable of the member around {@code near}. */
  static List<TreePath> sources(VariableElement variable, TreePath near, RuleContext context) {
    List<TreePath> sources = new ArrayList<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        if (tree.getInitializer() != null && variable.equals(context.element(getCurrentPath()))) {
          sources.add(new TreePath(getCurrentPath(), tree.getInitializer()));
        }
        return super.visitVariable(tree, null);
      }

      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        TreePath target = new TreePath(getCurrentPath(), tree.getVariable());
        if (all(target, context).contains(variable)) {
          sources.add(new TreePath(getCurrentPath(), tree.getExpression()));
        }
        return super.visitAssignment(tree, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        Call call = context.call(getCurrentPath());
        if (call != null
            && (call.name().startsWith("add") || call.name().startsWith("put"))
            && variable.equals(variable(call.receiver(), context))) {
          sources.addAll(call.arguments());
        }
        return super.visitMethodInvocation(tree, null);
      }
    }.scan(member(near), null);
    return sources;
  }

  /** Whether anything in {@code path} that runs with it, not in a function, is like this. */
  static boolean anyCall(TreePath path, RuleContext context, Predicate<Call> like) {
    return anyCall(path, context, like, false);
  }

  /** The same, in functions as well. */
  static boolean anyCallDeep(TreePath path, RuleContext context, Predicate<Call> like) {
    return anyCall(path, context, like, true);
  }

  private static boolean anyCall(
      TreePath path, RuleContext context, Predicate<Call> like, boolean deep) {
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        Call call = context.call(getCurrentPath());
        found[0] |= call != null && like.test(call);
        return super.visitMethodInvocation(tree, null);
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        return deep || tree == path.getLeaf() ? super.visitLambdaExpression(tree, null) : null;
      }

      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        return deep || tree == path.getLeaf() ? super.visitMethod(tree, null) : null;
      }
    }.scan(path, null);
    return found[0];
  }

  private static Set<VariableElement> named(
      TreePath path, RuleContext context, Predicate<VariableElement> like) {
    Set<VariableElement> found = new LinkedHashSet<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        add();
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        add();
        return super.visitMemberSelect(tree, null);
      }

      private void add() {
        Element element = context.element(getCurrentPath());
        if (element instanceof VariableElement variable && like.test(variable)) {
          found.add(variable);
        }
      }
    }.scan(path, null);
    return found;
  }
}
