package dev.trestle.lint.rules;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Destination;
import dev.trestle.lint.Fate;
import dev.trestle.lint.FutureTypes;
import dev.trestle.lint.Origin;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** The part of {@code un-awaited} that looks at method and constructor references. */
final class DroppedReference {
  private final TreePath path;
  private final MemberReferenceTree tree;
  private final RuleContext context;
  private final Intent intent;

  DroppedReference(TreePath path, RuleContext context) {
    this.path = path;
    this.tree = (MemberReferenceTree) path.getLeaf();
    this.context = context;
    this.intent = new Intent(context);
  }

  void check() {
    Element element = context.element(path);
    if (!(element instanceof ExecutableElement method)) {
      return;
    }

    TypeMirror target = context.type(path);
    TypeMirror result = result(method, target);
    FutureTypes.Kind kind = context.futures().kindOf(result);
    FutureTypes.Kind shown = kind != null ? kind : context.futures().elementKind(result);
    if (shown == null
        || intent.isIgnorable(method)
        || intent.throwsAnything(target)
        || context.origins().methods().givesBack(method, target)
        || context.origins().ofResult(path) == Origin.HELD) {
      return;
    }
    if (context.functions().returnsVoid(target)) {
      Destination here =
          new Destination(Destination.Kind.VOID_LAMBDA, path, path, path, null, false);
      report(here, result, shown, "method-ref");
      return;
    }
    Destination destination = context.destinations().ofResult(path);
    if (isLost(destination)) {
      report(destination, result, shown, "collection");
    }
  }

  private boolean isLost(Destination destination) {
    VariableElement variable = destination.variable();
    return switch (destination.kind()) {
      case DROPPED, VOID_LAMBDA -> !intent.isExpectedToThrow(destination);
      case LOOKED_AT -> true;
      case LOCAL ->
          variable != null
              && !Intent.isUnusedName(variable.getSimpleName())
              && fate(destination) != Fate.READ;
      case ADDED ->
          variable != null
              && context.flows().around(path).isOwn(variable)
              && fate(destination) != Fate.READ;
      default -> false;
    };
  }

  private Fate fate(Destination destination) {
    return context.flows().around(path).fateOf(destination.site().getLeaf());
  }

  private void report(
      Destination destination, @Nullable TypeMirror result, FutureTypes.Kind kind, String reason) {
    String why = kind == FutureTypes.Kind.NETTY ? "netty" : reason;
    Confidence sure = why.equals("netty") ? Confidence.POSSIBLE : Confidence.CERTAIN;
    String message = Messages.unAwaited(path, result, destination, kind, why);
    context.report(destination.link(), why, sure, message);
  }

  /** What the referenced method gives back here, or null if it is not known. */
  @Nullable TypeMirror result() {
    return context.element(path) instanceof ExecutableElement method
        ? result(method, context.type(path))
        : null;
  }

  /** What the referenced method gives back here; the tree itself only knows the declared type. */
  private @Nullable TypeMirror result(ExecutableElement method, @Nullable TypeMirror target) {
    if (method.getKind() == ElementKind.CONSTRUCTOR) {
      Element owner = TypeNames.enclosingType(method);
      return owner == null ? null : owner.asType();
    }
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      TypeMirror qualifier = context.type(new TreePath(path, tree.getQualifierExpression()));
      DeclaredType owner = instantiated(qualifier, target);
      if (owner != null) {
        ExecutableType member = context.functions().memberOf(owner, method);
        return member == null ? null : member.getReturnType();
      }
    }
    return method.getReturnType();
  }

  // `Supplier::get` has a raw qualifier: what it is called on is the function's first parameter.
  private @Nullable DeclaredType instantiated(
      @Nullable TypeMirror qualifier, @Nullable TypeMirror target) {
    if (!(qualifier instanceof DeclaredType declared)) {
      return null;
    }
    List<?> parameters = ((TypeElement) declared.asElement()).getTypeParameters();
    ExecutableType descriptor = context.functions().descriptor(target);
    boolean raw = declared.getTypeArguments().isEmpty() && !parameters.isEmpty();
    if (!raw || descriptor == null || descriptor.getParameterTypes().isEmpty()) {
      return raw ? null : declared;
    }
    TypeMirror first = descriptor.getParameterTypes().get(0);
    if (first instanceof WildcardType) {
      WildcardType wildcard = (WildcardType) first;
      first =
          wildcard.getSuperBound() != null ? wildcard.getSuperBound() : wildcard.getExtendsBound();
    }
    if (first instanceof TypeVariable) {
      TypeMirror lower = ((TypeVariable) first).getLowerBound();
      first = lower instanceof DeclaredType ? lower : ((TypeVariable) first).getUpperBound();
    }
    return first instanceof DeclaredType
            && context
                .types()
                .isSubtype(context.types().erasure(first), context.types().erasure(declared))
        ? (DeclaredType) first
        : null;
  }
}
