package dev.trestle.lint.rules;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Rule;
import dev.trestle.lint.RuleContext;
import dev.trestle.lint.Severity;
import java.util.Set;

/**
 * A {@code @SuppressWarnings} that names a rule and silences no finding of it.
 *
 * <p>The engine reports it, since only the engine knows when all other rules are done; this class
 * gives it a name to be switched on by.
 */
public final class UnusedSuppression implements Rule {
  @Override
  public String id() {
    return "unused-suppression";
  }

  @Override
  public String summary() {
    return "A suppression that suppresses nothing.";
  }

  @Override
  public Severity severity() {
    return Severity.OFF;
  }

  @Override
  public Set<Tree.Kind> kinds() {
    return Set.of();
  }

  @Override
  public void check(TreePath path, RuleContext context) {}
}
