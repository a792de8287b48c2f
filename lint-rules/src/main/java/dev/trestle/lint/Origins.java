package dev.trestle.lint;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a future, or a container of futures, was made by the expression that yields it.
 */
public final class Origins {
  private static final Pattern WHEN = Pattern.compile("when\\p{Lu}.*");

  private final RuleContext context;
  private final FutureMethods methods;

  Origins(RuleContext context) {
    this.context = context;
    this.methods = new FutureMethods(context);
  }

  /** The origin of the value that the expression at {@code path} yields. */
  public Origin of(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof ParenthesizedTree parenthesizedTree) {
      return of(new TreePath(path, parenthesizedTree.getExpression()));
    }
    if (tree instanceof TypeCastTree typeCastTree) {
      return of(new TreePath(path, typeCastTree.getExpression()));
    }
    if (tree instanceof ConditionalExpressionTree choice) {
      return freshest(
          of(new TreePath(path, choice.getTrueExpression())),
          of(new TreePath(path, choice.getFalseExpression())));
    }
    if (tree instanceof SwitchExpressionTree) {
      return new Results(tree).freshest(path);
    }
    if (tree instanceof NewClassTree newClassTree) {
      return ofNew(newClassTree, path);
    }
    Call call = context.call(path);
    return call == null ? Origin.HELD : of(call);
  }

  /** The origin of what a lambda or method reference gives back each time it runs. */
  public Origin ofResult(TreePath function) {
    Tree tree = function.getLeaf();
    if (tree instanceof LambdaExpressionTree lambda) {
      TreePath body = new TreePath(function, lambda.getBody());
      return lambda.getBody() instanceof BlockTree ? new Results(tree).freshest(body) : of(body);
    }
    if (tree instanceof MemberReferenceTree memberReferenceTree) {
      Element element = context.element(function);
      if (!(element instanceof ExecutableElement executableElement)) {
        return Origin.HELD;
      }
      if (memberReferenceTree.getMode() == MemberReferenceTree.ReferenceMode.NEW) {
        return isOfJava(TypeNames.enclosingType(element)) ? Origin.HELD : Origin.FRESH;
      }
      return ofDeclaration(executableElement, null);
    }
    // A function that came from elsewhere makes a new future each time, as far as anyone can tell.
    return context.functions().method(context.type(function)) == null ? Origin.HELD : Origin.FRESH;
  }

  private Origin ofNew(NewClassTree tree, TreePath path) {
    // An anonymous class is as fresh as the one it extends.
    TypeMirror type = context.type(new TreePath(path, tree.getIdentifier()));
    return type instanceof DeclaredType declaredType
            && !isOfJava((TypeElement) declaredType.asElement())
        ? Origin.FRESH
        : Origin.HELD;
  }

  private Origin of(Call call) {
    if (methods.isCompleted(call) || methods.isFailed(call)) {
      return Origin.HELD;
    }
    TreePath givenBack = methods.givenBack(call);
    if (givenBack != null) {
      boolean made = givenBack.getLeaf() instanceof NewClassTree;
      return made ? Origin.FRESH : of(givenBack);
    }
    if (methods.isOnFuture(call)
        && (methods.isHandler(call) || methods.isDependent(call))
        && !context.shapes().handsBack(call.method())) {
      return Origin.FRESH;
    }
    if (isPipeline(call)) {
      return ofPipeline(call);
    }
    return ofDeclaration(call.method(), call);
  }

  /** Whether the call is a step of a stream, an Optional, a collector, or fills a collection. */
  private boolean isPipeline(Call call) {
    return call.ownerName().startsWith("java.util.")
        && !call.ownerName().startsWith("java.util.concurrent.")
        && !(call.method().getReturnType() instanceof TypeVariable
            && isClassVariable(call.method().getReturnType()));
  }

  private Origin ofPipeline(Call call) {
    TreePath receiver = call.receiver();
    Origin origin = Origin.HELD;
    if (receiver != null && context.futures().elementKind(context.type(receiver)) != null) {
      origin = of(receiver);
    }
    for (TreePath argument : call.arguments()) {
      origin = freshest(origin, ofElement(argument));
    }
    return origin;
  }

  private Origin ofElement(TreePath argument) {
    TypeMirror type = context.type(argument);
    if (context.futures().isFuture(type) || context.futures().elementKind(type) != null) {
      return of(argument);
    }
    if (RuleContext.isFunction(argument)) {
      TypeMirror result = context.functions().result(type);
      boolean made =
          context.futures().isFuture(result) || context.futures().elementKind(result) != null;
      return made ? ofResult(argument) : Origin.HELD;
    }
    Call collector = context.call(argument);
    return collector != null && collector.ownerName().equals("java.util.stream.Collectors")
        ? ofPipeline(collector)
        : Origin.HELD;
  }

  private Origin ofDeclaration(ExecutableElement method, @Nullable Call call) {
    TypeMirror declared = method.getReturnType();
    TypeElement owner = TypeNames.enclosingType(method);
    if (owner == null || context.shapes().handsBack(method)) {
      return Origin.HELD;
    }
    if (declared.getKind() == TypeKind.TYPEVAR) {
      return isClassVariable(declared)
          ? ofClassVariable((TypeVariable) declared, method, owner, call)
          : ofVariable((TypeVariable) declared, method, call);
    }
    return looksLikeGetter(method, owner)
        ? Origin.HELD
        : isNamedGet(method) ? Origin.UNSURE : ofOwner(method, owner);
  }

  // The element type of a class: containers hand out what they hold, functions make something new.
  private Origin ofClassVariable(
      TypeVariable variable, ExecutableElement method, TypeElement owner, @Nullable Call call) {
    if (call != null
        && method.getModifiers().contains(Modifier.ABSTRACT)
        && !isOfJava(owner)
        && isFixed(variable, call)
        && onlyProduces(owner, variable)) {
      return looksLikeGetter(method, owner) || isNamedGet(method) ? Origin.HELD : Origin.FRESH;
    }
    return ofFunction(method, owner);
  }

  // `interface Dao<R extends Future<?>>`, or `class AsyncDao extends Dao<Future<Long>>`: the future
  // is part of the class, and not just what somebody chose to put into a container.
  private boolean isFixed(TypeVariable variable, Call call) {
    if (context.futures().isFuture(variable.getUpperBound())) {
      return true;
    }
    TreePath receiver = call.receiver();
    if (receiver == null) {
      return true;
    }
    return context.type(receiver) instanceof DeclaredType declared
        && declared.getTypeArguments().stream().noneMatch(context.futures()::isFuture);
  }

  // What never takes a value of the type cannot hold one for somebody.
  private static boolean onlyProduces(TypeElement owner, TypeVariable variable) {
    return owner.getEnclosedElements().stream()
        .filter(ExecutableElement.class::isInstance)
        .flatMap(member -> ((ExecutableElement) member).getParameters().stream())
        .noneMatch(parameter -> mentions(parameter.asType(), variable));
  }

  private Origin ofFunction(ExecutableElement method, TypeElement owner) {
    ExecutableElement function = context.functions().method(owner.asType());
    boolean calls = function != null && function.equals(method);
    return calls && !(method.getParameters().isEmpty() && isHomeMadeGet(method, owner))
        ? Origin.FRESH
        : Origin.HELD;
  }

  private static boolean isHomeMadeGet(ExecutableElement method, TypeElement owner) {
    return method.getSimpleName().contentEquals("get")
        && !owner.getQualifiedName().toString().startsWith("java.util.function.")
        && owner.getAnnotation(FunctionalInterface.class) == null;
  }

  // `<T> T run(Supplier<T> body)` gives back what the body makes; `<T> T same(T value)` does not.
  private Origin ofVariable(TypeVariable variable, ExecutableElement method, @Nullable Call call) {
    boolean mentioned = false;
    for (int i = 0; i < method.getParameters().size(); i++) {
      TypeMirror parameter = method.getParameters().get(i).asType();
      if (!mentions(parameter, variable)) {
        continue;
      }
      mentioned = true;
      ExecutableType descriptor = context.functions().descriptor(parameter);
      boolean yields = descriptor != null && mentions(descriptor.getReturnType(), variable);
      if (call != null && i < call.arguments().size()) {
        TreePath argument = call.arguments().get(i);
        if ((yields && ofResult(argument) == Origin.FRESH)
            || (ofElement(argument) == Origin.FRESH && !isExactly(parameter, variable))) {
          return Origin.FRESH;
        }
      }
    }
    return mentioned ? Origin.HELD : Origin.FRESH;
  }

  private static boolean isExactly(TypeMirror parameter, TypeVariable variable) {
    return parameter instanceof TypeVariable typeVariable
        && typeVariable.asElement().equals(variable.asElement());
  }

  private static boolean mentions(TypeMirror type, TypeVariable variable) {
    if (isExactly(type, variable)) {
      return true;
    }
    return switch (type.getKind()) {
      case ARRAY -> mentions(((ArrayType) type).getComponentType(), variable);
      case DECLARED ->
          ((DeclaredType) type)
              .getTypeArguments().stream().anyMatch(argument -> mentions(argument, variable));
      case WILDCARD ->
          mentionsBound(((WildcardType) type).getExtendsBound(), variable)
              || mentionsBound(((WildcardType) type).getSuperBound(), variable);
      default -> false;
    };
  }

  private static boolean mentionsBound(@Nullable TypeMirror bound, TypeVariable variable) {
    return bound != null && mentions(bound, variable);
  }

  private static boolean isClassVariable(TypeMirror type) {
    Element element = ((TypeVariable) type).asElement();
    return !(element instanceof TypeParameterElement typeParameterElement)
        || typeParameterElement.getGenericElement() instanceof TypeElement;
  }

  private boolean looksLikeGetter(ExecutableElement method, TypeElement owner) {
    if (tellsWhen(method)) {
      return true;
    }
    if (!method.getParameters().isEmpty()
        || context.shapes().isKnown(method)
        || methods.isSubscription(method)) {
      return false;
    }
    String name = method.getSimpleName().toString();
    boolean record =
        owner.getRecordComponents().stream()
            .anyMatch(component -> component.getSimpleName().contentEquals(name));
    return record || MethodShapes.isNamedFuture(name) || isFieldOf(owner, name);
  }

  // `whenClosed()` of an interface: the end of something that goes on anyway.
  private static boolean tellsWhen(ExecutableElement method) {
    return method.getParameters().isEmpty()
        && (method.isDefault() || method.getModifiers().contains(Modifier.ABSTRACT))
        && WHEN.matcher(method.getSimpleName()).matches();
  }

  private boolean isNamedGet(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    return name.startsWith("get")
        && !name.endsWith("Async")
        && method.getParameters().isEmpty()
        && !context.shapes().isKnown(method);
  }

  private static boolean isFieldOf(TypeElement owner, String name) {
    return owner.getEnclosedElements().stream()
        .anyMatch(e -> e instanceof VariableElement && e.getSimpleName().contentEquals(name));
  }

  private static Origin ofOwner(ExecutableElement method, TypeElement owner) {
    String name = owner.getQualifiedName().toString();
    // What is submitted to a completion service is taken from it again, by whoever polls it.
    if (TypeNames.anySuper(owner, "java.util.concurrent.CompletionService"::equals)) {
      return Origin.HELD;
    }
    if (name.startsWith("java.util.concurrent.")) {
      return switch (method.getSimpleName().toString()) {
        case "newIncompleteFuture", "adapt", "adaptInterruptible", "poll", "take", "invokeAll" ->
            Origin.HELD;
        default -> Origin.FRESH;
      };
    }
    if (name.startsWith("io.netty.")
        && (method.getSimpleName().toString().startsWith("new")
            || method.getSimpleName().contentEquals("voidPromise"))) {
      return Origin.HELD;
    }
    return Origin.FRESH;
  }

  private static boolean isOfJava(@Nullable TypeElement type) {
    return type == null || type.getQualifiedName().toString().startsWith("java.");
  }

  private static Origin freshest(Origin left, Origin right) {
    return left.compareTo(right) <= 0 ? left : right;
  }

  /** Collects what the returns of a lambda, or the branches of a switch, yield. */
  private final class Results extends OwnCode {
    private final Tree of;
    private Origin found = Origin.HELD;

    Results(Tree of) {
      this.of = of;
    }

    Origin freshest(TreePath body) {
      scan(body, null);
      return found;
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void unused) {
      if (of instanceof LambdaExpressionTree && tree.getExpression() != null) {
        add(tree.getExpression());
      }
      return null;
    }

    @Override
    public Void visitYield(YieldTree tree, Void unused) {
      if (of instanceof SwitchExpressionTree) {
        add(tree.getValue());
      }
      return null;
    }

    @Override
    public Void visitCase(CaseTree tree, Void unused) {
      if (of instanceof SwitchExpressionTree && tree.getBody() instanceof ExpressionTree) {
        add(tree.getBody());
        return null;
      }
      return super.visitCase(tree, null);
    }

    private void add(Tree value) {
      found = Origins.freshest(found, of(new TreePath(getCurrentPath(), value)));
    }

    private Origin of(TreePath path) {
      return Origins.this.of(path);
    }
  }

  /** The methods of the future libraries. */
  public FutureMethods methods() {
    return methods;
  }
}
