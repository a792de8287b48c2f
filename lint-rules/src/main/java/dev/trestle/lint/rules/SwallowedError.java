package dev.trestle.lint.rules;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Destination;
import dev.trestle.lint.Origin;
import dev.trestle.lint.Reason;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;

/** A failure ends in a handler, or a catch block, that does not look at it. */
public final class SwallowedError implements Rule {
  private static final String PAGE = " (see lint-rules/docs/swallowed-error.md)";
  private static final Set<String> ABSORBING =
      Set.of("exceptionally", "exceptionallyAsync", "handle", "handleAsync");
  private static final Set<String> COMPOSING =
      Set.of("exceptionallyCompose", "exceptionallyComposeAsync");
  private static final Set<String> WRAPPERS =
      Set.of("java.util.concurrent.ExecutionException", "java.util.concurrent.CompletionException");

  @Override
  public String id() {
    return "swallowed-error";
  }

  @Override
  public String summary() {
    return "The failure of a future is replaced by a value without a look at it.";
  }

  @Override
  public Severity severity() {
    return Severity.INFO;
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        new Reason("handler", Severity.INFO, "A handler does not use the throwable it gets."),
        new Reason("catch", Severity.INFO, "An empty catch block takes a future's failure."));
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.CATCH);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof CatchTree handler) {
      checkCatch(path, handler, context);
      return;
    }
    Call call = context.call(path);
    if (call == null || !Place.isStage(call) || !absorbs(call, context)) {
      return;
    }
    if (!ignores(call, context)
        || Handlers.alwaysThrows(call)
        || isSeenBefore(call, context)
        || isOnTheSide(call, context)) {
      return;
    }
    String message =
        call.name()
            + "(..) turns every failure into a value without a look at it: nobody learns what went"
            + " wrong; report the throwable, or handle the one that is expected and pass the others"
            + " on"
            + PAGE;
    context.report(path, "handler", Confidence.LIKELY, message);
  }

  private static boolean absorbs(Call call, RuleContext context) {
    return ABSORBING.contains(call.name())
        || (COMPOSING.contains(call.name()) && givesCompleted(call, context));
  }

  /** A retry may fail again and is no swallowing; a completed future in its place is. */
  private static boolean givesCompleted(Call call, RuleContext context) {
    TreePath function = call.arguments().get(0);
    if (!(function.getLeaf() instanceof LambdaExpressionTree lambda)) {
      return false;
    }
    List<TreePath> results = results(function, lambda);
    return !results.isEmpty()
        && results.stream()
            .allMatch(
                result -> {
                  Call made = context.call(result);
                  return made != null && context.origins().methods().isCompleted(made);
                });
  }

  private static List<TreePath> results(TreePath function, LambdaExpressionTree lambda) {
    List<TreePath> results = new ArrayList<>();
    if (lambda.getBody() instanceof ExpressionTree value) {
      results.add(new TreePath(function, value));
      return results;
    }
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        results.add(new TreePath(getCurrentPath(), tree.getExpression()));
        return null;
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        return null;
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        return null;
      }
    }.scan(new TreePath(function, lambda.getBody()), null);
    return results;
  }

  /** Whether the handler is a lambda that does not name its last parameter, the throwable. */
  private static boolean ignores(Call call, RuleContext context) {
    TreePath handler = call.arguments().get(0);
    while (handler.getLeaf() instanceof ParenthesizedTree inner) {
      handler = new TreePath(handler, inner.getExpression());
    }
    if (!(handler.getLeaf() instanceof LambdaExpressionTree lambda)) {
      return false;
    }
    VariableTree last = lambda.getParameters().get(lambda.getParameters().size() - 1);
    return !Intent.isUnusedName(last.getName())
        && context.element(new TreePath(handler, last)) instanceof VariableElement throwable
        && !Mentions.of(new TreePath(handler, lambda.getBody()), throwable, context);
  }

  /** A branch of a future that somebody else has as well, with its failure. */
  private static boolean isOnTheSide(Call call, RuleContext context) {
    TreePath root = call.path();
    for (Call link = call; link != null; link = context.call(root)) {
      TreePath receiver = link.receiver();
      if (receiver == null || !context.futures().isFuture(context.type(receiver))) {
        break;
      }
      root = receiver;
    }
    VariableElement variable = Mentions.variable(root, context);
    if (variable != null) {
      return variable.getKind() == ElementKind.FIELD
          || Mentions.count(variable, root, context) > 1
          || isDropped(call, context);
    }
    return isDropped(call, context) && context.origins().of(root) != Origin.FRESH;
  }

  private static boolean isDropped(Call call, RuleContext context) {
    Destination.Kind kind = context.destinations().of(call.path()).kind();
    return kind == Destination.Kind.DROPPED || kind == Destination.Kind.VOID_LAMBDA;
  }

  /** Whether a {@code whenComplete} further up the chain has reported the failure already. */
  private static boolean isSeenBefore(Call call, RuleContext context) {
    for (TreePath at = call.receiver(); at != null; ) {
      Call link = context.call(at);
      if (link == null) {
        return false;
      }
      if (link.name().startsWith("whenComplete") && Handlers.seesFailure(link)) {
        return true;
      }
      at = link.receiver();
    }
    return false;
  }

  private static void checkCatch(TreePath path, CatchTree handler, RuleContext context) {
    if (!handler.getBlock().getStatements().isEmpty()
        || Intent.isUnusedName(handler.getParameter().getName())) {
      return;
    }
    TreePath parameter = new TreePath(path, handler.getParameter());
    TreePath type = new TreePath(parameter, handler.getParameter().getType());
    List<TreePath> types =
        type.getLeaf() instanceof UnionTypeTree union
            ? union.getTypeAlternatives().stream().map(t -> new TreePath(type, t)).toList()
            : List.of(type);
    for (TreePath each : types) {
      if (WRAPPERS.contains(String.valueOf(context.type(each)))) {
        String message =
            "an empty catch of "
                + each.getLeaf()
                + " throws away why the future failed: nobody learns of it; report its cause, or"
                + " pass it on"
                + PAGE;
        context.report(parameter, "catch", Confidence.LIKELY, message);
        return;
      }
    }
  }
}
