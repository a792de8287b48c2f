package dev.trestle.lint.rules;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.Destination;
import dev.trestle.lint.FutureTypes;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The sentences of {@code un-awaited}: what was dropped, why that hurts, what to do instead. */
final class Messages {
  private static final String PAGE = " (see lint-rules/docs/un-awaited.md)";

  private Messages() {}

  static String forgottenReturn(Call call) {
    return describe(call.tree())
        + " makes a failed future that nobody gets; was a 'return' forgotten?"
        + PAGE;
  }

  static String unAwaited(
      TreePath path,
      @Nullable TypeMirror result,
      Destination destination,
      FutureTypes.@Nullable Kind kind,
      String reason) {
    String what = describe(path.getLeaf());
    String type = typeName(result);
    boolean lazy = kind == FutureTypes.Kind.LAZY;
    String lost =
        lazy ? "is never subscribed, so nothing happens" : "nobody awaits: its errors vanish";
    String fix =
        lazy
            ? "; return it, or subscribe to it"
            : "; return it, join it, or end it with whenComplete((value, error) -> ...)";
    return what + " " + detail(type, destination, reason, lost) + fix + PAGE;
  }

  private static String detail(String type, Destination destination, String reason, String lost) {
    String that = "returns a " + type + " that " + lost;
    return switch (reason) {
      case "void-lambda" -> that + ", since the function it stands in gives nothing back";
      case "method-ref" -> that + ", since the function it stands for gives nothing back";
      case "local-unread" -> that + ", since '" + destination.variable() + "' is never read";
      case "overwritten" ->
          that + ", since '" + destination.variable() + "' gets another value first";
      case "collection" -> "makes futures that " + lost + ", since what holds them is dropped";
      case "looked-at" -> that + ": looking at it does not wait for it";
      case "constructor" -> "makes a future that " + lost;
      case "periodic" -> "starts a task that repeats until its first failure, which nobody sees";
      default -> that;
    };
  }

  static String typeName(@Nullable TypeMirror type) {
    return type instanceof DeclaredType declaredType
        ? declaredType.asElement().getSimpleName().toString()
        : "future";
  }

  static String describe(Tree tree) {
    if (tree instanceof MethodInvocationTree call) {
      return name(call.getMethodSelect()) + (call.getArguments().isEmpty() ? "()" : "(..)");
    }
    if (tree instanceof NewClassTree newClassTree) {
      return "new " + newClassTree.getIdentifier() + "(..)";
    }
    return tree instanceof MemberReferenceTree ? tree.toString() : "this expression";
  }

  private static String name(Tree select) {
    if (select instanceof MemberSelectTree memberSelectTree) {
      return memberSelectTree.getIdentifier().toString();
    }
    return select instanceof IdentifierTree identifierTree
        ? identifierTree.getName().toString()
        : select.toString();
  }
}
