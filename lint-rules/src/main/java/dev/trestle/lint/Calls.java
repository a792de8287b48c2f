package dev.trestle.lint;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one class. It remembers the last one, since one rule after the other asks for it.
 */
final class Calls {
  private final Trees trees;
  private final Callees callees;
  private @Nullable TreePath lastPath;
  private @Nullable Call last;

  Calls(Trees trees, Callees callees) {
    this.trees = trees;
    this.callees = callees;
  }

  /** The call at {@code path}, or null if it is none or its method could not be resolved. */
  @Nullable Call at(TreePath path) {
    if (!(path.getLeaf() instanceof MethodInvocationTree tree)) {
      return null;
    }
    if (path != lastPath) {
      last = find(path, tree);
      lastPath = path;
    }
    return last;
  }

  private @Nullable Call find(TreePath path, MethodInvocationTree tree) {
    Callee callee =
        trees.getElement(path) instanceof ExecutableElement method ? callees.of(method) : null;
    return callee == null ? null : new Call(path, tree, callee);
  }
}
