package dev.trestle.lint.rules;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Destination;
import dev.trestle.lint.Fate;
import dev.trestle.lint.FutureMethods;
import dev.trestle.lint.FutureTypes;
import dev.trestle.lint.Origin;
import dev.trestle.lint.Reason;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** A future that is made and then dropped: nobody waits for it, and its errors vanish. */
public final class UnAwaited implements Rule {
  private static final List<Reason> REASONS =
      List.of(
          reason("statement", "A call returns a future and the statement ends there."),
          reason("void-lambda", "The future is the body of a lambda that gives nothing back."),
          reason("method-ref", "A method that returns a future stands where void is expected."),
          reason("dependent", "A stage is derived from a future and dropped."),
          reason("local-unread", "A local variable takes the future and is never read."),
          reason("overwritten", "Another value replaces the future before anybody reads it."),
          reason("collection", "A collection, array or stream of futures is dropped."),
          reason("looked-at", "The future is printed, compared or polled, and then dropped."),
          reason("give-back", "A method gives the fresh future back and the statement ends there."),
          reason("constructor", "A future is constructed and dropped."),
          new Reason("periodic", Severity.INFO, "A periodic task: its first failure ends it."),
          new Reason("netty", Severity.INFO, "One of Netty's own futures is dropped."));

  private static Reason reason(String id, String summary) {
    return new Reason(id, Severity.ERROR, summary);
  }

  @Override
  public String id() {
    return "un-awaited";
  }

