package dev.trestle.lint;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which methods of the compiled sources only hand back something that exists already: a
 * field, an argument, {@code this}, or a completed future.
 *
 * <p>It reads the parsed text and not the attributed trees, because the compiler throws the body of
 * a class away when it is done with it, while another class may still call its methods.
 */
final class MethodShapes {
  private static final Set<String> COMPLETED =
      Set.of(
          "completedFuture",
          "completedStage",
          "failedFuture",
          "failedStage",
          "succeededFuture",
          "immediateFuture",
          "immediateVoidFuture",
          "immediateFailedFuture");

  /** What maps, queues and atomics hand out; a {@code get} counts only with a key. */
  private static final Set<String> LOOKUPS =
      Set.of(
          "getOrDefault",
          "getIfPresent",
          "getAndSet",
          "computeIfAbsent",
          "putIfAbsent",
          "remove",
          "poll",
          "peek",
          "requireNonNull");

  private static final Pattern MAP = Pattern.compile("(\\w+\\.)*\\w*Map(<.*>)?", Pattern.DOTALL);

  /** Whether each method that was seen hands back only what exists already. */
  private final Map<String, Boolean> seen = new HashMap<>();

  /** Methods that do more than to return something. */
  private final Set<String> busy = new HashSet<>();

  /** Methods without a body: one that has as many parameters may be meant instead of another. */
  private final Set<String> bodiless = new HashSet<>();

  /** What those that hand back ask for it: methods of the same class, or of one around it. */
  private final Map<String, Set<String>> asked = new HashMap<>();

  /** Whether a method returns {@code this}, and nothing else. */
  private final Map<String, Boolean> fluent = new HashMap<>();

  /** The classes that name a type among those they extend or implement, by its simple name. */
  private final Map<String, Set<String>> below = new HashMap<>();

  /** Reads the methods of one parsed file. */
  void read(CompilationUnitTree unit) {
    ExpressionTree name = unit.getPackageName();
    String prefix = name == null ? "" : name + ".";
    for (Tree type : unit.getTypeDecls()) {
      if (type instanceof ClassTree classTree) {
        read(prefix, classTree, new ArrayDeque<>());
      }
    }
  }

  /**
   * Whether the body of {@code method} was seen and hands back only what exists already, or every
   * body seen for it in the classes below hands back {@code this}.
   */
  boolean handsBack(ExecutableElement method) {
    TypeElement owner = TypeNames.enclosingType(method);
    return (owner != null && handsBack(owner, signature(method), new HashSet<>()))
        || (method.getModifiers().contains(Modifier.ABSTRACT) && isFluentBelow(method));
  }

  private boolean handsBack(TypeElement owner, String signature, Set<String> path) {
    String key = owner.getQualifiedName() + signature;
    if (!seen.getOrDefault(key, false) || bodiless.contains(key) || !path.add(key)) {
      return false;
    }
    boolean all =
        asked.getOrDefault(key, Set.of()).stream()
            .allMatch(other -> isHandedBackIn(owner, other, path));
    path.remove(key);
    return all;
  }

  // The method that a bare name means: of the class, of what it extends, or of the class around it.
  private boolean isHandedBackIn(TypeElement type, String signature, Set<String> path) {
    for (TypeElement around = type; around != null; around = TypeNames.enclosingType(around)) {
      TypeElement owner = declaring(around, signature);
      if (owner != null) {
        return !busy.contains(owner.getQualifiedName() + signature)
            && handsBack(owner, signature, path);
      }
    }
    return false;
  }

