package dev.trestle.lint;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Which of the futures stored in the local variables of one method are read again.
 *
 * <p>A forward walk over every path at once: the state holds the stores that may have reached a
 * point, a read marks all of them, and paths meet by union. A loop's body is walked twice, the
 * second time with what the first left behind, which shows the stores that a later turn replaces.
 * Where the walk is not exact (exceptions may leave a try block anywhere) it takes more stores for
 * read than are: silence is the safe side.
 *
 * <p>Putting a value into a container is a store that replaces nothing. What a lambda or a local
 * class reads counts as read always, since nobody knows when it runs.
 */
public final class LocalFlow extends TreePathScanner<Void, Void> {
  private final RuleContext context;
  private final FutureMethods methods;

  private @Nullable FlowState state = new FlowState();
  private int depth;
  private Deque<Jump> jumps = new ArrayDeque<>();
  private Deque<Thrown> tries = new ArrayDeque<>();
  private @Nullable String label;

  private final Map<VariableElement, Integer> declared = new HashMap<>();
  private final Map<Tree, VariableElement> stores = new HashMap<>();
  private final Map<Tree, Integer> storeDepth = new HashMap<>();
  private final Set<Tree> read = new HashSet<>();
  private final Set<Tree> lookedAt = new HashSet<>();
  private final Set<Tree> replaced = new HashSet<>();
  private final Set<Tree> lostInLoop = new HashSet<>();
  private final Set<VariableElement> readSomewhere = new HashSet<>();
  private final Set<VariableElement> readByFunction = new HashSet<>();
  private final Set<VariableElement> shared = new HashSet<>();

  LocalFlow(RuleContext context) {
    this.context = context;
    this.methods = new FutureMethods(context);
  }

  /**
   * What becomes of a value stored by {@code store}: a variable with an initialiser, an assignment,
   * or a call that adds to a container.
   */
  public Fate fateOf(Tree store) {
    VariableElement variable = stores.get(store);
    if (variable == null || readByFunction.contains(variable)) {
      return Fate.READ;
    }
    if (lostInLoop.contains(store)) {
      return Fate.OVERWRITTEN;
    }
    boolean inFunction =
        storeDepth.getOrDefault(store, 0) > declared.getOrDefault(variable, Integer.MAX_VALUE);
    if (read.contains(store) || (inFunction && readSomewhere.contains(variable))) {
      return Fate.READ;
    }
    if (lookedAt.contains(store)) {
      return Fate.LOOKED_AT;
    }
    return replaced.contains(store) ? Fate.OVERWRITTEN : Fate.UNREAD;
  }

  /** Whether nobody but this method can know the container in {@code variable}. */
  public boolean isOwn(VariableElement variable) {
    return declared.containsKey(variable) && !shared.contains(variable);
  }

  @Override
  public Void visitVariable(VariableTree tree, Void unused) {
    scan(tree.getInitializer(), null);
    Element element = context.element(getCurrentPath());
    if (element != null
        && (element.getKind() == ElementKind.LOCAL_VARIABLE
            || element.getKind() == ElementKind.PARAMETER)
        && isTracked(element)) {
      VariableElement variable = (VariableElement) element;
      declared.put(variable, depth);
      boolean inLoopHead =
          getCurrentPath().getParentPath().getLeaf() instanceof EnhancedForLoopTree;
      if (element.getKind() == ElementKind.PARAMETER || inLoopHead) {
        shared.add(variable);
      }
      if (tree.getInitializer() != null) {
        store(variable, tree, tree.getInitializer());
      } else {
        forget(variable);
      }
    }
    return null;
  }

  @Override
  public Void visitAssignment(AssignmentTree tree, Void unused) {
    VariableElement variable = tracked(tree.getVariable());
    if (variable != null) {
      scan(tree.getExpression(), null);
      store(variable, tree, tree.getExpression());
      return null;
    }
    if (tree.getVariable() instanceof ArrayAccessTree) {
      ArrayAccessTree access = (ArrayAccessTree) tree.getVariable();
      VariableElement array = tracked(access.getExpression());
      if (array != null) {
        scan(access.getIndex(), null);
        scan(tree.getExpression(), null);
        add(array, tree);
        return null;
      }
    }
    return super.visitAssignment(tree, null);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
    Call call = context.call(getCurrentPath());
    TreePath receiver = call == null ? null : call.receiver();
    VariableElement container =
        receiver == null ? null : tracked((ExpressionTree) receiver.getLeaf());
    if (call != null
        && container != null
        && !context.futures().isFuture(container.asType())
        && methods.isAdd(call)) {
      scan(tree.getArguments(), null);
      add(container, tree);
      return null;
    }
    return super.visitMethodInvocation(tree, null);
  }

