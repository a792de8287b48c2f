package dev.trestle.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** A method call whose method is known. */
public final class Call {
  private final TreePath path;
  private final MethodInvocationTree tree;
  private final Callee callee;

  Call(TreePath path, MethodInvocationTree tree, Callee callee) {
    this.path = path;
    this.tree = tree;
    this.callee = callee;
  }

  /** Where the call stands. */
  public TreePath path() {
    return path;
  }

  /** The call itself. */
  public MethodInvocationTree tree() {
    return tree;
  }

  /** What is called. */
  public ExecutableElement method() {
    return callee.method();
  }

  /** The method's simple name. */
  public String name() {
    return callee.name();
  }

  /** The class or interface that declares the method. */
  public TypeElement owner() {
    return callee.owner();
  }

  /** The qualified name of the class or interface that declares the method. */
  public String ownerName() {
    return callee.ownerName();
  }

  /**
   * Whether the method is declared in, or overrides one that is declared in, a type of this name.
   */
  public boolean isOn(String qualifiedName) {
    return callee.isOn(qualifiedName);
  }

  /** Whether the method is static. */
  public boolean isStatic() {
    return callee.isStatic();
  }

  /** The expression before the last dot of an instance call, or null for a bare name. */
  public @Nullable TreePath receiver() {
    ExpressionTree select = tree.getMethodSelect();
    return select instanceof MemberSelectTree memberSelectTree && !isStatic()
        ? new TreePath(new TreePath(path, select), memberSelectTree.getExpression())
        : null;
  }

  /** The arguments, in order. */
  public List<TreePath> arguments() {
    List<TreePath> arguments = new ArrayList<>(tree.getArguments().size());
    for (ExpressionTree argument : tree.getArguments()) {
      arguments.add(new TreePath(path, argument));
    }
    return arguments;
  }
}
