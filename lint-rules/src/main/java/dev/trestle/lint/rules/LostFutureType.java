package dev.trestle.lint.rules;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Origin;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import dev.trestle.lint.TypeNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A future given back as {@code Object}: no caller can see that there is something to await. */
public final class LostFutureType implements Rule {
  /** Their results are looked at by the framework, which knows futures when it sees them. */
  private static final Set<String> ANYTHING =
      Set.of(
          "java.lang.reflect.InvocationHandler",
          "org.mockito.stubbing.Answer",
          "graphql.schema.DataFetcher");

  private static final Set<String> INTERCEPTORS =
      Set.of("invoke", "intercept", "around", "proceed", "advise");

  private static final Set<String> PLAIN_ANNOTATIONS =
      Set.of("Override", "SuppressWarnings", "Deprecated", "SafeVarargs", "Nullable", "NonNull");

  @Override
  public String id() {
    return "lost-future-type";
  }

  @Override
  public String summary() {
    return "A future is given back as Object: no caller can see that there is something to await.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD, Tree.Kind.LAMBDA_EXPRESSION, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MethodTree) {
      if (context.element(path) instanceof ExecutableElement method
          && isObject(method.getReturnType())
          && !isForFramework(method, context)) {
        checkResults(path, ((ExecutableType) method.asType()).getParameterTypes(), context);
      }
    } else if (givesObject(path, context)) {
      if (path.getLeaf() instanceof LambdaExpressionTree) {
        ExecutableType function = context.functions().descriptor(context.type(path));
        checkResults(path, function == null ? List.of() : function.getParameterTypes(), context);
      } else if (path.getLeaf() instanceof MemberReferenceTree) {
        TypeMirror result = new DroppedReference(path, context).result();
        if (isFuture(result, context)) {
          report(path, result, context);
        }
      }
    }
  }

  private static void checkResults(
      TreePath function, List<? extends TypeMirror> parameters, RuleContext context) {
    if (parameters.stream().anyMatch(LostFutureType::isReflective)) {
      return;
    }
    List<TreePath> results = ResultValues.of(function);
    boolean mixed = results.stream().anyMatch(result -> isNoFuture(context.type(result), context));
    boolean converts =
        mixed && parameters.stream().anyMatch(type -> isObject(type) || isFuture(type, context));
    for (TreePath result : results) {
      TypeMirror type = context.type(result);
      boolean kept = mixed && context.origins().of(result) == Origin.HELD;
      if (isFuture(type, context) && !converts && !kept) {
        report(result, type, context);
      }
    }
  }

  // What takes these calls others by reflection, and gives back what their callers expect.
  private static boolean isReflective(TypeMirror parameter) {
    if (parameter instanceof ArrayType many) {
      return isObject(many.getComponentType());
    }
    TypeElement element = element(parameter);
    String name = element == null ? "" : element.getQualifiedName().toString();
    return name.equals("java.lang.Class") || name.startsWith("java.lang.reflect.");
  }

  private static void report(TreePath at, @Nullable TypeMirror type, RuleContext context) {
    String message =
        Messages.describe(at.getLeaf()).replace("this expression", "the result")
            + " is a "
            + Messages.typeName(type)
            + " given back as Object: callers take it for the value, and nobody waits for it;"
            + " declare the future's type (see lint-rules/docs/lost-future-type.md)";
    context.report(at, Confidence.LIKELY, message);
  }

  private static boolean isFuture(@Nullable TypeMirror type, RuleContext context) {
    return Awaitables.isAwaitable(type, context.futures());
  }

  private static boolean isNoFuture(@Nullable TypeMirror type, RuleContext context) {
    return type != null && type.getKind() != TypeKind.NULL && !isFuture(type, context);
  }

  private static boolean isObject(@Nullable TypeMirror type) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement())
            .getQualifiedName()
            .contentEquals("java.lang.Object");
  }

  /** Whether the lambda or reference stands where a function was declared to give an Object. */
  private static boolean givesObject(TreePath path, RuleContext context) {
    TypeMirror target = context.type(path);
    ExecutableElement function = context.functions().method(target);
    if (function == null
        || !isObject(context.functions().result(target))
        || !isOpen(TypeNames.enclosingType(function), function, context)
        || TypeNames.anySuper(element(target), ANYTHING::contains)) {
      return false;
    }
    TypeMirror declared = context.functions().result(Parameters.taking(path, context));
    return declared == null || isObject(declared);
  }

  private static @Nullable TypeElement element(@Nullable TypeMirror type) {
    return type instanceof DeclaredType declared ? (TypeElement) declared.asElement() : null;
  }

  // Libraries that declare Object may well look for futures; the JDK's functions do not.
  private static boolean isOpen(
      @Nullable TypeElement owner, ExecutableElement method, RuleContext context) {
    String name = owner == null ? "" : owner.getQualifiedName().toString();
    return owner != null
        && !INTERCEPTORS.contains(method.getSimpleName().toString())
        && (name.startsWith("java.util.function.")
            || name.equals("java.util.concurrent.Callable")
            || context.trees().getTree(owner) != null);
  }

  private static boolean isForFramework(ExecutableElement method, RuleContext context) {
    TypeElement owner = TypeNames.enclosingType(method);
    return TypeNames.anySuper(owner, ANYTHING::contains)
        || method.getAnnotationMirrors().stream()
            .map(mirror -> mirror.getAnnotationType().asElement().getSimpleName().toString())
            .anyMatch(name -> !PLAIN_ANNOTATIONS.contains(name))
        || (owner != null && overridesForeign(method, owner, owner, context));
  }

  private static boolean overridesForeign(
      ExecutableElement method, TypeElement owner, TypeElement below, RuleContext context) {
    for (TypeElement parent : TypeNames.parents(below)) {
      for (Element member : parent.getEnclosedElements()) {
        if (member.getKind() == ElementKind.METHOD
            && member.getSimpleName().equals(method.getSimpleName())
            && context.elements().overrides(method, (ExecutableElement) member, owner)
            && !isOpen(parent, (ExecutableElement) member, context)) {
          return true;
        }
      }
      if (overridesForeign(method, owner, parent, context)) {
        return true;
      }
    }
    return false;
  }
}