  @Override
  public Void visitIdentifier(IdentifierTree tree, Void unused) {
    VariableElement variable = tracked(tree);
    if (variable != null) {
      Destination destination = context.destinations().of(getCurrentPath());
      Destination.Kind kind = destination.kind();
      if (destination.value().getLeaf() == tree && kind != Destination.Kind.RECEIVER) {
        handOut(variable, kind);
      }
      if (kind == Destination.Kind.LOOKED_AT
          || (kind == Destination.Kind.DROPPED && !isWaitedFor(destination.link()))) {
        markLookedAt(variable);
      } else {
        markRead(variable);
      }
    }
    return null;
  }

  @Override
  public Void visitIf(IfTree tree, Void unused) {
    scan(tree.getCondition(), null);
    branch(tree.getCondition(), tree.getThenStatement(), tree.getElseStatement());
    return null;
  }

  @Override
  public Void visitConditionalExpression(ConditionalExpressionTree tree, Void unused) {
    scan(tree.getCondition(), null);
    branch(tree.getCondition(), tree.getTrueExpression(), tree.getFalseExpression());
    return null;
  }

  @Override
  public Void visitBinary(BinaryTree tree, Void unused) {
    scan(tree.getLeftOperand(), null);
    boolean lazy =
        tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR;
    FlowState skipped = lazy ? copy() : null;
    scan(tree.getRightOperand(), null);
    state = FlowState.join(state, skipped);
    return null;
  }

  @Override
  public Void visitLabeledStatement(LabeledStatementTree tree, Void unused) {
    label = tree.getLabel().toString();
    Jump jump = new Jump(tree, label, false);
    jumps.push(jump);
    scan(tree.getStatement(), null);
    jumps.pop();
    state = FlowState.join(state, jump.broken);
    return null;
  }

