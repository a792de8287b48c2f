package dev.trestle.lint;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Runs the rules over attributed classes and keeps what is to be reported. */
final class Inspector {
  private static final Set<Tree.Kind> DECLARATIONS =
      Set.of(
          Tree.Kind.CLASS,
          Tree.Kind.INTERFACE,
          Tree.Kind.ENUM,
          Tree.Kind.RECORD,
          Tree.Kind.ANNOTATION_TYPE,
          Tree.Kind.METHOD,
          Tree.Kind.VARIABLE);

  private final Compilation compilation;
  private final Consumer<String> notes;
  private final List<Rule> rules;
  private final Map<Tree.Kind, List<Rule>> byKind = new EnumMap<>(Tree.Kind.class);
  private final boolean wantsUnused;
  private final Set<Rule> broken = new HashSet<>();

  /**
   * Prepares the rules that are switched on.
   *
   * @param compilation what the rules may ask
   * @param known the rules there are, the first of which wins where two report one expression
   * @param notes takes a line about each rule that breaks; the run goes on without it
   */
  Inspector(Compilation compilation, List<Rule> known, Consumer<String> notes) {
    this.compilation = compilation;
    this.notes = notes;
    this.rules = known.stream().filter(compilation.selection()::isOn).toList();
    for (Rule rule : rules) {
      for (Tree.Kind kind : rule.kinds()) {
        byKind.computeIfAbsent(kind, unused -> new ArrayList<>()).add(rule);
      }
    }
    this.wantsUnused = rules.stream().anyMatch(rule -> rule.id().equals("unused-suppression"));
  }

  /** Whether any rule is switched on. */
  boolean hasWork() {
    return !rules.isEmpty();
  }

  /** The findings in the class or file at {@code path}, in the order of the source. */
  Inspection inspect(TreePath path) {
    Scan scan = new Scan(path.getCompilationUnit());
    scan.scan(path, null);
    return new Inspection(scan.reported(), scan.unresolved);
  }

  /**
   * What came of one class.
   *
   * @param findings what the rules report
   * @param unresolved whether the compiler could not give every call a type
   */
  record Inspection(List<Finding> findings, boolean unresolved) {}

  private void broke(Rule rule, CompilationUnitTree unit, boolean unresolved, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    if (failure.getClass().getSimpleName().equals("CompletionFailure")
        || (unresolved && trace.length > 0 && isInsideCompiler(trace[0].getClassName()))) {
      return;
    }
    if (broken.add(rule)) {
      notes.accept(
          "["
              + rule.id()
              + "] stopped with "
              + failure
              + (trace.length > 0 ? " at " + trace[0] : "")
              + " while reading "
              + unit.getSourceFile().getName()
              + "; its findings may be incomplete, all other rules go on. Please report this.");
    }
  }

  // Where a class file is missing, the compiler trips over its own half-made types: that is the
  // class path's fault. What a rule asks wrongly is refused at the compiler's doors, api and model.
  private static boolean isInsideCompiler(String className) {
    return className.startsWith("com.sun.tools.javac.")
        && !className.startsWith("com.sun.tools.javac.api.")
        && !className.startsWith("com.sun.tools.javac.model.");
  }

  /** One walk over one class. */
  private final class Scan extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final IdentityHashMap<Rule, RuleContext> contexts = new IdentityHashMap<>();
    private final List<Finding> found = new ArrayList<>();
    private final List<Suppressions.Named> suppressed = new ArrayList<>();
    private final Suppressions suppressions = new Suppressions(compilation.trees());
    boolean unresolved;

    Scan(CompilationUnitTree unit) {
      this.unit = unit;
      RuleContext first = null;
      for (Rule rule : rules) {
        first =
            first == null
                ? new RuleContext(compilation, unit, rule, found::add)
                : first.forRule(rule);
        contexts.put(rule, first);
      }
    }

    @Override
    public Void scan(Tree tree, Void unused) {
      if (tree != null) {
        List<Rule> interested = byKind.get(tree.getKind());
        boolean declaration = wantsUnused && DECLARATIONS.contains(tree.getKind());
        if (interested != null || declaration) {
          TreePath parent = getCurrentPath();
          visit(new TreePath(parent, tree), interested == null ? List.of() : interested);
        }
      }
      return super.scan(tree, null);
    }

    @Override
    public Void scan(TreePath path, Void unused) {
      // A path is scanned leaf first, past scan(Tree): only the leaf's children come through there.
      visit(path, byKind.getOrDefault(path.getLeaf().getKind(), List.of()));
      return super.scan(path, null);
    }

    // Nothing that runs is inside an annotation or the arguments of a type.
    @Override
    public Void visitAnnotation(AnnotationTree tree, Void unused) {
      return null;
    }

    @Override
    public Void visitParameterizedType(ParameterizedTypeTree tree, Void unused) {
      return null;
    }

    private void visit(TreePath path, List<Rule> interested) {
      if (wantsUnused) {
        suppressed.addAll(suppressions.on(path));
      }
      if (path.getLeaf() instanceof MethodInvocationTree) {
        TypeMirror type = compilation.trees().getTypeMirror(path);
        unresolved |= type == null || type.getKind() == TypeKind.ERROR;
      }
      for (Rule rule : interested) {
        try {
          RuleContext context = contexts.get(rule);
          if (context != null) {
            rule.check(path, context);
          }
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
          broke(rule, unit, unresolved, failure);
        }
      }
    }

    List<Finding> reported() {
      List<Finding> kept = new ArrayList<>();
      Set<Tree> sites = Collections.newSetFromMap(new IdentityHashMap<>());
      found.sort(Comparator.comparingInt(finding -> rules.indexOf(finding.rule())));
      for (Finding finding : found) {
        if (!suppressions.covers(finding)
            && finding.severity() != Severity.OFF
            && sites.add(finding.tree())) {
          kept.add(finding);
        }
      }
      addUnused(kept);
      var positions = compilation.trees().getSourcePositions();
      kept.sort(Comparator.comparingLong(f -> positions.getStartPosition(unit, f.tree())));
      return kept;
    }

    private void addUnused(List<Finding> kept) {
      for (Suppressions.Named named : suppressed) {
        for (Rule rule : rules) {
          if (rule.id().equals(named.name()) && !suppressions.isUsed(named)) {
            Rules.named("unused-suppression")
                .ifPresent(unused -> kept.add(unusedFinding(unused, named)));
          }
        }
      }
    }

    private Finding unusedFinding(Rule unused, Suppressions.Named named) {
      Severity severity = compilation.selection().severity(unused, "", Confidence.CERTAIN);
      String message = "'" + named.name() + "' suppresses nothing here; remove it";
      return new Finding(unused, "", Confidence.CERTAIN, severity, named.path(), message);
    }
  }
}
