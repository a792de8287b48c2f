package dev.trestle.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The contenders of one case side by side: the limit first, the others by their score. */
final class Comparison {
  private record Unit(String name, double nanoseconds) {}

  private final String caseName;
  private final Map<Contender, Measurement> measured;
  private final Unit unit;

  Comparison(String caseName, Map<Contender, Measurement> measured) {
    this.caseName = caseName;
    this.measured = measured;
    double fastest = best(contender -> true);
    this.unit =
        fastest >= 1e7
            ? new Unit("ms/op", 1e6)
            : fastest >= 1e4 ? new Unit("µs/op", 1e3) : new Unit("ns/op", 1);
  }

  Table table() {
    SortedSet<String> more = new TreeSet<>();
    measured.values().forEach(measurement -> more.addAll(measurement.more().keySet()));
    List<String> header = new ArrayList<>(List.of("contender", unit.name, "min .. max"));
    header.addAll(more);
    header.addAll(List.of("B/op", "x limit", "x best peer"));
    List<List<String>> rows =
        measured.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<Contender, Measurement> each) -> !each.getKey().isLimit())
                    .thenComparing(each -> each.getValue().score()))
            .map(each -> row(each.getKey(), each.getValue(), more))
            .toList();
    return new Table(caseName, header, rows);
  }

  private List<String> row(Contender contender, Measurement it, Collection<String> more) {
    List<String> row =
        new ArrayList<>(
            List.of(
                contender.name() + (contender.isConditional() ? " *" : ""),
                time(it.score()),
                time(it.min()) + " .. " + time(it.max())));
    for (String name : more) {
      double value = it.more().getOrDefault(name, Double.NaN);
      row.add(name.startsWith("p") ? time(value) : Numbers.of(value));
    }
    row.add(Numbers.ofBytes(it.bytes()));
    row.add(Numbers.of(it.score() / best(Contender::isLimit)));
    row.add(Numbers.of(it.score() / best(Contender::isPeer)));
    return row;
  }

  private String time(double nanoseconds) {
    return Numbers.of(nanoseconds / unit.nanoseconds);
  }

  private double best(Predicate<Contender> which) {
    return measured.entrySet().stream()
        .filter(each -> which.test(each.getKey()))
        .mapToDouble(each -> each.getValue().score())
        .min()
        .orElse(Double.NaN);
  }
}
