package dev.trestle.lint.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.Destination;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Recognises a later step that takes the inner future out again. */
final class Flattening {
  private static final Set<String> COMPOSERS =
      Set.of("thenCompose", "thenComposeAsync", "flatMap", "compose", "transformToUni", "chain");
  private static final Set<String> AWAITS = Set.of("join", "get", "getNow", "resultNow", "block");

  /** Bounds the walk from one stage to the next, and through variables. */
  private static final int MAX_STEPS = 20;

  private final RuleContext context;
  private final NestedTypes nested;

  Flattening(RuleContext context, NestedTypes nested) {
    this.context = context;
    this.nested = nested;
  }

  /** Whether what becomes of the nested future at {@code path} flattens it. */
  boolean isDoneTo(TreePath path) {
    return isDoneTo(path, MAX_STEPS);
  }

  private boolean isDoneTo(TreePath path, int steps) {
    if (steps == 0) {
      return false;
    }
    for (Call on = callOn(path); on != null; on = callOn(on.path())) {
      // A listener gives back what it listens to, so the destination is further out.
      if (context.origins().methods().givenBack(on) == null) {
        break;
      }
      Call listener = on;
      if (on.arguments().stream().anyMatch(argument -> takesInner(listener, argument))) {
        return true;
      }
    }
    Destination end = context.destinations().of(path);
    Call next = context.call(end.site());
    return switch (end.kind()) {
      case RECEIVER -> next != null && isDoneBy(next, steps);
      case ARGUMENT -> nested.isNested(Parameters.taking(end.value(), context));
      case LAMBDA_RESULT -> {
        Call taker = taker(end.site());
        // The bridge waits for the outer one, and hands out the inner.
        if (taker == null) {
          yield false;
        }
        yield taker.ownerName().equals("dev.trestle.bridge.AsyncToSync")
            ? isKept(taker.path())
            : nested.isNested(context.type(taker.path())) && isDoneTo(taker.path(), steps - 1);
      }
      case LOCAL -> end.variable() != null && isReadAndFlattened(path, end.variable(), steps);
      // Whoever declares a field so knows what is in it.
      case STORED -> isDeclaredNested(end.site());
      default -> false;
    };
  }

  /** The call whose receiver the expression at {@code path} is, or null. */
  private @Nullable Call callOn(TreePath path) {
    Call call = context.call(path.getParentPath().getParentPath());
    TreePath receiver = call == null ? null : call.receiver();
    return receiver != null && receiver.getLeaf() == path.getLeaf() ? call : null;
  }

  private boolean isDeclaredNested(TreePath site) {
    TreePath target =
        site.getLeaf() instanceof AssignmentTree assignment
            ? new TreePath(site, assignment.getVariable())
            : site;
    Element field = context.element(target);
    return field != null && nested.isNested(field.asType());
  }

  private @Nullable Call taker(TreePath lambda) {
    TreePath parent = lambda.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree) {
      parent = parent.getParentPath();
    }
    return context.call(parent);
  }

  private boolean isDoneBy(Call next, int steps) {
    if (AWAITS.contains(next.name())) {
      return isKept(next.path());
    }
    if (next.arguments().stream().anyMatch(argument -> takesInner(next, argument))) {
      return true;
    }
    return nested.isNested(context.type(next.path())) && isDoneTo(next.path(), steps - 1);
  }

  /** Whether the inner future, which {@code join()} has just handed out, is used as one. */
  private boolean isKept(TreePath inner) {
    Destination end = context.destinations().of(inner);
    return switch (end.kind()) {
      case DROPPED, VOID_LAMBDA, LOOKED_AT -> false;
      case LOCAL -> end.variable() != null && isFuture(end.variable().asType());
      case ARGUMENT -> isFuture(Parameters.taking(end.value(), context));
      case RETURNED -> {
        Element method = context.element(context.surroundings().function(end.site()));
        yield method instanceof ExecutableElement && isFuture(result(method));
      }
      default -> true;
    };
  }

  private static TypeMirror result(Element method) {
    return ((ExecutableElement) method).getReturnType();
  }

  private boolean isFuture(@Nullable TypeMirror type) {
    return context.futures().isFuture(type);
  }

  /** Whether the function that a later stage is given uses the inner future as a future. */
  private boolean takesInner(Call next, TreePath argument) {
    TreePath function = Parameters.plain(argument);
    boolean composes = COMPOSERS.contains(next.name());
    if (function.getLeaf() instanceof LambdaExpressionTree lambda) {
      return lambda.getParameters().stream()
          .filter(parameter -> isFuture(typeOf(function, parameter)))
          .anyMatch(
              parameter ->
                  nested.isNested(typeOf(function, parameter))
                      || uses(function, parameter, composes));
    }
    if (function.getLeaf() instanceof MemberReferenceTree) {
      Element method = context.element(function);
      return composes
          || isOnFuture(method)
          || (method instanceof ExecutableElement executable
              && executable.getParameters().stream().anyMatch(p -> isFuture(p.asType())));
    }
    return composes;
  }

  private boolean isOnFuture(@Nullable Element method) {
    TypeElement owner = method == null ? null : TypeNames.enclosingType(method);
    return owner != null && isFuture(owner.asType());
  }

  private @Nullable TypeMirror typeOf(TreePath lambda, VariableTree parameter) {
    return context.type(new TreePath(lambda, parameter));
  }

  private boolean uses(TreePath lambda, VariableTree parameter, boolean anyMention) {
    Element variable = context.element(new TreePath(lambda, parameter));
    return anyRead(lambda, variable, read -> anyMention || isUsedAsFuture(read));
  }

  private boolean isUsedAsFuture(TreePath read) {
    Destination end = context.destinations().of(read);
    return switch (end.kind()) {
      case RECEIVER, RETURNED -> true;
      case ARGUMENT -> isFuture(Parameters.taking(end.value(), context));
      default -> false;
    };
  }

  private boolean isReadAndFlattened(TreePath from, VariableElement variable, int steps) {
    TreePath body = context.surroundings().function(from);
    return anyRead(body, variable, read -> isDoneTo(read, steps / 2));
  }

  private boolean anyRead(TreePath body, @Nullable Element variable, Predicate<TreePath> test) {
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        TreePath path = getCurrentPath();
        found[0] |= !found[0] && Objects.equals(context.element(path), variable) && test.test(path);
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        return found[0] ? null : super.visitMemberSelect(tree, null);
      }
    }.scan(body, null);
    return variable != null && found[0];
  }
}
