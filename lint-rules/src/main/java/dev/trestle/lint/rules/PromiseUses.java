package dev.trestle.lint.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a method does with a promise it made: who completes it, and who else gets to know it. */
final class PromiseUses {
  private static final Set<String> COMPLETING =
      Set.of("complete", "completeExceptionally", "cancel", "obtrudeValue", "obtrudeException");
  private static final Set<String> TIMED =
      Set.of("orTimeout", "completeOnTimeout", "completeAsync", "toCompletableFuture");
  private static final Set<String> JOINING = Set.of("allOf", "anyOf");

  /** When a function runs that completes the promise. */
  enum Kind {
    /** Nobody knows. */
    UNKNOWN,
    /** Once, on a thread that nobody watches. */
    TASK,
    /** When a stage has a value. */
    SUCCESS,
    /** When a stage fails. */
    FAILURE,
    /** When a stage ends either way. */
    BOTH,
    /** When nobody knows, but told of a failure as well as of a value. */
    OUTCOME,
    /** One of these, and it leaves a part of the work to another function inside of it. */
    INNER,
    /** A class with several methods. */
    LISTENER
  }

  /**
   * A function that completes the promise.
   *
   * @param path the lambda, method reference or anonymous class
   * @param kind when it runs
   */
  record Function(TreePath path, Kind kind) {}

  private final Promise promise;
  private final RuleContext context;
  private final Set<Tree> completing = new HashSet<>();
  private final Map<Tree, TreePath> found = new LinkedHashMap<>();
  private boolean failed;
  private boolean givenAway;
  private boolean returned;
  private boolean derived;
  private boolean waitedFor;
  private boolean timed;

  private PromiseUses(Promise promise, RuleContext context) {
    this.promise = promise;
    this.context = context;
  }

  static PromiseUses of(Promise promise, RuleContext context) {
    PromiseUses uses = new PromiseUses(promise, context);
    promise.uses().forEach(uses::classify);
    return uses;
  }

  /** The names of the promise where it is completed. */
  Set<Tree> completing() {
    return completing;
  }

  /** Whether somebody else can complete it, or a time-out does. */
  boolean isGivenAway() {
    return givenAway;
  }

  /** Whether anything completes it with a failure: then failures have been thought of. */
  boolean isFailed() {
    return failed;
  }

  boolean isReturned() {
    return returned;
  }

  /** Whether only a stage behind it is returned, which cannot be completed from outside. */
  boolean isDerived() {
    return derived;
  }

  boolean isWaitedFor() {
    return waitedFor;
  }

  /** Whether nobody waits for it longer than he said. */
  boolean isOnlyWaitedForATime() {
    return timed && !waitedFor && !returned;
  }

  private void classify(TreePath use) {
    TreePath outer = use.getParentPath();
    while (outer.getLeaf() instanceof ParenthesizedTree) {
      outer = outer.getParentPath();
    }
    Tree tree = outer.getLeaf();
    if (tree instanceof MemberSelectTree) {
      classifyCall(use, context.call(outer.getParentPath()));
    } else if (tree instanceof MemberReferenceTree reference) {
      if (COMPLETING.contains(reference.getName().toString())) {
        failed |= isFailure(reference.getName().toString());
        complete(use, outer);
      }
    } else if (tree instanceof ReturnTree) {
      returned = true;
      givenAway |= !isAtHome(outer);
    } else if (!(tree instanceof BinaryTree || tree instanceof SynchronizedTree)) {
      // Compared, printed or locked, nobody gets to know it.
      Call call = context.call(outer);
      boolean joined =
          call != null
              && (JOINING.contains(call.name()) || Place.isStage(call))
              && context.futures().isFuture(call.owner().asType());
      derived |= joined;
      returned |= joined && isReturnedBy(outer);
      givenAway |= !joined;
    }
  }

  private void classifyCall(TreePath use, @Nullable Call call) {
    if (call == null || TIMED.contains(call.name())) {
      givenAway = true;
    } else if (COMPLETING.contains(call.name())) {
      failed |= isFailure(call.name());
      complete(use, use);
    } else if (Waits.isWait(call, context)) {
      waitedFor |= call.arguments().isEmpty() && isAtHome(use);
      timed |= !call.arguments().isEmpty();
    } else if (isReturnedBy(call.path())) {
      returned = true;
      derived = true;
    }
  }

  private static boolean isFailure(String name) {
    return !name.equals("complete") && !name.equals("obtrudeValue");
  }

