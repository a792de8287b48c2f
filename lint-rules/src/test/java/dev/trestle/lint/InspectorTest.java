package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The engine goes on when a rule breaks, and reports one expression once. */
class InspectorTest {
  private static final String SOURCE =
      """
      import java.util.concurrent.*;
      class Two {
        CompletableFuture<Void> save() { return CompletableFuture.runAsync(() -> {}, Runnable::run); }
        void run() { save(); save(); }
      }
      """;

  @Test
  void aRuleThatThrowsIsNotedOnceAndTheOthersGoOn() {
    Rule good = Rules.all().get(0);
    var result = InMemoryCompiler.inspect(List.of(SOURCE), "", List.of(new Broken(), good));
    assertThat(result.findings()).hasSize(2);
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("[broken] stopped with java.lang.IllegalStateException: on purpose at ")
        .contains("all other rules go on");
  }

  @Test
  void theFirstRuleWinsWhereTwoReportTheSameExpression() {
    Rule good = Rules.all().get(0);
    var result = InMemoryCompiler.inspect(List.of(SOURCE), "", List.of(good, new Noisy()));
    assertThat(result.findings()).hasSize(3);
    assertThat(result.findings()).filteredOn(f -> f.rule().equals("noisy")).hasSize(1);
  }

  private static class Broken implements Rule {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String summary() {
      return "Always fails.";
    }

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    @Override
    public Set<Tree.Kind> kinds() {
      return Set.of(Tree.Kind.METHOD_INVOCATION);
    }

    @Override
    public void check(TreePath path, RuleContext context) {
      throw new IllegalStateException("on purpose");
    }
  }

  /** Reports every call, among them what un-awaited reports. */
  private static final class Noisy extends Broken {
    @Override
    public String id() {
      return "noisy";
    }

    @Override
    public void check(TreePath path, RuleContext context) {
      if (!path.getLeaf().toString().startsWith("super")) {
        context.report(path, Confidence.CERTAIN, "a call");
      }
    }
  }
}
