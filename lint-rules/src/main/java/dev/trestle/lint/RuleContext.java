package dev.trestle.lint;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.function.Consumer;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** What a rule knows about the class it looks at, and where its findings go. */
public final class RuleContext {
  private final Compilation compilation;
  private final CompilationUnitTree unit;
  private final Rule rule;
  private final Consumer<Finding> sink;
  private final Calls calls;
  private final Origins origins;
  private final Destinations destinations;
  private final LocalFlows flows;
  private final Surroundings surroundings;

  RuleContext(
      Compilation compilation, CompilationUnitTree unit, Rule rule, Consumer<Finding> sink) {
    this.compilation = compilation;
    this.unit = unit;
    this.rule = rule;
    this.sink = sink;
    this.calls = new Calls(compilation.trees(), compilation.callees());
    this.destinations = new Destinations(this);
    this.origins = new Origins(this);
    this.flows = new LocalFlows(this);
    this.surroundings = new Surroundings(this);
  }

  private RuleContext(RuleContext shared, Rule rule) {
    this.compilation = shared.compilation;
    this.unit = shared.unit;
    this.rule = rule;
    this.sink = shared.sink;
    this.calls = shared.calls;
    this.destinations = shared.destinations;
    this.origins = shared.origins;
    this.flows = shared.flows;
    this.surroundings = shared.surroundings;
  }

  /** The same class seen by another rule; what was computed for one serves all. */
  RuleContext forRule(Rule other) {
    return new RuleContext(this, other);
  }

  /** The compiler's trees. */
  public Trees trees() {
    return compilation.trees();
  }

  /** The compiler's types. */
  public Types types() {
    return compilation.types();
  }

  /** The compiler's elements. */
  public Elements elements() {
    return compilation.elements();
  }

  /** The file. */
  public CompilationUnitTree unit() {
    return unit;
  }

  /** What is a future. */
  public FutureTypes futures() {
    return compilation.futures();
  }

  /** What lambdas and method references stand for. */
  public FunctionTypes functions() {
    return compilation.functions();
  }

  /** What method bodies of this compilation give back, as far as their text says. */
  MethodShapes shapes() {
    return compilation.shapes();
  }

  /** Whether a future is fresh or was held by somebody before. */
  public Origins origins() {
    return origins;
  }

  /** Where the value of an expression goes. */
  public Destinations destinations() {
    return destinations;
  }

  /** What becomes of the values stored in local variables. */
  public LocalFlows flows() {
    return flows;
  }

  /** What may run where an expression stands: in a callback, in a loop, under a lock. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** The type of the expression at {@code path}; for a lambda or method reference its target's. */
  public @Nullable TypeMirror type(TreePath path) {
    return trees().getTypeMirror(path);
  }

  /** What the name or call at {@code path} refers to. */
  public @Nullable Element element(TreePath path) {
    return trees().getElement(path);
  }

  /** The call at {@code path}, or null if it is none. */
  public @Nullable Call call(TreePath path) {
    return calls.at(path);
  }

  /** Whether the expression at {@code path} is a lambda or a method reference. */
  public static boolean isFunction(TreePath path) {
    return path.getLeaf() instanceof LambdaExpressionTree
        || path.getLeaf() instanceof MemberReferenceTree;
  }

  /** Reports a finding with the rule's only reason. */
  public void report(TreePath at, Confidence confidence, String message) {
    report(at, "", confidence, message);
  }

  /**
   * Reports a finding. Whether it is shown is decided by the engine: a suppression, the selection
   * of rules, or a finding of {@code un-awaited} at the same place may silence it.
   *
   * @param at the expression at fault; for a chain the finding stands at its last link
   * @param reason one of the rule's reasons
   * @param confidence how sure the rule is
   * @param message what is wrong and what to do, one line
   */
  public void report(TreePath at, String reason, Confidence confidence, String message) {
    Severity severity = compilation.selection().severity(rule, reason, confidence);
    sink.accept(new Finding(rule, reason, confidence, severity, at, message));
  }
}
