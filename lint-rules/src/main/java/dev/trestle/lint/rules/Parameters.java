package dev.trestle.lint.rules;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.RuleContext;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** What a method declares of its parameters, before type arguments are inferred. */
final class Parameters {
  private Parameters() {}

  /** The declared type of the parameter that takes argument {@code index}, or null if unknown. */
  static @Nullable TypeMirror type(ExecutableElement method, int index) {
    List<? extends VariableElement> parameters = method.getParameters();
    int last = parameters.size() - 1;
    if (index < last || (index == last && !method.isVarArgs())) {
      return parameters.get(index).asType();
    }
    return method.isVarArgs() && parameters.get(last).asType() instanceof ArrayType array
        ? array.getComponentType()
        : null;
  }

  /** What the function of argument {@code index} is declared to give back, or null if unknown. */
  static @Nullable TypeMirror functionResult(
      ExecutableElement method, int index, RuleContext context) {
    ExecutableType descriptor = context.functions().descriptor(type(method, index));
    return descriptor == null ? null : bound(descriptor.getReturnType());
  }

  /**
   * The declared type of the parameter that the expression at {@code path} is the argument of, seen
   * through parentheses and casts; null if it is no argument.
   */
  static @Nullable TypeMirror taking(TreePath path, RuleContext context) {
    TreePath value = path;
    TreePath parent = path.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree) {
      value = parent;
      parent = parent.getParentPath();
    }
    Tree tree = parent.getLeaf();
    List<?> arguments =
        tree instanceof MethodInvocationTree call
            ? call.getArguments()
            : tree instanceof NewClassTree made ? made.getArguments() : List.of();
    int index = arguments.indexOf(value.getLeaf());
    Element element = index < 0 ? null : context.element(parent);
    return element instanceof ExecutableElement method ? type(method, index) : null;
  }

  /**
   * Whether the lambda or reference at {@code path} stands where only inference says what the
   * function gives back: {@code <T> run(Supplier<T>)}.
   */
  static boolean isResultInferred(TreePath path, RuleContext context) {
    TypeMirror result = context.functions().result(taking(path, context));
    return result != null && bound(result).getKind() == TypeKind.TYPEVAR;
  }

  /** The type variable or type behind the wildcards of {@code ? extends T}. */
  static TypeMirror bound(TypeMirror type) {
    if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
      return bound(wildcard.getExtendsBound());
    }
    // A captured wildcard is a type variable whose element has no name of its own.
    return type instanceof TypeVariable variable
            && variable.asElement().getSimpleName().toString().startsWith("<captured")
        ? bound(variable.getUpperBound())
        : type;
  }

  /** The expression behind parentheses and casts. */
  static TreePath plain(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof ParenthesizedTree parenthesized) {
      return plain(new TreePath(path, parenthesized.getExpression()));
    }
    return tree instanceof TypeCastTree cast
        ? plain(new TreePath(path, cast.getExpression()))
        : path;
  }
}
