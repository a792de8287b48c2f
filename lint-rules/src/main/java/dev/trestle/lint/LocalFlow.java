package dev.trestle.lint;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Which of the futures stored in the local variables of one method are read again.
 *
 * <p>The state of the walk holds the stores that may have reached a point, and a read marks all of
 * them. The second turn of a loop shows the stores that a later turn replaces. Where the walk is
 * not exact it takes more stores for read than are: silence is the safe side.
 *
 * <p>Putting a value into a container is a store that replaces nothing. What a lambda or a local
 * class reads counts as read always, since nobody knows when it runs.
 */
public final class LocalFlow extends FlowWalk {
  private final RuleContext context;
  private final FutureMethods methods;

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
          || (kind == Destination.Kind.DROPPED && !isSeen(destination.link()))) {
        markLookedAt(variable);
      } else {
        markRead(variable);
      }
    }
    return null;
  }

  // `write.sync();` and `reply.onComplete(handler);`: the statement drops what it gives back, but
  // not before it has waited, or told somebody to.
  private boolean isSeen(TreePath link) {
    for (Call call = context.call(link); call != null; ) {
      if (methods.isWait(call) || methods.isObserver(call)) {
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
    if (store instanceof AssignmentTree
        && (state.isCertainlyUnread(store)
            || (state.isUnread(store) && LoopFilter.isAllAround(getCurrentPath())))) {
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

  // Where a variable is known to be null it holds no future, so storing one there replaces nothing.
  @Override
  void assume(ExpressionTree condition, boolean holds) {
    Tree.Kind comparison = holds ? Tree.Kind.EQUAL_TO : Tree.Kind.NOT_EQUAL_TO;
    ExpressionTree test = condition;
    while (test instanceof ParenthesizedTree) {
      test = ((ParenthesizedTree) test).getExpression();
    }
    if (test.getKind() == (holds ? Tree.Kind.CONDITIONAL_AND : Tree.Kind.CONDITIONAL_OR)) {
      assume(((BinaryTree) test).getLeftOperand(), holds);
      assume(((BinaryTree) test).getRightOperand(), holds);
      return;
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
}
