package dev.trestle.lint.rules;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Confidence;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import dev.trestle.lint.TypeNames;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A callback reads or clears what belongs to the thread that registered it. */
public final class ContextLost implements Rule {
  private static final String THREAD_LOCAL = "java.lang.ThreadLocal";
  private static final Set<String> LOGGING =
      Set.of(
          "org.slf4j.MDC",
          "org.apache.log4j.MDC",
          "org.apache.logging.log4j.ThreadContext",
          "org.jboss.logging.MDC",
          "org.jboss.logmanager.MDC");
  private static final Set<String> LOGGING_READS =
      Set.of(
          "get",
          "getCopyOfContextMap",
          "getContext",
          "getImmutableContext",
          "containsKey",
          "getMap",
          "remove",
          "clear",
          "clearAll",
          "clearMap");
  private static final Set<String> CARRIERS =
      Set.of(
          "dev.trestle.context.",
          "io.micrometer.context.",
          "io.opentelemetry.context.",
          "org.eclipse.microprofile.context.");

  @Override
  public String id() {
    return "context-lost";
  }

  @Override
  public String summary() {
    return "A callback reads or clears a thread-local that its own thread never set.";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return EnumSet.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
  }

  @Override
  public void check(TreePath path, RuleContext context) {
    ExecutableElement method = method(path, context);
    String name = method == null ? "" : method.getSimpleName().toString();
    TypeElement owner =
        method == null || !LOGGING_READS.contains(name) ? null : TypeNames.enclosingType(method);
    if (method == null || owner == null) {
      return;
    }
    boolean logging = LOGGING.contains(owner.getQualifiedName().toString());
    boolean local =
        (name.equals("get") || name.equals("remove"))
            && method.getParameters().isEmpty()
            && TypeNames.anySuper(owner, THREAD_LOCAL::equals);
    if (!logging && !local) {
      return;
    }
    VariableElement variable = local ? Mentions.variable(receiver(path), context) : null;
    if (local && (variable == null || !startsEmpty(variable, path, context))) {
      return;
    }
    Place place = Place.of(path, context);
    if (place != null && !isCarried(place, context) && !isSetThere(place, variable, context)) {
      String of = variable == null ? owner.getSimpleName().toString() : variable.toString();
      report(path, of + "." + name, name, place, context);
    }
  }

  private static void report(
      TreePath path, String what, String name, Place place, RuleContext context) {
    boolean clears = name.startsWith("remove") || name.startsWith("clear");
    String verb = clears ? " clears" : " reads";
    context.report(
        path,
        Confidence.LIKELY,
        what
            + "(..)"
            + verb
            + " what belongs to a thread, in "
            + place.taker().name()
            + "(..), which another thread may run: it finds nothing, or another request's value;"
            + " read it before and use the value here, or wrap the callback with Context.capture()"
            + " (see lint-rules/docs/context-lost.md)");
  }

  private static @Nullable ExecutableElement method(TreePath path, RuleContext context) {
    return (path.getLeaf() instanceof MemberReferenceTree
                || path.getLeaf() instanceof MethodInvocationTree)
            && context.element(path) instanceof ExecutableElement method
        ? method
        : null;
  }

  private static @Nullable TreePath receiver(TreePath path) {
    if (path.getLeaf() instanceof MemberReferenceTree reference) {
      return new TreePath(path, reference.getQualifierExpression());
    }
    ExpressionTree select = ((MethodInvocationTree) path.getLeaf()).getMethodSelect();
    return select instanceof MemberSelectTree member
        ? new TreePath(new TreePath(path, select), member.getExpression())
        : null;
  }

  /** One that makes its value where it is missing is a cache for each thread, and carries none. */
  private static boolean startsEmpty(VariableElement variable, TreePath near, RuleContext context) {
    TreePath declaration = declaration(variable, near, context);
    return declaration != null
        && declaration.getLeaf() instanceof VariableTree tree
        && tree.getInitializer() instanceof NewClassTree made
        && made.getClassBody() == null
        && Set.of("java.lang.ThreadLocal", "java.lang.InheritableThreadLocal")
            .contains(String.valueOf(context.types().erasure(typeOf(declaration, made, context))));
  }

  private static TypeMirror typeOf(TreePath declaration, NewClassTree made, RuleContext context) {
    return context.trees().getTypeMirror(new TreePath(declaration, made));
  }

  private static @Nullable TreePath declaration(
      VariableElement variable, TreePath near, RuleContext context) {
    TreePath field = context.trees().getPath(variable);
    if (field != null) {
      return field;
    }
    return Mentions.sources(variable, near, context).stream()
        .findFirst()
        .map(TreePath::getParentPath)
        .orElse(null);
  }

  /** Whether the thread's values come along, or may, as far as names and types tell. */
  private static boolean isCarried(Place place, RuleContext context) {
    if (Mentions.anyCallDeep(place.function(), context, ContextLost::isCarrier)) {
      return true;
    }
    TreePath executor = Place.executor(place.taker());
    if (executor == null) {
      return !place.taker().name().endsWith("Async") && startsComplete(place.taker(), context);
    }
    String said = executor.getLeaf().toString();
    String type = String.valueOf(context.type(executor));
    VariableElement variable = Mentions.variable(executor, context);
    TreePath declared = variable == null ? null : declaration(variable, executor, context);
    String made = declared == null ? "" : declared.getLeaf().toString();
    return (!type.startsWith("java.util.concurrent.") && place.kind() != Place.Kind.LOOP)
        || speaksOfContext(said)
        || speaksOfContext(made);
  }

  private static boolean isCarrier(Call call) {
    return CARRIERS.stream().anyMatch(call.ownerName()::startsWith);
  }

  private static boolean speaksOfContext(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("context")
        || lower.contains("wrap")
        || lower.contains("propagat")
        || lower.contains("trac")
        || lower.contains("mdc")
        || lower.contains("runnable::run");
  }

  /** A callback of a completed future runs at once, on the thread that registers it. */
  private static boolean startsComplete(Call call, RuleContext context) {
    for (TreePath at = call.receiver(); at != null; ) {
      Call link = context.call(at);
      if (link == null || link.name().endsWith("Async")) {
        return false;
      }
      // Our own stages bring the caller's context to what depends on them.
      if (context.origins().methods().isCompleted(link)
          || link.ownerName().equals("dev.trestle.bridge.SyncToAsync")) {
        return true;
      }
      at = link.receiver();
    }
    return false;
  }

  private static boolean isSetThere(
      Place place, @Nullable VariableElement variable, RuleContext context) {
    return Mentions.anyCallDeep(
        place.function(),
        context,
        call ->
            variable == null
                ? LOGGING.contains(call.ownerName())
                    && (call.name().startsWith("put") || call.name().startsWith("set"))
                : call.name().equals("set")
                    && variable.equals(Mentions.variable(call.receiver(), context)));
  }
}
