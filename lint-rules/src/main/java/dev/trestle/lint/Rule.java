package dev.trestle.lint;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;

/**
 * One check. A rule names the kinds of tree it wants to see and is handed each of them, attributed,
 * once; it reports through the context. Rules keep no state between calls.
 */
public interface Rule {
  /** The name in options, suppressions, reports and of the page {@code docs/<id>.md}. */
  String id();

  /** One sentence that says what is flagged. */
  String summary();

  /** How findings are reported when nothing is configured. */
  Severity severity();

  /** The reasons a finding can carry; empty if the rule has only one. */
  default List<Reason> reasons() {
    return List.of();
  }

  /** Names in {@code @SuppressWarnings} that silence this rule besides its id. */
  default Set<String> alsoSuppressedBy() {
    return Set.of();
  }

  /** The kinds of tree that {@link #check} is called with. */
  Set<Tree.Kind> kinds();

  /**
   * Looks at one tree and reports what is wrong with it.
   *
   * @param path the tree, of one of the {@link #kinds}, and its parents up to the file
   * @param context what is known about the code, and where findings go
   */
  void check(TreePath path, RuleContext context);
}
