package dev.trestle.lint;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Finds the {@code @SuppressWarnings} that silence a finding, and those that silence nothing. */
final class Suppressions {
  private final Trees trees;
  private final Set<Tree> used = Collections.newSetFromMap(new IdentityHashMap<>());

  Suppressions(Trees trees) {
    this.trees = trees;
  }

  /** Whether a declaration around the finding suppresses its rule. */
  boolean covers(Finding finding) {
    boolean covered = false;
    for (TreePath at = finding.path(); at != null; at = at.getParentPath()) {
      for (Named named : on(at)) {
        if (named.name.equals(finding.rule().id())
            || finding.rule().alsoSuppressedBy().contains(named.name)) {
          used.add(named.path.getLeaf());
          covered = true;
        }
      }
    }
    return covered;
  }

  /** The names that the declaration at {@code path} suppresses, each with its place. */
  List<Named> on(TreePath path) {
    ModifiersTree modifiers = modifiers(path.getLeaf());
    List<Named> names = new ArrayList<>();
    if (modifiers != null) {
      for (AnnotationTree annotation : modifiers.getAnnotations()) {
        String type = annotation.getAnnotationType().toString();
        if (type.equals("SuppressWarnings") || type.equals("java.lang.SuppressWarnings")) {
          TreePath at = new TreePath(new TreePath(path, modifiers), annotation);
          annotation.getArguments().forEach(argument -> collect(at, argument, names));
        }
      }
    }
    return names;
  }

  /** Whether the name silenced a finding. */
  boolean isUsed(Named named) {
    return used.contains(named.path.getLeaf());
  }

  private void collect(TreePath parent, ExpressionTree value, List<Named> names) {
    TreePath path = new TreePath(parent, value);
    if (value instanceof AssignmentTree assignmentTree) {
      collect(path, assignmentTree.getExpression(), names);
    } else if (value instanceof NewArrayTree newArrayTree) {
      List<? extends ExpressionTree> parts = newArrayTree.getInitializers();
      if (parts != null) {
        parts.forEach(part -> collect(path, part, names));
      }
    } else {
      Object constant =
          value instanceof LiteralTree literalTree ? literalTree.getValue() : constant(path);
      if (constant instanceof String string) {
        names.add(new Named(string, path));
      }
    }
  }

  private @Nullable Object constant(TreePath path) {
    Element element = trees.getElement(path);
    return element instanceof VariableElement variableElement
        ? variableElement.getConstantValue()
        : null;
  }

  private static @Nullable ModifiersTree modifiers(Tree tree) {
    if (tree instanceof ClassTree classTree) {
      return classTree.getModifiers();
    }
    if (tree instanceof MethodTree methodTree) {
      return methodTree.getModifiers();
    }
    return tree instanceof VariableTree variableTree ? variableTree.getModifiers() : null;
  }

  /** One name in one annotation. */
  record Named(String name, TreePath path) {}
}
