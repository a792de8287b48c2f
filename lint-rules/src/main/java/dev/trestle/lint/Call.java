package dev.trestle.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * A method call whose method is known.
 *
 * @param path the call
 * @param method what is called
 */
public record Call(TreePath path, ExecutableElement method) {

  /** The call at {@code path}, or null if it is none or its method could not be resolved. */
  static @Nullable Call at(TreePath path, Trees trees) {
    if (!(path.getLeaf() instanceof MethodInvocationTree)) {
      return null;
    }
    Element element = trees.getElement(path);
    return element instanceof ExecutableElement method
            && element.getEnclosingElement() instanceof TypeElement
        ? new Call(path, method)
        : null;
  }

  /** The call itself. */
  public MethodInvocationTree tree() {
    return (MethodInvocationTree) path.getLeaf();
  }

  /** The method's simple name. */
  public String name() {
    return method.getSimpleName().toString();
  }

  /** The class or interface that declares the method. */
  public TypeElement owner() {
    return (TypeElement)
        Objects.requireNonNull(method.getEnclosingElement(), "a method has an owner");
  }

  /** The qualified name of the class or interface that declares the method. */
  public String ownerName() {
    return owner().getQualifiedName().toString();
  }

  /**
   * Whether the method is declared in, or overrides one that is declared in, a type of this name.
   */
  public boolean isOn(String qualifiedName) {
    return TypeNames.anySuper(owner(), qualifiedName::equals);
  }

  /** Whether the method is static. */
  public boolean isStatic() {
    return method.getModifiers().contains(Modifier.STATIC);
  }

  /** The expression before the last dot of an instance call, or null for a bare name. */
  public @Nullable TreePath receiver() {
    ExpressionTree select = tree().getMethodSelect();
    return select instanceof MemberSelectTree memberSelectTree && !isStatic()
        ? new TreePath(new TreePath(path, select), memberSelectTree.getExpression())
        : null;
  }

  /** The arguments, in order. */
  public List<TreePath> arguments() {
    return tree().getArguments().stream()
        .map(argument -> new TreePath(path, argument))
        .collect(Collectors.toList());
  }
}
