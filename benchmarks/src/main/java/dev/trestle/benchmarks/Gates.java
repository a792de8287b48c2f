package dev.trestle.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Checks how much our contenders allocate, never how long they take. */
final class Gates {
  /** What JMH itself allocates around the operations. */
  private static final double NOISE = 1;

  private final PrintStream out;
  private final Fork brief;
  private final Fork longer;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();

  Gates(PrintStream out, Path folder) throws IOException {
    this.out = out;
    this.brief = new Fork(Effort.BYTES, folder.resolve("log"));
    this.longer = new Fork(Effort.BYTES_AGAIN, folder.resolve("log"));
  }

  /**
   * Measures each that has a gate.
   *
   * @return whether there are some, and all are within their gates
   */
  boolean check() {
    Contenders.gated().forEach(this::check);
    if (rows.isEmpty()) {
      bad.add("no contender has a gate, so nothing was checked");
    }
    out.println(new Table("Bytes per operation", List.of("", "gate", "measured", ""), rows).text());
    bad.forEach(out::println);
    return bad.isEmpty();
  }

  private void check(Contender contender) {
    int gate = contender.allowed();
    String measured = "";
    String verdict = "ok";
    try {
      double bytes = brief.measure(contender).bytes();
      if (bytes > gate + NOISE) {
        // A busy machine may not have compiled everything yet.
        bytes = Math.min(bytes, longer.measure(contender).bytes());
      }
      measured = Numbers.ofBytes(bytes);
      if (bytes > gate + NOISE) {
        verdict = "OVER";
        bad.add(contender + " allocates " + measured + " bytes per operation; its gate is " + gate);
      }
    } catch (RunnerException e) {
      verdict = "FAILED";
      bad.add(contender + " failed; see " + brief.log(contender).toAbsolutePath());
    }
    rows.add(List.of(contender.toString(), String.valueOf(gate), measured, verdict));
  }
}
