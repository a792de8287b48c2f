package dev.trestle.lint.rules;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/** Tells which types are futures of futures, and which calls make them. */
final class NestedTypes {
  /**
   * A publisher of many values inside a future is a body being streamed, and many futures in one
   * are merged by the next step.
   */
  private static final Set<String> OF_MANY =
      Set.of(
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher",
          "io.smallrye.mutiny.Multi",
          "io.reactivex.Flowable",
          "io.reactivex.Observable",
          "io.reactivex.rxjava3.core.Flowable",
          "io.reactivex.rxjava3.core.Observable",
          "rx.Observable");

  private final RuleContext context;

  NestedTypes(RuleContext context) {
    this.context = context;
  }

  /** Whether the call's result is a future whose value, made by its function, is a future. */
  boolean makesNested(Call call) {
    TypeMirror value = value(call.method().getReturnType());
    if (!(value instanceof TypeVariable) || !isOfOne(context.type(call.path()))) {
      return false;
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      TreePath argument = call.arguments().get(i);
      if (isSame(value, Parameters.functionResult(call.method(), i, context))
          ? givesInner(argument)
          : isSame(value, Parameters.type(call.method(), i))
              && context.origins().methods().isCompleted(call)
              && isInner(context.type(argument))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a type is a future of a future. */
  boolean isNested(@Nullable TypeMirror type) {
    return isOfOne(type) && isInner(value(type));
  }

  /** Whether the function, or one branch of it, gives back a future that somebody must await. */
  boolean givesInner(TreePath argument) {
    TreePath function = Parameters.plain(argument);
    if (isInner(context.functions().result(context.type(function)))) {
      return true;
    }
    if (function.getLeaf() instanceof LambdaExpressionTree) {
      return ResultValues.of(function).stream().anyMatch(value -> isInner(context.type(value)));
    }
    return function.getLeaf() instanceof MemberReferenceTree
        && isInner(new DroppedReference(function, context).result());
  }

  /** What the future's one type argument says of its value, or null. */
  private static @Nullable TypeMirror value(@Nullable TypeMirror type) {
    return type instanceof DeclaredType declared && declared.getTypeArguments().size() == 1
        ? Parameters.bound(declared.getTypeArguments().get(0))
        : null;
  }

  private boolean isSame(TypeMirror variable, @Nullable TypeMirror type) {
    return type != null && context.types().isSameType(variable, Parameters.bound(type));
  }

  // What a timer hands out is there to be cancelled, and no result to wait for.
  private boolean isInner(@Nullable TypeMirror type) {
    return isOfOne(type)
        && !TypeNames.anySuper(element(type), "java.util.concurrent.Delayed"::equals);
  }

  private boolean isOfOne(@Nullable TypeMirror type) {
    return context.futures().isFuture(type)
        && (TypeNames.anySuper(element(type), "reactor.core.publisher.Mono"::equals)
            || !TypeNames.anySuper(element(type), OF_MANY::contains));
  }

  private static @Nullable TypeElement element(@Nullable TypeMirror type) {
    if (type instanceof TypeVariable variable) {
      return element(variable.getUpperBound());
    }
    return type instanceof DeclaredType declared ? (TypeElement) declared.asElement() : null;
  }
}
