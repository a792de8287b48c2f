package dev.trestle.lint;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import javax.tools.Diagnostic;

/** Finds the line and column of a finding: the dot of a chain's last link, else the start. */
final class Positions {
  private final SourcePositions positions;

  Positions(Trees trees) {
    this.positions = trees.getSourcePositions();
  }

  Position of(Finding finding) {
    CompilationUnitTree unit = finding.path().getCompilationUnit();
    long offset = offset(finding.tree(), unit);
    LineMap lines = unit.getLineMap();
    long line = lines.getLineNumber(offset);
    // Not getColumnNumber, which counts a tab as up to eight characters.
    return new Position(line, offset - lines.getStartPosition(line) + 1);
  }

  /** Where the finding's expression begins and ends, as offsets in the file. */
  long start(Finding finding) {
    return positions.getStartPosition(finding.path().getCompilationUnit(), finding.tree());
  }

  long end(Finding finding) {
    return positions.getEndPosition(finding.path().getCompilationUnit(), finding.tree());
  }

  // The tree's own start is the first receiver of the chain, many lines further up.
  private long offset(Tree tree, CompilationUnitTree unit) {
    long start = positions.getStartPosition(unit, tree);
    if (tree instanceof MethodInvocationTree methodInvocationTree) {
      ExpressionTree select = methodInvocationTree.getMethodSelect();
      if (select instanceof MemberSelectTree memberSelectTree) {
        Tree receiver = memberSelectTree.getExpression();
        long end = positions.getEndPosition(unit, receiver);
        return end == Diagnostic.NOPOS ? start : dot(unit, end, start);
      }
    }
    return start;
  }

  private static long dot(CompilationUnitTree unit, long from, long otherwise) {
    try {
      CharSequence text = unit.getSourceFile().getCharContent(true);
      int at = (int) from;
      while (at < text.length()) {
        if (text.charAt(at) == '.') {
          return at;
        }
        at = skipComment(text, at);
      }
      return otherwise;
    } catch (IOException e) {
      // The compiler has read it before; without the text the start must do.
      return otherwise;
    }
  }

  private static int skipComment(CharSequence text, int at) {
    boolean opens = text.charAt(at) == '/' && at + 1 < text.length();
    String close = !opens ? "" : text.charAt(at + 1) == '/' ? "\n" : "*/";
    int end = close.isEmpty() ? -1 : text.toString().indexOf(close, at + 2);
    return end < 0 ? at + 1 : end + close.length();
  }
}
