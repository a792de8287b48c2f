package dev.trestle.lint.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.Destination;
import dev.trestle.lint.RuleContext;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Recognises methods whose callers know that the result may be null. */
final class NullContract {
  private static final Pattern TOLD =
      Pattern.compile(
          "@return(?:(?!@(?:param|throws|exception|see|since)).)*\\bnull\\b", Pattern.DOTALL);
  private static final Pattern DENIED =
      Pattern.compile("(?:never|not|non)[- ](?:be )?(?:\\{@code )?null", Pattern.CASE_INSENSITIVE);

  /** A helper of a helper is followed; longer ways are for people. */
  private static final int MAX_DEPTH = 2;

  private final RuleContext context;

  NullContract(RuleContext context) {
    this.context = context;
  }

  /** Whether the method at {@code path} says so, or is a helper whose every caller checks. */
  boolean isKnown(TreePath path, ExecutableElement method) {
    return isDocumented(path) || isCheckedByAll(path, method, MAX_DEPTH);
  }

  // Read from the text: as a plugin the compiler does not keep comments.
  private boolean isDocumented(TreePath path) {
    long start =
        context.trees().getSourcePositions().getStartPosition(context.unit(), path.getLeaf());
    try {
      String before =
          context
              .unit()
              .getSourceFile()
              .getCharContent(true)
              .subSequence(0, (int) start)
              .toString();
      String head = before.stripTrailing();
      int opens = head.endsWith("*/") ? head.lastIndexOf("/**") : -1;
      return opens >= 0
          && TOLD.matcher(head.substring(opens)).find()
          && !DENIED.matcher(head.substring(opens)).find();
    } catch (IOException | IndexOutOfBoundsException e) {
      // No text, no comment: what the code says must do.
      return false;
    }
  }

  private boolean isCheckedByAll(TreePath path, ExecutableElement method, int depth) {
    if (depth == 0 || isOpen(method)) {
      return false;
    }
    TreePath top = path;
    while (top.getParentPath().getParentPath() != null) {
      top = top.getParentPath();
    }
    Callers callers = new Callers(method, depth);
    callers.scan(top, null);
    return callers.checked && !callers.trusting;
  }

  private static boolean isOpen(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    return modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED);
  }

  /** Looks at what the calls of one method in this class do with its result. */
  private final class Callers extends TreePathScanner<Void, Void> {
    private final ExecutableElement method;
    private final int depth;
    boolean checked;
    boolean trusting;

    Callers(ExecutableElement method, int depth) {
      this.method = method;
      this.depth = depth;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      Call call = context.call(getCurrentPath());
      if (call != null && call.method().equals(method)) {
        Destination end = context.destinations().of(getCurrentPath());
        boolean dropped = end.kind() == Destination.Kind.DROPPED;
        checked |= !dropped && isChecked(end);
        trusting |= !dropped && !isChecked(end);
      }
      return super.visitMethodInvocation(tree, null);
    }

    private boolean isChecked(Destination end) {
      TreePath around = context.surroundings().function(end.site());
      return switch (end.kind()) {
        case LOOKED_AT -> true;
        case LOCAL -> end.variable() != null && isCompared(around, end.variable());
        case ARGUMENT -> isNullCheck(context.call(end.site()));
        case RETURNED ->
            around.getLeaf() instanceof MethodTree
                && context.element(around) instanceof ExecutableElement outer
                && isCheckedByAll(around, outer, depth - 1);
        default -> false;
      };
    }
  }

  private boolean isCompared(TreePath body, VariableElement variable) {
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitBinary(BinaryTree tree, Void unused) {
        boolean compares =
            tree.getKind() == Tree.Kind.EQUAL_TO || tree.getKind() == Tree.Kind.NOT_EQUAL_TO;
        boolean withNull =
            tree.getLeftOperand().getKind() == Tree.Kind.NULL_LITERAL
                || tree.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL;
        found[0] |=
            compares && withNull && (is(tree.getLeftOperand()) || is(tree.getRightOperand()));
        return super.visitBinary(tree, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        found[0] |=
            isNullCheck(context.call(getCurrentPath()))
                && tree.getArguments().stream().anyMatch(this::is);
        return super.visitMethodInvocation(tree, null);
      }

      private boolean is(Tree operand) {
        Element element =
            operand instanceof IdentifierTree
                ? context.element(new TreePath(getCurrentPath(), operand))
                : null;
        return variable.equals(element);
      }
    }.scan(body, null);
    return found[0];
  }

  private static boolean isNullCheck(@Nullable Call call) {
    return call != null
        && (call.ownerName().equals("java.util.Objects") || call.name().equals("ofNullable"));
  }
}
