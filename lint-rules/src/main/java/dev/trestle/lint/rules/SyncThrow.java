package dev.trestle.lint.rules;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Confidence;
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
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.UnionType;
import org.jspecify.annotations.Nullable;

/** A failure that leaves a method as an exception, though the method promises a future. */
public final class SyncThrow implements Rule {
  /** What is wrong with the caller, or with the program, and not with the work. */
  private static final Set<String> ARGUMENT_ERRORS =
      Set.of(
          "java.lang.IllegalArgumentException",
          "java.lang.NullPointerException",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.UnsupportedOperationException",
          "java.lang.Error",
          "java.util.concurrent.RejectedExecutionException");

  @Override
  public String id() {
    return "sync-throw";
  }

  @Override
  public String summary() {
    return "A throw out of a method that returns a future: its callers have two errors to handle.";
  }

  @Override
  public Severity severity() {
    return Severity.OFF;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.THROW);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    TreePath function = context.surroundings().function(path);
    TypeMirror thrown =
        context.type(new TreePath(path, ((ThrowTree) path.getLeaf()).getExpression()));
    if (thrown != null
        && thrown.getKind() != TypeKind.ERROR
        && function.getLeaf() instanceof MethodTree
        && context.element(function) instanceof ExecutableElement method
        && Awaitables.isAwaitable(method.getReturnType(), context.futures())
        && !isAnnounced(path, (MethodTree) function.getLeaf(), method, thrown, context)
        && !isNamed(thrown, ARGUMENT_ERRORS)
        && !isCaughtOrChecked(path, function, thrown, context)) {
      String message =
          "this throw leaves "
              + method.getSimpleName()
              + "(..), which returns a "
              + Messages.typeName(method.getReturnType())
              + ": callers that handle failures on the future never see it; return"
              + " failedFuture(..) (see lint-rules/docs/sync-throw.md)";
      context.report(path, Confidence.CERTAIN, message);
    }
  }

  /** Whether the throw is all there is of the method, or its signature names the exception. */
  private static boolean isAnnounced(
      TreePath path,
      MethodTree tree,
      ExecutableElement method,
      TypeMirror thrown,
      RuleContext context) {
    boolean all = tree.getBody() != null && tree.getBody().getStatements().get(0) == path.getLeaf();
    TypeMirror runtime = context.elements().getTypeElement("java.lang.RuntimeException").asType();
    return all
        || method.getThrownTypes().stream()
            .anyMatch(
                type ->
                    context.types().isSubtype(type, runtime)
                        && context.types().isSubtype(thrown, type));
  }

  private static boolean isNamed(@Nullable TypeMirror type, Set<String> names) {
    return type instanceof DeclaredType declared
        && TypeNames.anySuper((TypeElement) declared.asElement(), names::contains);
  }

  private static boolean isCaughtOrChecked(
      TreePath path, TreePath function, TypeMirror thrown, RuleContext context) {
    for (TreePath at = path; at.getLeaf() != function.getLeaf(); at = at.getParentPath()) {
      TreePath parent = at.getParentPath();
      Tree inner = at.getLeaf();
      boolean stays = stays(parent, inner, thrown, context);
      if (stays) {
        return true;
      }
    }
    return false;
  }

  private static boolean stays(
      TreePath parent, Tree inner, TypeMirror thrown, RuleContext context) {
    Tree tree = parent.getLeaf();
    if (tree instanceof TryTree attempt) {
      return attempt.getBlock() == inner && catches(parent, attempt, thrown, context);
    }
    if (tree instanceof CatchTree handler) {
      return isOfArgument(parent, handler, context);
    }
    if (tree instanceof IfTree choice) {
      return choice.getCondition() != inner
          && isAboutArguments(parent, choice.getCondition(), context);
    }
    if (tree instanceof SwitchTree choice) {
      return isAboutArguments(parent, choice.getExpression(), context);
    }
    return tree instanceof SwitchExpressionTree value
        && isAboutArguments(parent, value.getExpression(), context);
  }

  private static boolean catches(
      TreePath path, TryTree attempt, TypeMirror thrown, RuleContext context) {
    return attempt.getCatches().stream()
        .flatMap(handler -> caught(path, handler, context).stream())
        .anyMatch(type -> context.types().isSubtype(thrown, type));
  }

  private static List<? extends TypeMirror> caught(
      TreePath attempt, CatchTree handler, RuleContext context) {
    TreePath type =
        new TreePath(
            new TreePath(new TreePath(attempt, handler), handler.getParameter()),
            handler.getParameter().getType());
    TypeMirror caught = context.type(type);
    return caught instanceof UnionType union
        ? union.getAlternatives()
        : caught == null ? List.of() : List.of(caught);
  }

  // `catch (NumberFormatException e)`: what was tried is reading an argument.
  private static boolean isOfArgument(TreePath path, CatchTree handler, RuleContext context) {
    return caught(path.getParentPath(), handler, context).stream()
        .allMatch(type -> isNamed(type, ARGUMENT_ERRORS));
  }

  /** Whether a condition is about the method's parameters and about nothing else. */
  private static boolean isAboutArguments(
      TreePath parent, ExpressionTree condition, RuleContext context) {
    Mentions mentions = new Mentions(context);
    mentions.scan(new TreePath(parent, condition), null);
    return mentions.parameters && !mentions.others;
  }

  /** Looks at the names in a condition. */
  private static final class Mentions extends TreePathScanner<Void, Void> {
    private final RuleContext context;
    boolean parameters;
    boolean others;

    Mentions(RuleContext context) {
      this.context = context;
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void unused) {
      Element element = context.element(getCurrentPath());
      if (element == null) {
        return null;
      }
      switch (element.getKind()) {
        case PARAMETER, BINDING_VARIABLE -> parameters = true;
        case LOCAL_VARIABLE -> {
          if (isLoopOverArguments(element)) {
            parameters = true;
          } else {
            others = true;
          }
        }
        case FIELD ->
            others |=
                !element.getModifiers().contains(Modifier.STATIC)
                    || !element.getModifiers().contains(Modifier.FINAL);
        default -> {}
      }
      return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      // `isClosed()` asks this object for its state; `isValid(item)` looks at the argument.
      boolean own =
          tree.getMethodSelect() instanceof IdentifierTree && tree.getArguments().isEmpty();
      others |= own;
      return super.visitMethodInvocation(tree, null);
    }

    private boolean isLoopOverArguments(Element variable) {
      for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
        if (at.getLeaf() instanceof EnhancedForLoopTree loop
            && variable.equals(context.element(new TreePath(at, loop.getVariable())))) {
          return variable.getKind() == ElementKind.LOCAL_VARIABLE
              && isAboutArguments(at, loop.getExpression(), context);
        }
      }
      return false;
    }
  }
}
