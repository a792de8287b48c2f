package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Reason;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A future is made to be completed by hand, and some path forgets to. */
public final class UnfinishedPromise implements Rule {
  private static final String PAGE = " (see lint-rules/docs/unfinished-promise.md)";

  @Override
  public String id() {
    return "unfinished-promise";
  }

  @Override
  public String summary() {
    return "A CompletableFuture is made by hand, and some path never completes it.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        new Reason("nobody", Severity.WARNING, "Nobody completes it."),
        new Reason("path", Severity.WARNING, "A branch, a catch or a return leaves it open."),
        new Reason("failure", Severity.WARNING, "It is completed on success only."));
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.VARIABLE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    VariableTree tree = (VariableTree) path.getLeaf();
    if (!(tree.getInitializer() instanceof NewClassTree made)
        || made.getClassBody() != null
        || !made.getArguments().isEmpty()
        || !(context.element(path) instanceof VariableElement variable)
        || variable.getKind() != ElementKind.LOCAL_VARIABLE) {
      return;
    }
    TreePath value = new TreePath(path, made);
    TypeMirror type = context.types().erasure(context.type(value));
    if (!type.toString().equals("java.util.concurrent.CompletableFuture")) {
      return;
    }
    Promise promise = Promise.of(variable, path, context);
    PromiseUses uses = promise == null ? null : PromiseUses.of(promise, context);
    if (promise != null && uses != null && !uses.isGivenAway() && !uses.isOnlyWaitedForATime()) {
      String reason = judge(promise, uses, context);
      if (reason != null) {
        context.report(value, reason, Confidence.LIKELY, message(variable, reason));
      }
    }
  }

  private static String message(VariableElement variable, String reason) {
    String what =
        switch (reason) {
          case "nobody" -> "' is completed by nobody: whoever waits for it waits for ever; ";
          case "failure" ->
              "' is completed on success only: after a failure, whoever waits for it waits for"
                  + " ever; ";
          default -> "' stays open on some path: whoever waits for it there waits for ever; ";
        };
    return "the CompletableFuture '"
        + variable
        + what
        + "complete it on every path, with completeExceptionally where something fails, or return"
        + " the stage it stands for instead"
        + PAGE;
  }

  private static @Nullable String judge(Promise promise, PromiseUses uses, RuleContext context) {
    TreePath home = body(context.surroundings().function(promise.declaration()));
    if (home == null) {
      return null;
    }
    if (uses.completing().isEmpty()) {
      return uses.isWaitedFor() || (uses.isReturned() && !isFactory(home, uses)) ? "nobody" : null;
    }
    if (forgets(promise, uses, PromisePaths.Mode.MAKER, home, context)) {
      return "path";
    }
    return uses.functions().isEmpty() ? null : judgeFunctions(promise, uses, context);
  }

  private static boolean forgets(
      Promise promise,
      PromiseUses uses,
      PromisePaths.Mode mode,
      TreePath body,
      RuleContext context) {
    return new PromisePaths(promise, uses.completing(), mode, context).forgets(body);
  }

  /** A method that does nothing but make one leaves the completing to its caller. */
  private static boolean isFactory(TreePath home, PromiseUses uses) {
    return !uses.isDerived()
        && home.getLeaf() instanceof BlockTree block
        && block.getStatements().size() <= 2;
  }

  private static @Nullable String judgeFunctions(
      Promise promise, PromiseUses uses, RuleContext context) {
    boolean success = false;
    boolean failure = false;
    boolean open = false;
    for (PromiseUses.Function function : uses.functions()) {
      PromisePaths.Mode mode =
          function.kind() == PromiseUses.Kind.TASK && !uses.isFailed()
              ? PromisePaths.Mode.TASK
              : PromisePaths.Mode.CALLBACK;
      TreePath body = body(function.path());
      boolean forgets = body != null && forgets(promise, uses, mode, body, context);
      switch (function.kind()) {
        case UNKNOWN -> {
          return null;
        }
        case OUTCOME -> {
          Outcome outcome = Outcome.of(function.path(), context);
          return outcome != null
                  && body != null
                  && uses.functions().size() == 1
                  && !uses.isFailed()
                  && new PromisePaths(promise, uses.completing(), mode, context)
                      .forgetsFailure(body, outcome)
              ? "failure"
              : null;
        }
        case LISTENER -> {
          return isDeafToErrors(function.path(), promise, context) ? "failure" : null;
        }
        case TASK, BOTH -> {
          open |= forgets;
          success |= !forgets;
          failure |= !forgets;
        }
        case SUCCESS -> success |= !forgets;
        case FAILURE -> failure |= !forgets;
        case INNER -> open |= forgets && uses.functions().size() == 2;
        default -> throw new IllegalStateException("no such kind: " + function.kind());
      }
    }
    if (success && failure) {
      return null;
    }
    return success && !open ? "failure" : "path";
  }

  /** Whether a listener completes the promise in one method and ignores the error in another. */
  private static boolean isDeafToErrors(TreePath type, Promise promise, RuleContext context) {
    if (!(type.getLeaf() instanceof NewClassTree made) || made.getClassBody() == null) {
      return false;
    }
    TreePath body = new TreePath(type, made.getClassBody());
    for (Tree member : made.getClassBody().getMembers()) {
      TreePath at = new TreePath(body, member);
      if (member instanceof MethodTree method
          && method.getParameters().stream()
              .anyMatch(p -> isThrowable(new TreePath(at, p), context))
          && !Mentions.of(at, promise.variable(), context)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThrowable(TreePath parameter, RuleContext context) {
    return Place.isA(context.type(parameter), context, "java.lang.Throwable"::equals);
  }

  private static @Nullable TreePath body(TreePath function) {
    Tree tree = function.getLeaf();
    if (tree instanceof LambdaExpressionTree lambda) {
      return new TreePath(function, lambda.getBody());
    }
    if (tree instanceof MethodTree method) {
      return method.getBody() == null ? null : new TreePath(function, method.getBody());
    }
    if (tree instanceof NewClassTree made && made.getClassBody() != null) {
      ClassTree type = made.getClassBody();
      TreePath at = new TreePath(function, type);
      return type.getMembers().stream()
          .filter(m -> m instanceof MethodTree method && method.getReturnType() != null)
          .map(m -> body(new TreePath(at, m)))
          .findFirst()
          .orElse(null);
    }
    return tree instanceof MemberReferenceTree || !(tree instanceof BlockTree) ? null : function;
  }
}
