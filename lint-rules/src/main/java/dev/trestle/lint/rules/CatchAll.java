package dev.trestle.lint.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;

/** Recognises a submitted body that deals with every failure itself, so that none can vanish. */
final class CatchAll {
  private static final Set<String> STARTERS =
      Set.of("submit", "schedule", "scheduleAtFixedRate", "scheduleWithFixedDelay", "runAsync");
  private static final Set<String> EVERYTHING =
      Set.of("Throwable", "Exception", "RuntimeException");

  private CatchAll() {}

  /** Whether the call starts a body that catches everything. */
  static boolean isBodyOf(Call call, RuleContext context) {
    return STARTERS.contains(call.name())
        && call.ownerName().startsWith("java.util.concurrent.")
        && !call.arguments().isEmpty()
        && catchesAll(body(call.arguments().get(0), context));
  }

  private static List<? extends StatementTree> body(TreePath argument, RuleContext context) {
    Tree tree = argument.getLeaf();
    if (tree instanceof LambdaExpressionTree lambdaExpressionTree) {
      Tree body = lambdaExpressionTree.getBody();
      return body instanceof BlockTree blockTree ? blockTree.getStatements() : List.of();
    }
    if (tree instanceof NewClassTree newClassTree && newClassTree.getClassBody() != null) {
      return newClassTree.getClassBody().getMembers().stream()
          .filter(member -> member instanceof MethodTree methodTree && !isConstructor(methodTree))
          .map(member -> ((MethodTree) member).getBody())
          .filter(body -> body != null && !body.getStatements().isEmpty())
          .flatMap(body -> body.getStatements().stream())
          .toList();
    }
    if (tree instanceof MemberReferenceTree) {
      Element element = context.element(argument);
      Tree method = element == null ? null : context.trees().getTree(element);
      return method instanceof MethodTree methodTree && methodTree.getBody() != null
          ? methodTree.getBody().getStatements()
          : List.of();
    }
    return List.of();
  }

  private static boolean catchesAll(List<? extends StatementTree> body) {
    boolean seen = false;
    for (StatementTree statement : body) {
      if (statement instanceof TryTree tryTree && !seen) {
        seen = catchesAll(tryTree);
        if (!seen) {
          return false;
        }
      } else if (!(statement instanceof ReturnTree)) {
        return false;
      }
    }
    return seen;
  }

  private static boolean catchesAll(TryTree tree) {
    return tree.getCatches().stream()
            .anyMatch(handler -> types(handler).anyMatch(EVERYTHING::contains))
        && tree.getCatches().stream().noneMatch(CatchAll::rethrows);
  }

  private static Stream<String> types(CatchTree handler) {
    String type = handler.getParameter().getType().toString();
    return Stream.of(type.split("\\|"))
        .map(name -> name.substring(name.lastIndexOf('.') + 1).strip());
  }

  // The compiler has given the anonymous class a constructor by now.
  private static boolean isConstructor(MethodTree method) {
    return method.getReturnType() == null;
  }

  private static boolean rethrows(CatchTree handler) {
    return handler.getBlock().getStatements().stream().anyMatch(s -> s instanceof ThrowTree);
  }
}