  private @Nullable TypeElement declaring(TypeElement type, String signature) {
    if (seen.containsKey(type.getQualifiedName() + signature)) {
      return type;
    }
    return TypeNames.parents(type).stream()
        .map(parent -> declaring(parent, signature))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private boolean isFluentBelow(ExecutableElement method) {
    Set<String> classes = new LinkedHashSet<>();
    addBelow(String.valueOf(TypeNames.enclosingType(method)), classes);
    List<Boolean> bodies =
        classes.stream()
            .map(name -> fluent.get(name + signature(method)))
            .filter(Objects::nonNull)
            .toList();
    return !bodies.isEmpty() && !bodies.contains(false);
  }

  private void addBelow(String type, Set<String> classes) {
    for (String name : below.getOrDefault(simple(type), Set.of())) {
      if (classes.add(name)) {
        addBelow(name, classes);
      }
    }
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Whether the body of {@code method} was seen. */
  boolean isKnown(ExecutableElement method) {
    return seen.containsKey(key(method));
  }

  private static String key(ExecutableElement method) {
    String owner =
        method.getEnclosingElement() instanceof TypeElement
            ? ((TypeElement) method.getEnclosingElement()).getQualifiedName().toString()
            : "";
    return owner + signature(method);
  }

  private static String signature(ExecutableElement method) {
    return "#" + method.getSimpleName() + "/" + method.getParameters().size();
  }

  private void read(String prefix, ClassTree type, Deque<ClassTree> around) {
    around.push(type);
    String name = prefix + type.getSimpleName();
    type.getImplementsClause().forEach(parent -> isBelow(name, parent));
    if (type.getExtendsClause() != null) {
      isBelow(name, type.getExtendsClause());
    }
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree inner) {
        read(name + ".", inner, around);
      } else if (member instanceof MethodTree method) {
        Tree result = method.getReturnType();
        String key = name + "#" + method.getName() + "/" + method.getParameters().size();
        if (method.getBody() == null) {
          bodiless.add(key);
        } else if (result != null && !(result instanceof PrimitiveTypeTree)) {
          if (!onlyReturns(method)) {
            busy.add(key);
          }
          Returns returns = new Returns(method, around);
          returns.scan(method.getBody(), null);
          fluent.merge(key, returns.any && returns.onlyThis, Boolean::logicalAnd);
          // Two overloads with as many parameters share a key: both must hand back.
          if (seen.merge(key, returns.any && returns.onlyHeld, Boolean::logicalAnd)) {
            asked.computeIfAbsent(key, x -> new HashSet<>()).addAll(returns.asked);
          }
        }
      }
    }
    around.pop();
  }

  private static boolean onlyReturns(MethodTree method) {
    return method.getBody().getStatements().size() == 1
        && method.getBody().getStatements().get(0) instanceof ReturnTree;
  }

  private void isBelow(String name, Tree parent) {
    Tree plain = parent instanceof ParameterizedTypeTree generic ? generic.getType() : parent;
    below.computeIfAbsent(simple(plain.toString()), x -> new HashSet<>()).add(name);
  }

  /** Whether a method of this name and without parameters tells a future and starts nothing. */
  static boolean isNamedFuture(CharSequence method) {
    String name = method.toString();
    return name.equals("future")
        || (name.endsWith("Future") && !name.startsWith("to"))
        || name.endsWith("Promise")
        || name.endsWith("Stage");
  }

  /** Looks at what each return statement of one body names. */
  private static final class Returns extends TreeScanner<Void, Void> {
    private final MethodTree method;

    /** The classes that the method is in, from the inside out. */
    private final Iterable<ClassTree> around;

    private final Set<String> locals = new HashSet<>();
    final Set<String> asked = new HashSet<>();
    boolean any;
    boolean onlyHeld = true;
    boolean onlyThis = true;

    Returns(MethodTree method, Iterable<ClassTree> around) {
      this.method = method;
      this.around = around;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
      ExpressionTree initializer = tree.getInitializer();
      if (initializer == null || !isHeld(initializer)) {
        locals.add(tree.getName().toString());
      }
      return null;
    }

    // No return of the method is inside an expression or a class, and they are most of the code.
    @Override
    public Void scan(Tree tree, Void unused) {
      boolean skipped =
          tree instanceof ClassTree || (tree instanceof ExpressionTree && !binds(tree));
      return skipped ? null : super.scan(tree, null);
    }

