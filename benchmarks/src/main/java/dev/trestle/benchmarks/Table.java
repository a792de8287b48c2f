package dev.trestle.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of cells below a header. The first column is aligned to the left, all others to the right.
 */
record Table(String title, List<String> header, List<List<String>> rows) {
  String text() {
    List<Integer> widths =
        IntStream.range(0, header.size())
            .mapToObj(column -> Math.max(header.get(column).length(), width(column)))
            .toList();
    return title
        + "\n"
        + aligned(header, widths)
        + rows.stream().map(row -> aligned(row, widths)).collect(Collectors.joining());
  }

  String markdown() {
    String line = header.stream().map(x -> "---:").skip(1).collect(Collectors.joining("|"));
    return "### "
        + title
        + "\n\n"
        + cells(header)
        + "|---|"
        + line
        + "|\n"
        + rows.stream().map(Table::cells).collect(Collectors.joining());
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String aligned(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(
            column -> {
              String padding = " ".repeat(widths.get(column) - row.get(column).length());
              return column == 0 ? row.get(0) + padding : padding + row.get(column);
            })
        .collect(Collectors.joining("  ", "  ", "\n"));
  }

  private static String cells(List<String> row) {
    return row.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
