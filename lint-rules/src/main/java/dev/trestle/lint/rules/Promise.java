package dev.trestle.lint.rules;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * A future that a method makes, keeps in a local variable, and is to complete.
 *
 * @param variable the local variable
 * @param declaration where it is declared and the future made
 * @param uses where the variable is named, in the order of the source
 */
record Promise(VariableElement variable, TreePath declaration, List<TreePath> uses) {

  /** The promise in {@code variable}, or null if it is not made where it is declared. */
  static @Nullable Promise of(VariableElement variable, TreePath near, RuleContext context) {
    return of(variable, near, context, value -> isNew(value.getLeaf()));
  }

  /** The same, also for what a static method without arguments makes: {@code create()}. */
  static @Nullable Promise ofFactory(VariableElement variable, TreePath near, RuleContext context) {
    return of(
        variable,
        near,
        context,
        value -> {
          Call call = context.call(value);
          boolean made = call != null && call.isStatic() && call.arguments().isEmpty();
          return made || isNew(value.getLeaf());
        });
  }

  private static boolean isNew(Tree value) {
    return value instanceof NewClassTree made && made.getClassBody() == null;
  }

  private static @Nullable Promise of(
      VariableElement variable, TreePath near, RuleContext context, Predicate<TreePath> isMade) {
    List<TreePath> declared = new ArrayList<>();
    List<TreePath> uses = new ArrayList<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        if (tree.getInitializer() != null
            && isMade.test(new TreePath(getCurrentPath(), tree.getInitializer()))
            && variable.equals(context.element(getCurrentPath()))) {
          declared.add(getCurrentPath());
        }
        return super.visitVariable(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        if (variable.equals(context.element(getCurrentPath()))) {
          uses.add(getCurrentPath());
        }
        return null;
      }
    }.scan(Mentions.member(near), null);
    return declared.size() == 1 ? new Promise(variable, declared.get(0), uses) : null;
  }

  /** Whether it is made in this piece of code. */
  boolean isMadeIn(TreePath region) {
    for (TreePath at = declaration; at != null; at = at.getParentPath()) {
      if (at.getLeaf() == region.getLeaf()) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing but its declaration comes before this use. */
  boolean isUnusedBefore(Tree use) {
    return !uses.isEmpty() && uses.get(0).getLeaf() == use;
  }
}
