package dev.trestle.lint;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** What the functions in a pipeline of futures do with each of them. */
final class PipelineFunctions {
  private final RuleContext context;
  private final FutureMethods methods;

  PipelineFunctions(RuleContext context) {
    this.context = context;
    this.methods = new FutureMethods(context);
  }

  /** Whether the function is handed each future, and does more than look at it. */
  boolean isUser(TreePath function) {
    if (function.getLeaf() instanceof LambdaExpressionTree lambda) {
      return lambda.getParameters().stream()
          .map(parameter -> context.element(new TreePath(function, parameter)))
          .filter(parameter -> parameter != null && context.futures().isFuture(parameter.asType()))
          .anyMatch(parameter -> uses(new TreePath(function, lambda.getBody()), parameter));
    }
    return function.getLeaf() instanceof MemberReferenceTree
        && context.element(function) instanceof ExecutableElement method
        && method.getKind() == ElementKind.METHOD
        && takesFuture(context.functions().descriptor(context.type(function)))
        && !context.futures().isFuture(context.functions().result(context.type(function)))
        && methods.isHandedTo(method);
  }

  private boolean takesFuture(@Nullable ExecutableType function) {
    return function != null && function.getParameterTypes().stream().anyMatch(this::canBeFuture);
  }

  // `Predicate<? super F>`: with a method reference the target keeps its wildcard.
  private boolean canBeFuture(TypeMirror type) {
    return context.futures().isFuture(type)
        || (type instanceof WildcardType wildcard
            && context.futures().isFuture(wildcard.getSuperBound()))
        || (type instanceof TypeVariable variable
            && context.futures().isFuture(variable.getLowerBound()));
  }

  private boolean uses(TreePath body, Element parameter) {
    boolean[] used = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        TreePath name = getCurrentPath();
        if (parameter.equals(context.element(name))) {
          used[0] |= isUse(context.destinations().of(name), body);
        }
        return null;
      }
    }.scan(body, null);
    return used[0];
  }

  // What comes out of the function again, as itself or as a stage behind it, goes on from there.
  private boolean isUse(Destination destination, TreePath body) {
    boolean inside = false;
    for (TreePath at = destination.site(); at != null; at = at.getParentPath()) {
      inside |= at.getLeaf() == body.getLeaf();
    }
    return inside
        && switch (destination.kind()) {
          case DROPPED, VOID_LAMBDA, LAMBDA_RESULT, LOOKED_AT, POLLED -> false;
          case RECEIVER, ARGUMENT -> !context.futures().isFuture(context.type(destination.site()));
          default -> true;
        };
  }
}
