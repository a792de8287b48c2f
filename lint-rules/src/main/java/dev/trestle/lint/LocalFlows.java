package dev.trestle.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.Map;

/** The local flows of one class, each computed when somebody first asks. */
public final class LocalFlows {
  private final RuleContext context;
  private final Map<Tree, LocalFlow> flows = new HashMap<>();

  LocalFlows(RuleContext context) {
    this.context = context;
  }

  /** The flow of the method, constructor or initialiser that {@code path} stands in. */
  public LocalFlow around(TreePath path) {
    TreePath member = path;
    while (!isMember(member)) {
      member = member.getParentPath();
    }
    TreePath root = member;
    return flows.computeIfAbsent(
        root.getLeaf(),
        tree -> {
          LocalFlow flow = new LocalFlow(context);
          flow.scan(root, null);
          return flow;
        });
  }

  // The members of a local or anonymous class belong to the method around it, whose variables they
  // can see.
  private static boolean isMember(TreePath path) {
    TreePath parent = path.getParentPath();
    if (parent == null || parent.getParentPath() == null) {
      return true;
    }
    Tree outer = parent.getParentPath().getLeaf();
    return parent.getLeaf() instanceof ClassTree
        && (outer instanceof ClassTree || outer instanceof CompilationUnitTree);
  }
}
