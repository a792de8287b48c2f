package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.TypeNames;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Finds what the finally block of a try statement closes. */
final class Closings {
  private static final Set<String> CLOSERS =
      Set.of(
          "close",
          "closeQuietly",
          "shutdown",
          "shutdownNow",
          "stop",
          "terminate",
          "disconnect",
          "dispose",
          "destroy");

  /** Their {@code close()} and {@code shutdown()} let everything run that was started. */
  private static final Set<String> WAITING =
      Set.of("java.util.concurrent.ExecutorService", "java.net.http.HttpClient");

  private final TreePath attempt;
  private final RuleContext context;

  Closings(TreePath attempt, RuleContext context) {
    this.attempt = attempt;
    this.context = context;
  }

  /** Whether closing something of this type lets the work run that it was given. */
  static boolean waits(TypeMirror type) {
    return type instanceof DeclaredType declared
        && TypeNames.anySuper((TypeElement) declared.asElement(), WAITING::contains);
  }

  /** The variables that are closed, whatever happened before. */
  Set<Element> closed() {
    Set<Element> found = new HashSet<>();
    BlockTree last = ((TryTree) attempt.getLeaf()).getFinallyBlock();
    if (last != null) {
      new Scan(found).scan(new TreePath(attempt, last), null);
    }
    return found;
  }

  private final class Scan extends TreePathScanner<Void, Void> {
    private final Set<Element> found;

    Scan(Set<Element> found) {
      this.found = found;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      Call call = context.call(getCurrentPath());
      if (call != null && CLOSERS.contains(call.name())) {
        TreePath target = call.receiver();
        if (call.isStatic() && !call.arguments().isEmpty()) {
          target = call.arguments().get(0);
        }
        Element closed = target == null ? null : context.element(Parameters.plain(target));
        boolean awaits =
            !call.name().equals("shutdownNow") && closed != null && waits(closed.asType());
        if (closed instanceof VariableElement && !awaits) {
          found.add(closed);
        }
      }
      return null;
    }

    // `if (c != null) c.close()` closes; `if (failed) c.close()` may leave it to the future.
    @Override
    public Void visitIf(IfTree tree, Void unused) {
      return isNullCheck(tree.getCondition()) ? super.visitIf(tree, null) : null;
    }

    private static boolean isNullCheck(ExpressionTree condition) {
      boolean[] seen = {false, false};
      int[] names = {0};
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitLiteral(LiteralTree tree, Void unused) {
          seen[0] |= tree.getValue() == null;
          return null;
        }

        @Override
        public Void visitIdentifier(IdentifierTree tree, Void unused) {
          names[0]++;
          return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
          seen[1] = true;
          return null;
        }
      }.scan(condition, null);
      return seen[0] && !seen[1] && names[0] == 1;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
      return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      return null;
    }
  }
}
