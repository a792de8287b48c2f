package dev.trestle.lint;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import java.util.EnumSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Follows a value outwards from the expression that yields it, through parentheses, casts,
 * branches, calls that give it back and containers it is put into, to whatever takes it.
 */
public final class Destinations {
  private static final Set<Tree.Kind> LINKS =
      EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.NEW_CLASS, Tree.Kind.NEW_ARRAY);

  private final RuleContext context;
  private final FutureMethods methods;
  private final PipelineFunctions functions;

  Destinations(RuleContext context) {
    this.context = context;
    this.methods = new FutureMethods(context);
    this.functions = new PipelineFunctions(context);
  }

  /** Where the value of the expression at {@code path} goes. */
  public Destination of(TreePath path) {
    boolean contained = context.futures().elementKind(context.type(path)) != null;
    return new Walk(path, contained).follow();
  }

  /** Where what a lambda or method reference gives back goes, as far as its call is known. */
  public Destination ofResult(TreePath function) {
    Walk walk = new Walk(function, false);
    return walk.intoPipeline(function)
        ? walk.follow()
        : walk.at(Destination.Kind.LAMBDA_RESULT, function);
  }

  /** One value on its way out. */
  private final class Walk {
    private TreePath value;
    private TreePath link;
    private boolean contained;

    Walk(TreePath value, boolean contained) {
      this.value = value;
      this.link = value;
      this.contained = contained;
    }

    Destination follow() {
      while (true) {
        Destination end = step(value.getParentPath());
        if (end != null) {
          return end;
        }
      }
    }

    Destination at(Destination.Kind kind, TreePath site) {
      return new Destination(kind, value, link, site, null, contained);
    }

    /** Moves one step outwards, or says where the value ends. */
    private @Nullable Destination step(@Nullable TreePath parent) {
      if (parent == null) {
        return at(Destination.Kind.OTHER, value);
      }
      Tree tree = parent.getLeaf();
      return switch (tree.getKind()) {
        case PARENTHESIZED, TYPE_CAST -> outTo(parent);
        case CONDITIONAL_EXPRESSION ->
            ((ConditionalExpressionTree) tree).getCondition() == value.getLeaf()
                ? at(Destination.Kind.OTHER, parent)
                : outTo(parent);
        case CASE -> {
          TreePath choice = parent.getParentPath();
          yield ((CaseTree) tree).getBody() == value.getLeaf()
                  && choice.getLeaf() instanceof SwitchExpressionTree
              ? outTo(choice)
              : at(Destination.Kind.OTHER, parent);
        }
        case YIELD -> outTo(enclosingSwitch(parent));
        case EXPRESSION_STATEMENT -> at(Destination.Kind.DROPPED, parent);
        case RETURN -> fromReturn(parent);
        case LAMBDA_EXPRESSION -> fromLambda(parent);
        case MEMBER_SELECT -> fromSelect(parent);
        case METHOD_INVOCATION -> fromArgument(parent);
        case NEW_CLASS -> fromNew(parent);
        case NEW_ARRAY -> {
          contained = true;
          yield outTo(parent);
        }
        case VARIABLE -> fromVariable(parent);
        case ASSIGNMENT -> fromAssignment(parent);
        case PLUS -> isText(parent) ? at(Destination.Kind.LOOKED_AT, parent) : other(parent);
        case PLUS_ASSIGNMENT, EQUAL_TO, NOT_EQUAL_TO -> at(Destination.Kind.LOOKED_AT, parent);
        case INSTANCE_OF ->
            ((InstanceOfTree) tree).getPattern() == null
                ? at(Destination.Kind.LOOKED_AT, parent)
                : other(parent);
        default -> other(parent);
      };
    }

    private Destination other(TreePath parent) {
      return at(Destination.Kind.OTHER, parent);
    }

    private @Nullable Destination outTo(TreePath next) {
      value = next;
      if (LINKS.contains(next.getLeaf().getKind())) {
        link = next;
      }
      return null;
    }

    private boolean isText(TreePath plus) {
      return plus.getLeaf() instanceof BinaryTree
          && String.valueOf(context.type(plus)).startsWith("java.lang.String");
    }

    private TreePath enclosingSwitch(TreePath yield) {
      TreePath path = yield;
      while (!(path.getLeaf() instanceof SwitchExpressionTree)) {
        path = path.getParentPath();
      }
      return path;
    }

    private @Nullable Destination fromReturn(TreePath statement) {
      TreePath function = context.surroundings().function(statement);
      if (!(function.getLeaf() instanceof LambdaExpressionTree)) {
        return at(Destination.Kind.RETURNED, statement);
      }
      return intoPipeline(function) ? null : at(Destination.Kind.LAMBDA_RESULT, function);
    }

    private @Nullable Destination fromLambda(TreePath lambda) {
      TypeMirror target = context.type(lambda);
      if (context.functions().method(target) == null) {
        return other(lambda);
      }
      if (context.functions().returnsVoid(target)) {
        return at(Destination.Kind.VOID_LAMBDA, lambda);
      }
      return intoPipeline(lambda) ? null : at(Destination.Kind.LAMBDA_RESULT, lambda);
    }

    /** Moves on to the stream, Optional or collector that a function fills, if it fills one. */
    boolean intoPipeline(TreePath function) {
      TreePath parent = function.getParentPath();
      while (parent != null
          && (parent.getLeaf() instanceof ParenthesizedTree
              || parent.getLeaf() instanceof TypeCastTree)) {
        parent = parent.getParentPath();
      }
      Call call = parent == null ? null : context.call(parent);
      if (call == null || !(isFilledBy(call) || isCollector(call))) {
        return false;
      }
      contained = true;
      value = call.path();
      link = value;
      return true;
    }

    private boolean isFilledBy(Call call) {
      return call.ownerName().startsWith("java.util.")
          && call.method().getReturnType().getKind() != TypeKind.TYPEVAR
          && context.futures().elementKind(context.type(call.path())) != null;
    }

    private boolean isCollector(Call call) {
      return call.ownerName().equals("java.util.stream.Collectors");
    }

    private @Nullable Destination fromSelect(TreePath select) {
      TreePath parent = select.getParentPath();
      Call call = parent == null ? null : context.call(parent);
      if (call == null || call.tree().getMethodSelect() != select.getLeaf()) {
        boolean length =
            contained
                && ((MemberSelectTree) select.getLeaf()).getIdentifier().contentEquals("length");
        return length ? at(Destination.Kind.LOOKED_AT, select) : other(select);
      }
      if (contained) {
        if (call.arguments().stream().anyMatch(functions::isUser)) {
          return at(Destination.Kind.RECEIVER, parent);
        }
        if ((context.futures().elementKind(context.type(parent)) != null
                || call.name().equals("toArray"))
            && call.ownerName().startsWith("java.util.")) {
          return outTo(parent);
        }
        // The one element of a pipeline is still what the pipeline made.
        return methods.isContainerLook(call)
            ? at(Destination.Kind.LOOKED_AT, parent)
            : at(Destination.Kind.RECEIVER, parent);
      }
      if (isSame(methods.givenBack(call), value)) {
        return outTo(parent);
      }
      if (methods.isPoll(call)) {
        return at(Destination.Kind.POLLED, parent);
      }
      return at(
          methods.isLook(call) ? Destination.Kind.LOOKED_AT : Destination.Kind.RECEIVER, parent);
    }

    private @Nullable Destination fromArgument(TreePath parent) {
      Call call = context.call(parent);
      if (call == null) {
        return at(Destination.Kind.ARGUMENT, parent);
      }
      if (isSame(methods.givenBack(call), value)) {
        return outTo(parent);
      }
      if (methods.isPrint(call)
          || (methods.isLook(call) && call.ownerName().equals("java.lang.Object"))) {
        return at(Destination.Kind.LOOKED_AT, parent);
      }
      if (isFilledBy(call) || (contained && isCollector(call))) {
        contained = true;
        return outTo(parent);
      }
      if (contained && isCollected(call)) {
        return outTo(parent);
      }
      VariableElement container = local(call.receiver());
      return container != null && methods.isAdd(call)
          ? new Destination(Destination.Kind.ADDED, value, link, parent, container, true)
          : at(Destination.Kind.ARGUMENT, parent);
    }

    // `collect(toMap(..))`: its declared result is a type variable, its collector says what it is.
    private boolean isCollected(Call call) {
      return call.name().equals("collect")
          && call.ownerName().startsWith("java.util.stream.")
          && context.futures().elementKind(context.type(call.path())) != null;
    }

    private @Nullable Destination fromNew(TreePath parent) {
      NewClassTree tree = (NewClassTree) parent.getLeaf();
      String type = String.valueOf(context.type(parent));
      if (tree.getClassBody() == null
          && type.startsWith("java.util.")
          && context.futures().elementKind(context.type(parent)) != null) {
        contained = true;
        return outTo(parent);
      }
      return at(Destination.Kind.ARGUMENT, parent);
    }

    private Destination fromVariable(TreePath parent) {
      Element element = context.element(parent);
      if (element == null || element.getKind() != ElementKind.LOCAL_VARIABLE) {
        return at(
            element != null && element.getKind() == ElementKind.FIELD
                ? Destination.Kind.STORED
                : Destination.Kind.OTHER,
            parent);
      }
      return new Destination(
          Destination.Kind.LOCAL, value, link, parent, (VariableElement) element, contained);
    }

    private @Nullable Destination fromAssignment(TreePath parent) {
      AssignmentTree tree = (AssignmentTree) parent.getLeaf();
      if (tree.getExpression() != value.getLeaf()) {
        return other(parent);
      }
      VariableElement local = local(new TreePath(parent, tree.getVariable()));
      boolean alsoUsed = !isStatement(parent);
      if (alsoUsed) {
        Walk outside = new Walk(parent, contained);
        Destination end = outside.follow();
        if (end.kind() != Destination.Kind.LOOKED_AT
            && end.kind() != Destination.Kind.VOID_LAMBDA) {
          return end;
        }
      }
      if (local != null) {
        return new Destination(Destination.Kind.LOCAL, value, link, parent, local, contained);
      }
      if (tree.getVariable() instanceof ArrayAccessTree) {
        ExpressionTree array = ((ArrayAccessTree) tree.getVariable()).getExpression();
        VariableElement container =
            local(new TreePath(new TreePath(parent, tree.getVariable()), array));
        if (container != null) {
          return new Destination(Destination.Kind.ADDED, value, link, parent, container, true);
        }
      }
      return at(Destination.Kind.STORED, parent);
    }

    private boolean isStatement(TreePath assignment) {
      return assignment.getParentPath().getLeaf() instanceof ExpressionStatementTree;
    }

    private @Nullable VariableElement local(@Nullable TreePath path) {
      Element element =
          path == null || !(path.getLeaf() instanceof IdentifierTree)
              ? null
              : context.element(path);
      return element != null
              && (element.getKind() == ElementKind.LOCAL_VARIABLE
                  || element.getKind() == ElementKind.PARAMETER)
          ? (VariableElement) element
          : null;
    }

    private boolean isSame(@Nullable TreePath path, TreePath other) {
      return path != null && path.getLeaf() == other.getLeaf();
    }
  }
}
