package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A {@code null} handed out where a future was promised: the caller chains on it, and falls. */
public final class NullFuture implements Rule {
  private static final Set<String> NULLABLE =
      Set.of("Nullable", "CheckForNull", "NullableDecl", "PossiblyNull");

  @Override
  public String id() {
    return "null-future";
  }

  @Override
  public String summary() {
    return "A null where a future was promised: whoever waits for it gets a NullPointerException.";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.RETURN, Tree.Kind.LAMBDA_EXPRESSION);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    ExpressionTree value = value(path.getLeaf());
    if (value == null) {
      return;
    }
    List<TreePath> nulls = ResultValues.branches(new TreePath(path, value));
    nulls.removeIf(result -> result.getLeaf().getKind() != Tree.Kind.NULL_LITERAL);
    if (nulls.isEmpty()) {
      return;
    }
    TreePath function =
        path.getLeaf() instanceof LambdaExpressionTree
            ? path
            : context.surroundings().function(path);
    TypeMirror promised = promised(function, context);
    if (promised == null
        || (function.getLeaf() instanceof MethodTree
            && context.element(function) instanceof ExecutableElement method
            && new NullContract(context).isKnown(function, method))) {
      return;
    }
    nulls.forEach(result -> context.report(result, Confidence.CERTAIN, message(promised)));
  }

  private static @Nullable ExpressionTree value(Tree tree) {
    if (tree instanceof ReturnTree statement) {
      return statement.getExpression();
    }
    // The returns of a block come by themselves.
    return tree instanceof LambdaExpressionTree lambda
            && !(lambda.getBody() instanceof BlockTree)
            && lambda.getBody() instanceof ExpressionTree body
        ? body
        : null;
  }

  /** The type of future that the function must give back, or null if it need not give one. */
  private static @Nullable TypeMirror promised(TreePath function, RuleContext context) {
    TypeMirror result;
    if (function.getLeaf() instanceof MethodTree) {
      result =
          context.element(function) instanceof ExecutableElement method && !isNullable(method)
              ? method.getReturnType()
              : null;
    } else {
      TypeMirror target = context.type(function);
      ExecutableElement method = context.functions().method(target);
      // A map's function may well say that there is nothing: its result is a type variable.
      result =
          method == null || isNullable(method) || Parameters.isResultInferred(function, context)
              ? null
              : context.functions().result(target);
    }
    return result != null
            && !isRedirect(result)
            && result.getKind() != TypeKind.TYPEVAR
            && Awaitables.isAwaitable(result, context.futures())
        ? result
        : null;
  }

  // Vert.x: a handler of redirects says with null that there is none.
  private static boolean isRedirect(TypeMirror result) {
    return result instanceof DeclaredType future
        && future.getTypeArguments().stream()
            .anyMatch(value -> value.toString().equals("io.vertx.core.http.RequestOptions"));
  }

  private static boolean isNullable(ExecutableElement method) {
    return isAnnotated(method) || isAnnotated(method.getReturnType());
  }

  private static boolean isAnnotated(AnnotatedConstruct construct) {
    return construct.getAnnotationMirrors().stream()
        .map(mirror -> mirror.getAnnotationType().asElement().getSimpleName().toString())
        .anyMatch(NULLABLE::contains);
  }

  private static String message(TypeMirror promised) {
    return "null is given back where a "
        + Messages.typeName(promised)
        + " was promised: whoever chains on it or waits for it gets a NullPointerException; give"
        + " back a completed future, such as completedFuture(null) (see"
        + " lint-rules/docs/null-future.md)";
  }
}
