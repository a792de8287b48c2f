package dev.trestle.lint.rules;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.List;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/** Tells which types are futures of futures, and which calls make them. */
final class NestedTypes {
  private final RuleContext context;

  NestedTypes(RuleContext context) {
    this.context = context;
  }

  /**
   * The argument that makes the call's result a future of a future: its function, or the future
   * itself; null if there is none.
   */
  @Nullable TreePath inner(Call call) {
    if (!isOfOne(context.type(call.path()))
        || !(value(call.method().getReturnType()) instanceof TypeVariable value)) {
      return null;
    }
    List<TreePath> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      TreePath argument = arguments.get(i);
      if (isSame(value, Parameters.functionResult(call.method(), i, context))
          ? givesInner(argument)
          : isSame(value, Parameters.type(call.method(), i))
              && context.origins().methods().isCompleted(call)
              && isInner(context.type(argument))) {
        return argument;
      }
    }
    return null;
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
        && !TypeNames.anySuper(Awaitables.element(type), "java.util.concurrent.Delayed"::equals);
  }

  // A publisher of many values in a future is a body being streamed; many futures in a publisher
  // are merged by the next step.
  private boolean isOfOne(@Nullable TypeMirror type) {
    return context.futures().isFuture(type) && !Awaitables.isOfMany(type);
  }
}