    /** Whether a condition of this kind may declare a variable that is seen outside of it. */
    private static boolean binds(Tree tree) {
      return tree instanceof InstanceOfTree
          || tree instanceof BinaryTree
          || tree instanceof UnaryTree
          || tree instanceof ParenthesizedTree;
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void unused) {
      any = true;
      onlyHeld &= tree.getExpression() != null && isHeld(tree.getExpression());
      onlyThis &=
          tree.getExpression() instanceof IdentifierTree name
              && name.getName().contentEquals("this");
      return null;
    }

    private boolean isHeld(ExpressionTree tree) {
      if (tree instanceof ParenthesizedTree parenthesizedTree) {
        return isHeld(parenthesizedTree.getExpression());
      }
      if (tree instanceof TypeCastTree typeCastTree) {
        return isHeld(typeCastTree.getExpression());
      }
      if (tree instanceof ConditionalExpressionTree choice) {
        return isHeld(choice.getTrueExpression()) && isHeld(choice.getFalseExpression());
      }
      if (tree instanceof IdentifierTree identifierTree) {
        return !locals.contains(identifierTree.getName().toString());
      }
      if (tree instanceof MemberSelectTree) {
        return true;
      }
      if (tree instanceof MethodInvocationTree call) {
        String name = simpleName(call.getMethodSelect());
        return COMPLETED.contains(name)
            || (LOOKUPS.contains(name) && call.getMethodSelect() instanceof MemberSelectTree)
            || (name.equals("get") && !call.getArguments().isEmpty())
            || isSameGetter(call, name)
            || isReplacement(call, name)
            || isAsked(call, name);
      }
      // A lazy getter stores what it starts: `return f = start()`.
      return tree instanceof AssignmentTree || tree.getKind() == Tree.Kind.NULL_LITERAL;
    }

    // `closeFuture() { return channel.closeFuture(); }`: as much a getter as the one it asks.
    private boolean isSameGetter(MethodInvocationTree call, String name) {
      return method.getName().contentEquals(name)
          && method.getParameters().isEmpty()
          && call.getArguments().isEmpty()
          && isNamedFuture(name)
          && call.getMethodSelect() instanceof MemberSelectTree select
          && isHeld(select.getExpression());
    }

    // `{ return (Call<?>) above(); }`: whether that hands back is known when all classes have been
    // read. A body that does more, `{ stop(); return whenStopped(); }`, starts what it hands out.
    private boolean isAsked(MethodInvocationTree call, String name) {
      if (!onlyReturns(method)) {
        return false;
      }
      ExpressionTree select = call.getMethodSelect();
      boolean own =
          select instanceof IdentifierTree
              || (select instanceof MemberSelectTree member
                  && member.getExpression() instanceof IdentifierTree on
                  && (on.getName().contentEquals("this") || on.getName().contentEquals("super")));
      if (own) {
        asked.add("#" + name + "/" + call.getArguments().size());
      }
      return own;
    }

    // `put` and `replace` hand out what was there, if it is a map that they are called on.
    private boolean isReplacement(MethodInvocationTree call, String name) {
      return (name.equals("put") || name.equals("replace"))
          && call.getMethodSelect() instanceof MemberSelectTree select
          && isMap(select.getExpression());
    }

    private boolean isMap(ExpressionTree receiver) {
      String name = simpleName(receiver);
      for (ClassTree type : around) {
        for (Tree member : type.getMembers()) {
          if (member instanceof VariableTree field && field.getName().contentEquals(name)) {
            return MAP.matcher(field.getType().toString()).matches();
          }
        }
      }
      return false;
    }

    private static String simpleName(ExpressionTree select) {
      return select instanceof MemberSelectTree memberSelectTree
          ? memberSelectTree.getIdentifier().toString()
          : select.toString();
    }
  }
}