  @Override
  public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
    loop(
        tree,
        () -> scan(tree.getCondition(), null),
        () -> scan(tree.getStatement(), null),
        () -> {});
    return null;
  }

  @Override
  public Void visitForLoop(ForLoopTree tree, Void unused) {
    scan(tree.getInitializer(), null);
    loop(
        tree,
        () -> scan(tree.getCondition(), null),
        () -> scan(tree.getStatement(), null),
        () -> scan(tree.getUpdate(), null));
    return null;
  }

  @Override
  public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
    scan(tree.getExpression(), null);
    loop(
        tree,
        () -> scan(tree.getVariable(), null),
        () -> scan(tree.getStatement(), null),
        () -> {});
    return null;
  }

  @Override
  public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
    loop(
        tree,
        () -> {},
        () -> scan(tree.getStatement(), null),
        () -> scan(tree.getCondition(), null));
    return null;
  }

  @Override
  public Void visitSwitch(SwitchTree tree, Void unused) {
    scan(tree.getExpression(), null);
    choose(tree, tree.getCases(), false);
    return null;
  }

  @Override
  public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
    scan(tree.getExpression(), null);
    choose(tree, tree.getCases(), true);
    return null;
  }

  @Override
  public Void visitBreak(BreakTree tree, Void unused) {
    String target = tree.getLabel() == null ? null : tree.getLabel().toString();
    leave(
        jump(
            target,
            jump ->
                !(jump.tree instanceof LabeledStatementTree)
                    && !(jump.tree instanceof SwitchExpressionTree)),
        false);
    return null;
  }

  @Override
  public Void visitContinue(ContinueTree tree, Void unused) {
    String target = tree.getLabel() == null ? null : tree.getLabel().toString();
    leave(jump(target, jump -> jump.loop), true);
    return null;
  }

  @Override
  public Void visitYield(YieldTree tree, Void unused) {
    scan(tree.getValue(), null);
    leave(jump(null, jump -> jump.tree instanceof SwitchExpressionTree), false);
    return null;
  }

  @Override
  public Void visitReturn(ReturnTree tree, Void unused) {
    scan(tree.getExpression(), null);
    leave(null, false);
    return null;
  }

  @Override
  public Void visitThrow(ThrowTree tree, Void unused) {
    scan(tree.getExpression(), null);
    leave(null, false);
    return null;
  }

  @Override
  public Void visitTry(TryTree tree, Void unused) {
    scan(tree.getResources(), null);
    Thrown thrown = new Thrown();
    tries.push(thrown);
    recordThrown();
    scan(tree.getBlock(), null);
    recordThrown();
    boolean protects = tree.getFinallyBlock() != null;
    if (!protects) {
      tries.pop();
    }
    FlowState end = state;
    FlowState failed = thrown.state;
    for (CatchTree handler : tree.getCatches()) {
      state = failed == null ? null : failed.copy();
      scan(handler, null);
      end = FlowState.join(end, state);
    }
    state = end;
    if (protects) {
      recordThrown();
      tries.pop();
      state = thrown.state == null ? null : thrown.state.copy();
      scan(tree.getFinallyBlock(), null);
      state = end == null ? null : state;
    }
    return null;
  }

  @Override
  public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
    within(
        () -> {
          scan(tree.getParameters(), null);
          scan(tree.getBody(), null);
        });
    return null;
  }

  @Override
  public Void visitClass(ClassTree tree, Void unused) {
    for (Tree member : tree.getMembers()) {
      within(() -> scan(member, null));
    }
    return null;
  }

  @Override
  public Void visitMethod(MethodTree tree, Void unused) {
    scan(tree.getParameters(), null);
    scan(tree.getBody(), null);
    return null;
  }

  @Override
  public Void visitBlock(BlockTree tree, Void unused) {
    label = null;
    return super.visitBlock(tree, null);
  }

  // `write.sync();`: the statement drops what it gives back, but not before it has waited.
  private boolean isWaitedFor(TreePath link) {
    for (Call call = context.call(link); call != null; ) {
      if (methods.isWait(call)) {
        return true;
      }
      TreePath receiver = call.receiver();
      call = receiver == null ? null : context.call(receiver);
    }
    return false;
  }

  // A future may be stored as an Object: what is asked about is the type of the stored expression.
  private boolean isTracked(Element variable) {
    TypeMirror type = variable.asType();
    return context.futures().isFuture(type)
        || context.futures().elementKind(type) != null
        || TypeNames.isObject(type);
  }

  private @Nullable VariableElement tracked(ExpressionTree tree) {
    if (!(tree instanceof IdentifierTree)) {
      return null;
    }
    Element element = context.element(new TreePath(getCurrentPath(), tree));
    return element instanceof VariableElement variableElement
            && declared.containsKey(variableElement)
        ? variableElement
        : null;
  }

  private void store(VariableElement variable, Tree store, ExpressionTree value) {
    if (!isNew(value)) {
      shared.add(variable);
    }
    stores.put(store, variable);
    storeDepth.put(store, depth);
    if (state == null) {
      return;
    }
    recordThrown();
    if (store instanceof AssignmentTree && state.isCertainlyUnread(store)) {
      lostInLoop.add(store);
    }
    forget(variable);
    replaced.remove(store);
    state.add(store);
    recordThrown();
  }

  private void add(VariableElement container, Tree store) {
    stores.put(store, container);
    storeDepth.put(store, depth);
    if (state != null) {
      state.add(store);
      recordThrown();
    }
  }

  private void forget(VariableElement variable) {
    if (state != null) {
      for (Tree old : state.stores()) {
        if (variable.equals(stores.get(old))) {
          replaced.add(old);
          state.remove(old);
        }
      }
    }
  }

  private void markRead(VariableElement variable) {
    readSomewhere.add(variable);
    if (declared.getOrDefault(variable, 0) < depth) {
      readByFunction.add(variable);
    }
    if (state != null) {
      for (Tree store : state.stores()) {
        if (variable.equals(stores.get(store))) {
          read.add(store);
          state.read(store);
        }
      }
    }
  }

  // Whoever was handed the container itself sees what is put into it later.
  private void handOut(VariableElement variable, Destination.Kind kind) {
    switch (kind) {
      case STORED, ARGUMENT, LOCAL, ADDED, RETURNED, LAMBDA_RESULT -> shared.add(variable);
      default -> {}
    }
  }

  private void markLookedAt(VariableElement variable) {
    if (state != null) {
      for (Tree store : state.stores()) {
        if (variable.equals(stores.get(store))) {
          lookedAt.add(store);
        }
      }
    }
  }

  /** Whether the value is a container that was made right here. */
  private static boolean isNew(ExpressionTree value) {
    if (value instanceof ParenthesizedTree parenthesizedTree) {
      return isNew(parenthesizedTree.getExpression());
    }
    if (value instanceof MethodInvocationTree methodInvocationTree) {
      String select = methodInvocationTree.getMethodSelect().toString();
      return select.startsWith("Collections.synchronized") || select.equals("Lists.newArrayList");
    }
    return value instanceof NewArrayTree
        || value.getKind() == Tree.Kind.NULL_LITERAL
        || (value instanceof NewClassTree newClassTree && newClassTree.getClassBody() == null);
  }

  private void branch(ExpressionTree condition, Tree yes, @Nullable Tree no) {
    FlowState before = copy();
    forgetNull(condition, Tree.Kind.EQUAL_TO);
    scan(yes, null);
    FlowState after = state;
    state = before;
    forgetNull(condition, Tree.Kind.NOT_EQUAL_TO);
    scan(no, null);
    state = FlowState.join(after, state);
  }

  // Where a variable is known to be null it holds no future, so storing one there replaces nothing.
  private void forgetNull(ExpressionTree condition, Tree.Kind comparison) {
    ExpressionTree test = condition;
    while (test instanceof ParenthesizedTree) {
      test = ((ParenthesizedTree) test).getExpression();
    }
    if (test.getKind() == comparison && state != null) {
      BinaryTree binary = (BinaryTree) test;
      boolean right = binary.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL;
      boolean left = binary.getLeftOperand().getKind() == Tree.Kind.NULL_LITERAL;
      if (left || right) {
        VariableElement variable =
            tracked(right ? binary.getLeftOperand() : binary.getRightOperand());
        for (Tree store : state.stores()) {
          if (variable != null && variable.equals(stores.get(store))) {
            state.remove(store);
          }
        }
      }
    }
  }

  private void loop(Tree tree, Runnable head, Runnable body, Runnable tail) {
    Jump jump = new Jump(tree, label, true);
    label = null;
    jumps.push(jump);
    FlowState exit = null;
    for (int turn = 0; turn < 2 && state != null; turn++) {
      head.run();
      exit = FlowState.join(exit, copy());
      body.run();
      state = FlowState.join(state, jump.continued);
      jump.continued = null;
      tail.run();
    }
    jumps.pop();
    state = FlowState.join(FlowState.join(exit, state), jump.broken);
  }

  private void choose(Tree tree, List<? extends CaseTree> cases, boolean exhaustive) {
    Jump jump = new Jump(tree, null, false);
    jumps.push(jump);
    FlowState entry = copy();
    state = null;
    boolean covered = exhaustive;
    for (CaseTree branch : cases) {
      covered |= branch.toString().startsWith("default");
      boolean rule = branch.getCaseKind() == CaseTree.CaseKind.RULE;
      state = FlowState.join(rule ? null : state, entry == null ? null : entry.copy());
      scan(rule ? branch.getBody() : null, null);
      scan(rule ? null : branch.getStatements(), null);
      if (rule) {
        jump.broken = FlowState.join(jump.broken, state);
      }
    }
    jumps.pop();
    state = FlowState.join(state, jump.broken);
    if (!covered) {
      state = FlowState.join(state, entry);
    }
  }

  private void within(Runnable body) {
    FlowState before = copy();
    Deque<Jump> outerJumps = jumps;
    Deque<Thrown> outerTries = tries;
    jumps = new ArrayDeque<>();
    tries = new ArrayDeque<>();
    depth++;
    body.run();
    depth--;
    jumps = outerJumps;
    tries = outerTries;
    state = FlowState.join(before, state);
  }

  private @Nullable Jump jump(@Nullable String target, Predicate<Jump> fits) {
    for (Jump jump : jumps) {
      if (target == null ? fits.test(jump) : target.equals(jump.label)) {
        return jump;
      }
    }
    return null;
  }

  private void leave(@Nullable Jump target, boolean again) {
    recordThrown();
    if (target != null && again) {
      target.continued = FlowState.join(target.continued, state);
    } else if (target != null) {
      target.broken = FlowState.join(target.broken, state);
    }
    state = null;
  }

  private void recordThrown() {
    for (Thrown thrown : tries) {
      thrown.state = FlowState.join(thrown.state, copy());
    }
  }

  private @Nullable FlowState copy() {
    return state == null ? null : state.copy();
  }

  /** A loop, switch or labelled statement, and what reaches its end or its next turn by a jump. */
  private static final class Jump {
    final Tree tree;
    final @Nullable String label;
    final boolean loop;
    @Nullable FlowState broken;
    @Nullable FlowState continued;

    Jump(Tree tree, @Nullable String label, boolean loop) {
      this.tree = tree;
      this.label = label;
      this.loop = loop;
    }
  }

  /** What may hold when an exception leaves a try block. */
  private static final class Thrown {
    @Nullable FlowState state;
  }
}
