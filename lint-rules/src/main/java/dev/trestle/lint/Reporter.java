package dev.trestle.lint;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Turns the findings of one file into reports. */
final class Reporter {
  private static final int HASH_BYTES = 8;

  private final CompilationUnitTree unit;
  private final SourceFile source;
  private final Positions positions;
  private final SourcePositions offsets;

  Reporter(Compilation compilation, CompilationUnitTree unit, SourceFile source) {
    this.unit = unit;
    this.source = source;
    this.positions = new Positions(compilation.trees());
    this.offsets = compilation.trees().getSourcePositions();
  }

  Report report(Finding finding) {
    return new Report(
        finding,
        source.shown(),
        source.file(),
        positions.of(finding),
        end(finding),
        hash(text(statement(finding.path())) + "\n" + text(finding.tree())));
  }

  private Position end(Finding finding) {
    long offset = Math.max(positions.end(finding), positions.start(finding) + 1);
    LineMap lines = unit.getLineMap();
    long line = lines.getLineNumber(offset);
    return new Position(line, offset - lines.getStartPosition(line) + 1);
  }

  // A statement with a body would tie the finding to every line of that body.
  private static Tree statement(TreePath path) {
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (tree instanceof ExpressionStatementTree
          || tree instanceof VariableTree
          || tree instanceof ReturnTree) {
        return tree;
      }
      if (tree instanceof StatementTree || tree instanceof BlockTree) {
        break;
      }
    }
    return path.getLeaf();
  }

  private String text(Tree tree) {
    try {
      long start = offsets.getStartPosition(unit, tree);
      long end = offsets.getEndPosition(unit, tree);
      CharSequence text = unit.getSourceFile().getCharContent(true);
      return start < 0 || end < start
          ? tree.toString()
          : text.subSequence((int) start, (int) end).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      // Only the blanks between two words mean something; the rest is the formatter's.
      String words = text.strip().replaceAll("\\s+", " ").replaceAll("(?<=\\W) | (?=\\W)", "");
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
