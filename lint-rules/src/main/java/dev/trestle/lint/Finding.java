package dev.trestle.lint;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/**
 * One report of a rule.
 *
 * @param rule the rule that was broken
 * @param reason in which way; empty if the rule has only one
 * @param confidence how sure the rule is
 * @param severity how loudly to report it, as configured
 * @param path the expression at fault; the finding stands at its last link
 * @param message what is wrong and what to do
 */
record Finding(
    Rule rule,
    String reason,
    Confidence confidence,
    Severity severity,
    TreePath path,
    String message) {

  /** The message as the compiler prints it, with the rule's id in front. */
  public String labelled() {
    return "[" + rule.id() + "] " + message;
  }

  Tree tree() {
    return path.getLeaf();
  }
}
