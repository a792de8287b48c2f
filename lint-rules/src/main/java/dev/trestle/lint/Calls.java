package dev.trestle.lint;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Finds out what calls call, once for each method and not once for each call and rule. */
final class Calls {
  private final Trees trees;
  private final Supertypes supertypes = new Supertypes();
  private final Map<ExecutableElement, Callee> callees = new HashMap<>();

  Calls(Trees trees) {
    this.trees = trees;
  }

  /** The call at {@code path}, or null if it is none or its method could not be resolved. */
  @Nullable Call at(TreePath path) {
    if (!(path.getLeaf() instanceof MethodInvocationTree tree)
        || !(trees.getElement(path) instanceof ExecutableElement method)) {
      return null;
    }
    Callee callee = callees.get(method);
    if (callee == null) {
      Element owner = method.getEnclosingElement();
      if (!(owner instanceof TypeElement type)) {
        return null;
      }
      callee = new Callee(method, type, supertypes);
      callees.put(method, callee);
    }
    return new Call(path, tree, callee);
  }
}
