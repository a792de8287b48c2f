package dev.trestle.lint.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Fate;
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
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A future taken for the value it will have: compared with one, or made part of a text. */
public final class FutureAsValue implements Rule {
  private static final Set<String> TEXT_BUILDERS =
      Set.of(
          "java.lang.StringBuilder",
          "java.lang.StringBuffer",
          "java.lang.AbstractStringBuilder",
          "java.util.StringJoiner");

  private static final Set<String> TEXT_MAKERS = Set.of("format", "formatted", "valueOf", "join");

  private static final Set<String> APPENDERS = Set.of("append", "insert", "add");

  @Override
  public String id() {
    return "future-as-value";
  }

  @Override
  public String summary() {
    return "A future is compared or printed as if it were the value it will have.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.PLUS, Tree.Kind.PLUS_ASSIGNMENT);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof BinaryTree sum) {
      if (isText(context.type(path))) {
        checkText(path, sum.getLeftOperand(), context);
        checkText(path, sum.getRightOperand(), context);
      }
    } else if (path.getLeaf() instanceof CompoundAssignmentTree sum) {
      if (isText(context.type(new TreePath(path, sum.getVariable())))) {
        checkText(path, sum.getExpression(), context);
      }
    } else {
      Call call = context.call(path);
      if (call != null) {
        checkCall(call, context);
      }
    }
  }

  private static void checkCall(Call call, RuleContext context) {
    if (makesText(call)) {
      for (Tree argument : call.tree().getArguments()) {
        checkText(call.path(), argument, context);
      }
      return;
    }
    if (!call.name().endsWith("quals")) {
      return;
    }
    List<TreePath> arguments = call.arguments();
    TreePath receiver = call.receiver();
    if (call.name().equals("equals") && arguments.size() == 1 && receiver != null) {
      checkEqual(receiver, arguments.get(0), context);
      checkEqual(arguments.get(0), receiver, context);
    } else if (call.ownerName().equals("java.util.Objects")) {
      checkEqual(arguments.get(0), arguments.get(1), context);
      checkEqual(arguments.get(1), arguments.get(0), context);
    }
  }

  private static boolean makesText(Call call) {
    return call.ownerName().equals("java.lang.String")
        ? TEXT_MAKERS.contains(call.name())
        : TEXT_BUILDERS.contains(call.ownerName()) && APPENDERS.contains(call.name());
  }

  private static void checkText(TreePath parent, Tree operand, RuleContext context) {
    TreePath future = Parameters.plain(new TreePath(parent, operand));
    TypeMirror type = context.type(future);
    if (Awaitables.isAwaitable(type, context.futures())
        && !declaresItself(type, "toString")
        && !isUnAwaited(future, context)
        && !Diagnosis.isMeantForPeople(parent, context)
        && !Diagnosis.isTraced(future.getLeaf(), parent, context)) {
      report(
          future, type, "made part of a text, which shows the future and not its value", context);
    }
  }

  private static void checkEqual(TreePath path, TreePath other, RuleContext context) {
    TreePath future = Parameters.plain(path);
    TypeMirror type = context.type(future);
    TypeMirror value = context.type(Parameters.plain(other));
    if (type != null
        && value != null
        && Awaitables.isAwaitable(type, context.futures())
        && !declaresItself(type, "equals")
        && isNoFuture(value, type, context)) {
      report(future, type, "compared with a value, to which it is never equal", context);
    }
  }

  private static void report(
      TreePath future, @Nullable TypeMirror type, String what, RuleContext context) {
    ExpressionTree tree = (ExpressionTree) future.getLeaf();
    String message =
        Messages.describe(tree).replace("this expression", tree.toString())
            + " is a "
            + Messages.typeName(type)
            + " and is "
            + what
            + "; use the value: in thenApply(value -> ...), or after join() where blocking is"
            + " fine (see lint-rules/docs/future-as-value.md)";
    context.report(future, Confidence.LIKELY, message);
  }

  private static boolean isText(@Nullable TypeMirror type) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement())
            .getQualifiedName()
            .contentEquals("java.lang.String");
  }

  /** Whether nothing of type {@code value} can be a future of the type compared with it. */
  private static boolean isNoFuture(TypeMirror value, TypeMirror future, RuleContext context) {
    return switch (value.getKind()) {
      case BOOLEAN, BYTE, CHAR, SHORT, INT, LONG, FLOAT, DOUBLE, ARRAY -> true;
      case DECLARED -> {
        TypeElement element = (TypeElement) ((DeclaredType) value).asElement();
        boolean broad =
            context
                .types()
                .isAssignable(context.types().erasure(future), context.types().erasure(value));
        // Some class may implement both an interface and a future.
        boolean closed =
            element.getKind() != ElementKind.INTERFACE
                || element.getQualifiedName().toString().startsWith("java.util.")
                || element.getQualifiedName().contentEquals("java.lang.CharSequence");
        yield !context.futures().isFuture(value)
            && !broad
            && closed
            && !element.getQualifiedName().toString().startsWith("java.util.function.");
      }
      default -> false;
    };
  }

  /** Whether a class of the future's own, and not of the JDK, says how it prints or compares. */
  private static boolean declaresItself(@Nullable TypeMirror type, String method) {
    return type instanceof DeclaredType declared
        && declaresItself((TypeElement) declared.asElement(), method);
  }

  private static boolean declaresItself(TypeElement type, String method) {
    if (type.getQualifiedName().toString().startsWith("java.")) {
      return false;
    }
    return type.getEnclosedElements().stream()
            .anyMatch(
                member ->
                    member.getKind() == ElementKind.METHOD
                        && member.getSimpleName().contentEquals(method))
        || TypeNames.parents(type).stream().anyMatch(parent -> declaresItself(parent, method));
  }

  /** Whether the future is a local that is only looked at, which {@code un-awaited} reports. */
  private static boolean isUnAwaited(TreePath read, RuleContext context) {
    Element variable = context.element(read);
    if (variable == null || variable.getKind() != ElementKind.LOCAL_VARIABLE) {
      return false;
    }
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        TreePath path = getCurrentPath();
        found[0] |=
            variable.equals(context.element(path))
                && tree.getInitializer() != null
                && context.origins().of(new TreePath(path, tree.getInitializer())) == Origin.FRESH
                && context.flows().around(path).fateOf(tree) == Fate.LOOKED_AT;
        return super.visitVariable(tree, null);
      }
    }.scan(context.surroundings().function(read), null);
    return found[0];
  }
}
