package dev.trestle.lint.rules;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.FutureMethods;
import dev.trestle.lint.RuleContext;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a catch clause that waits for the failure of a future which leaves its try.
 *
 * <p>That is so if only a future can fail in this way, or if it recovers from everything and
 * nothing in the try can fail but the future. A catch that turns what was thrown into a failed
 * future is there for the rare exception before there is a future, and right.
 */
final class MeantCatch {
  private static final Set<String> OF_FUTURES =
      Set.of(
          "java.util.concurrent.CompletionException", "java.util.concurrent.CancellationException");
  private static final Set<String> OF_EVERYTHING =
      Set.of("java.lang.Exception", "java.lang.RuntimeException", "java.lang.Throwable");

  private final TreePath attempt;
  private final TryTree tree;
  private final RuleContext context;
  private final FutureMethods methods;

  MeantCatch(TreePath attempt, RuleContext context) {
    this.attempt = attempt;
    this.tree = (TryTree) attempt.getLeaf();
    this.context = context;
    this.methods = context.origins().methods();
  }

  /** The clause that was meant for the failure of {@code value}, or null if none surely was. */
  @Nullable CatchTree meantFor(TreePath value, TreePath exit) {
    Call call = context.call(value);
    if (tree.getCatches().isEmpty() || call == null || !isStarted(call)) {
      return null;
    }
    Throwing throwing = new Throwing(exit);
    throwing.scan(new TreePath(attempt, tree.getBlock()), null);
    for (CatchTree handler : tree.getCatches()) {
      String type = String.valueOf(typeOf(handler));
      if ((OF_FUTURES.contains(type) && !throwing.awaits)
          || (OF_EVERYTHING.contains(type) && !throwing.maySync && recovers(handler))) {
        return handler;
      }
    }
    return null;
  }

  private @Nullable Object typeOf(CatchTree handler) {
    TreePath parameter = new TreePath(new TreePath(attempt, handler), handler.getParameter());
    return context.type(parameter);
  }

  /** Whether the future may still fail, and nobody has looked after that. */
  private boolean isStarted(Call call) {
    if (methods.isCompleted(call) || methods.isFailed(call) || methods.isHandler(call)) {
      return false;
    }
    TreePath receiver = call.receiver();
    Call before = receiver == null ? null : context.call(receiver);
    return receiver == null
        || before == null
        || !context.futures().isFuture(context.type(receiver))
        || isStarted(before);
  }

  /** Whether the clause goes on as if something had failed that it has dealt with. */
  private boolean recovers(CatchTree handler) {
    TreePath path = new TreePath(attempt, handler);
    Element caught = context.element(new TreePath(path, handler.getParameter()));
    Recovery recovery = new Recovery(caught);
    recovery.scan(new TreePath(path, handler.getBlock()), null);
    return !recovery.passesOn;
  }

  /** Looks for what tells the caller of the failure. */
  private final class Recovery extends TreePathScanner<Void, Void> {
    private final @Nullable Element caught;
    boolean passesOn;

    Recovery(@Nullable Element caught) {
      this.caught = caught;
    }

    @Override
    public Void visitThrow(ThrowTree tree, Void unused) {
      passesOn = true;
      return null;
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void unused) {
      if (tree.getExpression() != null) {
        for (TreePath result :
            ResultValues.branches(new TreePath(getCurrentPath(), tree.getExpression()))) {
          Call call = context.call(result);
          boolean told =
              caught != null
                  && FutureEscapesScope.Mentions.anyOf(result, Set.of(caught), context)
                  && (call == null || !methods.isCompleted(call));
          passesOn |= told;
        }
      }
      return super.visitReturn(tree, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      Call call = context.call(getCurrentPath());
      String name = call == null ? "" : call.name().toLowerCase(Locale.ROOT);
      passesOn |= call == null || name.contains("exception") || name.startsWith("fail");
      return super.visitMethodInvocation(tree, null);
    }
  }

  /** Looks for what may fail before there is a future. */
  private final class Throwing extends TreePathScanner<Void, Void> {
    private final TreePath exit;
    boolean maySync;
    boolean awaits;

    Throwing(TreePath exit) {
      this.exit = exit;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      Call call = context.call(getCurrentPath());
      if (call == null) {
        maySync = true;
        awaits = true;
        return null;
      }
      boolean future = context.futures().isFuture(context.type(call.path()));
      awaits |= methods.isOnFuture(call) && !future;
      maySync |=
          future
              ? !call.method().getThrownTypes().isEmpty() || isRejecting(call)
              : !isAccessor(call) && !isLog(call);
      return super.visitMethodInvocation(tree, null);
    }

    private boolean isRejecting(Call call) {
      return methods.isExecutor(call);
    }

    private boolean isAccessor(Call call) {
      TreePath receiver = call.receiver();
      return call.arguments().isEmpty()
          && call.method().getThrownTypes().isEmpty()
          && receiver != null
          && receiver.getLeaf() instanceof IdentifierTree
          && isVariable(receiver);
    }

    private boolean isVariable(TreePath path) {
      Element element = context.element(path);
      return element != null
          && (element.getKind() == ElementKind.PARAMETER
              || element.getKind() == ElementKind.LOCAL_VARIABLE);
    }

    private boolean isLog(Call call) {
      ExpressionTree select = call.tree().getMethodSelect();
      return call.ownerName().toLowerCase(Locale.ROOT).endsWith("logger")
          || select.toString().toLowerCase(Locale.ROOT).startsWith("log");
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void unused) {
      Element constructor = context.element(getCurrentPath());
      maySync |=
          !(constructor instanceof ExecutableElement made && made.getThrownTypes().isEmpty());
      return super.visitNewClass(tree, null);
    }

    @Override
    public Void visitThrow(ThrowTree tree, Void unused) {
      maySync = true;
      awaits = true;
      return null;
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void unused) {
      // Two ways out of one try: the catch may be meant for the other.
      maySync |= tree != exit.getLeaf();
      return super.visitReturn(tree, null);
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
