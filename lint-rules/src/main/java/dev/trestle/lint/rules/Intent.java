package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Destination;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Signs in the code that a result is dropped on purpose. */
final class Intent {
  private final RuleContext context;

  Intent(RuleContext context) {
    this.context = context;
  }

  /** Whether the method says that its result need not be looked at. */
  boolean isIgnorable(ExecutableElement method) {
    if (isAnnotated(method, "CanIgnoreReturnValue")) {
      return true;
    }
    if (isAnnotated(method, "CheckReturnValue")) {
      return false;
    }
    TypeElement owner = TypeNames.enclosingType(method);
    for (Element type = owner; type instanceof TypeElement; type = type.getEnclosingElement()) {
      if (isAnnotated(type, "CanIgnoreReturnValue")) {
        return true;
      }
      if (isAnnotated(type, "CheckReturnValue")) {
        return false;
      }
    }
    return owner != null && overridesIgnorable(method, owner, owner);
  }

  /** Whether the call is part of a stubbing or a verification: {@code verify(mock).save()}. */
  boolean isOnMock(Call call) {
    TreePath receiver = call.receiver();
    Call before = receiver == null ? null : context.call(receiver);
    return before != null
        && (before.ownerName().startsWith("org.mockito.")
            || before.ownerName().startsWith("org.easymock."));
  }

  /** Whether the variable's name says that nobody will look at it. */
  static boolean isUnusedName(CharSequence name) {
    String lower = name.toString().toLowerCase(Locale.ROOT);
    return lower.isEmpty()
        || lower.equals("_")
        || lower.startsWith("unused")
        || lower.startsWith("ignore");
  }

  /** Whether the value is dropped in a function that is there to throw: {@code assertThrows}. */
  boolean isExpectedToThrow(Destination destination) {
    TreePath site = destination.site();
    if (destination.kind() == Destination.Kind.VOID_LAMBDA) {
      return throwsAnything(context.type(site));
    }
    TreePath block = site.getParentPath();
    TreePath lambda = block == null ? null : block.getParentPath();
    if (lambda == null
        || !(lambda.getLeaf() instanceof LambdaExpressionTree)
        || !(block.getLeaf() instanceof BlockTree)) {
      return false;
    }
    List<? extends StatementTree> all = ((BlockTree) block.getLeaf()).getStatements();
    Tree last = all.get(all.size() - 1);
    return last == site.getLeaf() && throwsAnything(context.type(lambda));
  }

  /**
   * Whether a function of this type takes nothing, gives nothing and may throw any Throwable.
   * RxJava declares its actions so too, but it runs them to get their work done.
   */
  boolean throwsAnything(@Nullable TypeMirror function) {
    ExecutableElement method = context.functions().method(function);
    return method != null
        && method.getParameters().isEmpty()
        && !String.valueOf(method.getEnclosingElement()).startsWith("io.reactivex.")
        && method.getThrownTypes().stream()
            .anyMatch(type -> type.toString().equals("java.lang.Throwable"));
  }

  private boolean overridesIgnorable(
      ExecutableElement method, TypeElement owner, TypeElement below) {
    for (TypeElement parent : TypeNames.parents(below)) {
      for (Element member : parent.getEnclosedElements()) {
        if (member.getKind() == ElementKind.METHOD
            && member.getSimpleName().equals(method.getSimpleName())
            && isAnnotated(member, "CanIgnoreReturnValue")
            && context.elements().overrides(method, (ExecutableElement) member, owner)) {
          return true;
        }
      }
      if (overridesIgnorable(method, owner, parent)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnnotated(Element element, String simpleName) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(
            mirror ->
                mirror.getAnnotationType().asElement().getSimpleName().contentEquals(simpleName));
  }
}