  @Override
  public String summary() {
    return "A future that nobody awaits: its errors vanish, and order is lost.";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public List<Reason> reasons() {
    return REASONS;
  }

  @Override
  public Set<String> alsoSuppressedBy() {
    return Set.of("FutureReturnValueIgnored");
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.NEW_CLASS, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    if (path.getLeaf() instanceof MemberReferenceTree) {
      new DroppedReference(path, context).check();
    } else {
      FutureTypes.Kind kind = context.futures().kindOf(context.type(path));
      FutureTypes.Kind elements =
          kind != null ? null : context.futures().elementKind(context.type(path));
      if (kind != null || elements != null) {
        new Check(path, context, kind != null ? kind : elements, kind == null).run();
      }
    }
  }

  /** The check of one expression that yields a future, or a container of futures. */
  private static final class Check {
    private final TreePath path;
    private final RuleContext context;
    private final FutureTypes.@Nullable Kind kind;
    private final boolean container;
    private final FutureMethods methods;
    private final Intent intent;

    Check(TreePath path, RuleContext context, FutureTypes.@Nullable Kind kind, boolean container) {
      this.path = path;
      this.context = context;
      this.kind = kind;
      this.container = container;
      this.methods = context.origins().methods();
      this.intent = new Intent(context);
    }

    void run() {
      Destination destination = context.destinations().of(path);
      switch (destination.kind()) {
        case DROPPED, VOID_LAMBDA, LOCAL, ADDED, LOOKED_AT, POLLED -> {
          if (path.getLeaf() instanceof NewClassTree) {
            judgeNew(destination);
          } else {
            Call call = context.call(path);
            if (call != null) {
              judge(call, destination);
            }
          }
        }
        default -> {}
      }
    }

    private void judgeNew(Destination destination) {
      boolean givenBack = destination.link().getLeaf() != path.getLeaf();
      if (!container && (givenBack || context.origins().of(path) == Origin.FRESH)) {
        judgePlace(destination, "constructor", Confidence.CERTAIN);
      }
    }

    private void judge(Call call, Destination destination) {
      if (intent.isIgnorable(call.method()) || intent.isOnMock(call)) {
        return;
      }
      if (methods.isFailed(call)) {
        if (destination.kind() == Destination.Kind.DROPPED) {
          String message = Messages.forgottenReturn(call);
          context.report(destination.link(), "statement", Confidence.CERTAIN, message);
        }
        return;
      }
      if (methods.givenBack(call) != null
          || (container && call.ownerName().startsWith("java."))
          || CatchAll.isBodyOf(call, context)
          || isHandled(call)
          || isObserved(destination)) {
        return;
      }
      Origin origin = context.origins().of(path);
      if (origin != Origin.HELD) {
        boolean dependent = methods.isDependent(call) || methods.isHandler(call);
        judgePlace(
            destination,
            methods.isPeriodic(call) ? "periodic" : dependent ? "dependent" : "statement",
            origin == Origin.FRESH && !container ? Confidence.CERTAIN : Confidence.LIKELY);
      }
    }

    /** Whether the chain ends in a handler that takes care, or in one that only looks on. */
    private boolean isHandled(Call call) {
      if (!methods.isHandler(call) || kind == FutureTypes.Kind.LAZY) {
        return false;
      }
      if (Handlers.seesFailure(call)) {
        return !Handlers.alwaysThrows(call);
      }
      TreePath receiver = call.receiver();
      if (receiver == null || context.origins().of(receiver) != Origin.FRESH) {
        return true;
      }
      Call before = context.call(receiver);
      return before != null && isHandled(before);
    }

    /** Whether an observer on the way out, which gives its receiver back, sees the failure. */
    private boolean isObserved(Destination destination) {
      for (TreePath at = destination.link(); at != null; at = at.getParentPath()) {
        // The link is further out than the expression: walk its receivers inwards.
        Call call = context.call(at);
        while (call != null && call.path().getLeaf() != path.getLeaf()) {
          if (methods.isObserver(call) && Handlers.seesFailure(call)) {
            return true;
          }
          TreePath receiver = call.receiver();
          call = receiver == null ? null : context.call(receiver);
        }
        return false;
      }
      return false;
    }

    private void judgePlace(Destination destination, String reason, Confidence confidence) {
      switch (destination.kind()) {
        case DROPPED -> {
          if (!intent.isExpectedToThrow(destination)) {
            report(destination, whereGivenBack(destination, reason), confidence);
          }
        }
        case VOID_LAMBDA -> {
          if (!intent.isExpectedToThrow(destination)) {
            report(destination, reason.equals("periodic") ? reason : "void-lambda", confidence);
          }
        }
        case LOCAL -> judgeLocal(destination, reason, confidence);
        case ADDED -> {
          VariableElement variable = destination.variable();
          if (variable != null
              && context.flows().around(path).isOwn(variable)
              && context.flows().around(path).fateOf(destination.site().getLeaf()) != Fate.READ) {
            report(destination, "collection", confidence);
          }
        }
        default -> {
          // A getter whose value is printed or tested is what getters are for.
          if (confidence == Confidence.CERTAIN || context.origins().of(path) == Origin.FRESH) {
            report(destination, "looked-at", confidence);
          }
        }
      }
    }

    private String whereGivenBack(Destination destination, String reason) {
      boolean givenBack =
          !destination.contained() && destination.link().getLeaf() != path.getLeaf();
      Call link = givenBack ? context.call(destination.link()) : null;
      if (link == null) {
        return reason;
      }
      if (methods.isNullCheck(link)) {
        return "looked-at";
      }
      boolean view = link.name().equals("toCompletableFuture") && reason.equals("dependent");
      return view ? reason : "give-back";
    }

    private void judgeLocal(Destination destination, String reason, Confidence confidence) {
      VariableElement variable = destination.variable();
      if (variable == null || Intent.isUnusedName(variable.getSimpleName())) {
        return;
      }
      switch (context.flows().around(path).fateOf(destination.site().getLeaf())) {
        case READ -> {}
        case UNREAD ->
            report(destination, reason.equals("periodic") ? reason : "local-unread", confidence);
        case OVERWRITTEN -> report(destination, "overwritten", confidence);
        default -> report(destination, "looked-at", Confidence.LIKELY);
      }
    }

    private void report(Destination destination, String reason, Confidence confidence) {
      boolean whole = destination.contained() && !reason.equals("overwritten");
      String why = kind == FutureTypes.Kind.NETTY ? "netty" : whole ? "collection" : reason;
      Confidence sure = why.equals("netty") ? Confidence.POSSIBLE : confidence;
      String message = Messages.unAwaited(path, context.type(path), destination, kind, why);
      context.report(destination.link(), why, sure, message);
    }
  }
}
