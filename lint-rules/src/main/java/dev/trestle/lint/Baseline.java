package dev.trestle.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings that were there before: a text file of one finding a line, with rule, file and a hash of
 * the statement between tabs, so that it survives moved lines and merges well.
 */
final class Baseline {
  private static final String HEADER =
      "# trestle-lint baseline 1: rule, file, hash of the statement";
  private static final int FIELDS = 3;

  private final List<String> keys;

  private Baseline(List<String> keys) {
    this.keys = keys;
  }

  static Baseline empty() {
    return new Baseline(List.of());
  }

  static Baseline of(List<Report> reports) {
    return new Baseline(reports.stream().map(Report::key).sorted().toList());
  }

  /**
   * Reads a baseline.
   *
   * @throws UsageException if there is none, or the file is something else
   */
  static Baseline read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException(
          "--baseline "
              + file
              + " cannot be read ("
              + e
              + "); make one with --write-baseline "
              + file);
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.split("\t", -1).length != FIELDS) {
        throw new UsageException(
            "--baseline "
                + file
                + ", line "
                + (i + 1)
                + " is not 'rule<tab>file<tab>hash'; make a new one with --write-baseline");
      }
      keys.add(line);
    }
    return new Baseline(keys);
  }

  void write(Path file) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    lines.addAll(keys);
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UsageException("--write-baseline " + file + " cannot be written (" + e + ")");
    }
  }

  /** What is new: a statement that stands there twice and was recorded once is new once. */
  List<Report> withoutKnown(List<Report> reports) {
    Map<String, Integer> left = new HashMap<>();
    keys.forEach(key -> left.merge(key, 1, Integer::sum));
    return reports.stream()
        .filter(report -> left.merge(report.key(), -1, Integer::sum) < 0)
        .toList();
  }
}
