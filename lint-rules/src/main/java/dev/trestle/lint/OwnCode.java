package dev.trestle.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.util.TreePathScanner;

/**
 * Scans the code of one function, and leaves out the lambdas and classes in it: their code runs
 * elsewhere, and their returns are not those of the function. Scan a body, not the function itself.
 */
public abstract class OwnCode extends TreePathScanner<Void, Void> {
  /** Creates a scanner for one scan. */
  protected OwnCode() {}

  @Override
  public final Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
    return null;
  }

  @Override
  public final Void visitClass(ClassTree tree, Void unused) {
    return null;
  }
}