  private boolean isReturnedBy(TreePath call) {
    for (TreePath at = call; at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof ReturnTree) {
        return isAtHome(at);
      }
      if (at.getLeaf() instanceof LambdaExpressionTree || at.getLeaf() instanceof MethodTree) {
        return false;
      }
    }
    return false;
  }

  private boolean isAtHome(TreePath path) {
    return context.surroundings().function(path).getLeaf()
        == context.surroundings().function(promise.declaration()).getLeaf();
  }

  private void complete(TreePath use, TreePath from) {
    completing.add(use.getLeaf());
    TreePath function = from.getLeaf() instanceof MemberReferenceTree ? from : enclosing(from);
    while (function != null) {
      Call taker = Place.taker(function, context);
      boolean inline = taker != null && Place.isInline(taker);
      if (!inline) {
        found.putIfAbsent(function.getLeaf(), function);
        return;
      }
      function = enclosing(function);
    }
  }

  /** The function around {@code path} inside the one that makes the promise, or null. */
  private @Nullable TreePath enclosing(TreePath path) {
    Tree home = context.surroundings().function(promise.declaration()).getLeaf();
    for (TreePath at = path.getParentPath(); at != null; at = at.getParentPath()) {
      if (at.getLeaf() == home) {
        return null;
      }
      if (at.getLeaf() instanceof LambdaExpressionTree) {
        return at;
      }
      if (at.getLeaf() instanceof MethodTree) {
        return at.getParentPath().getParentPath();
      }
    }
    return null;
  }

  /** The functions that complete the promise. */
  List<Function> functions() {
    List<Function> functions = new ArrayList<>();
    for (TreePath function : found.values()) {
      Kind kind = kind(function);
      boolean alone = kind == Kind.UNKNOWN || kind == Kind.OUTCOME || kind == Kind.LISTENER;
      boolean inner = !alone && containsAnother(function);
      functions.add(new Function(function, inner ? Kind.INNER : kind));
    }
    return functions;
  }

  private boolean containsAnother(TreePath function) {
    return found.values().stream()
        .anyMatch(other -> other.getLeaf() != function.getLeaf() && isInside(other, function));
  }

  private static boolean isInside(TreePath path, TreePath function) {
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      if (at.getLeaf() == function.getLeaf()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the function is registered more than once: then one of many may do the completing. */
  private boolean isRepeated(TreePath function) {
    Tree home = context.surroundings().function(promise.declaration()).getLeaf();
    for (TreePath at = function; at != null && at.getLeaf() != home; at = at.getParentPath()) {
      Call taker = RuleContext.isFunction(at) ? Place.taker(at, context) : null;
      if (context.surroundings().inLoop(at) || (taker != null && Place.isInline(taker))) {
        return true;
      }
    }
    return false;
  }

  private Kind kind(TreePath function) {
    if (isRepeated(function)) {
      return Kind.UNKNOWN;
    }
    TreePath parent = function.getParentPath();
    if (parent.getLeaf() instanceof NewClassTree made
        && String.valueOf(context.type(parent)).equals("java.lang.Thread")
        && !made.getArguments().isEmpty()) {
      return Kind.TASK;
    }
    Call taker = Place.taker(function, context);
    if (taker != null && Place.isStage(taker)) {
      return stageKind(taker);
    }
    if (taker != null && isTask(taker)) {
      return function.getLeaf() instanceof MemberReferenceTree ? Kind.UNKNOWN : Kind.TASK;
    }
    if (function.getLeaf() instanceof NewClassTree) {
      return Kind.LISTENER;
    }
    // In another function it may be a further attempt that the failure leads to.
    boolean told = enclosing(function) == null && Outcome.of(function, context) != null;
    return told ? Kind.OUTCOME : Kind.UNKNOWN;
  }

  private static boolean isTask(Call call) {
    return Place.isStarter(call)
        || ((call.name().equals("execute") || call.name().equals("submit"))
            && call.isOn("java.util.concurrent.Executor"))
        || (call.ownerName().equals("java.lang.Thread") && call.name().startsWith("start"));
  }

  private Kind stageKind(Call taker) {
    String name = taker.name();
    if (name.contains("Either")) {
      return Kind.UNKNOWN;
    }
    if (name.startsWith("exceptionally")) {
      return Kind.FAILURE;
    }
    if (name.startsWith("handle") || name.startsWith("whenComplete")) {
      return Kind.BOTH;
    }
    return canFail(taker) ? Kind.SUCCESS : Kind.BOTH;
  }

  /** Whether a failure can reach this link: none further up has turned it into a value. */
  private boolean canFail(Call taker) {
    for (TreePath at = taker.receiver(); at != null; ) {
      Call link = context.call(at);
      if (link == null) {
        return true;
      }
      if (context.origins().methods().isCompleted(link)
          || link.name().startsWith("exceptionally")
          || link.name().startsWith("handle")) {
        return false;
      }
      at = link.receiver();
    }
    return true;
  }
}
