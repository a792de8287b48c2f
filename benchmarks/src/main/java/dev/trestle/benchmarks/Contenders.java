package dev.trestle.benchmarks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Finds the contenders that JMH knows. */
final class Contenders {
  private Contenders() {}

  /** All that this JVM can run, by case. */
  static Map<String, List<Contender>> byCase() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    Map<String, List<Contender>> cases = new LinkedHashMap<>();
    BenchmarkList.defaultList().getAll(silent, List.of()).stream()
        .sorted(Comparator.comparing(BenchmarkListEntry::getUsername))
        .flatMap(entry -> expanded(entry).stream())
        .filter(Contender::canRun)
        .forEach(
            contender ->
                cases.computeIfAbsent(contender.caseName(), x -> new ArrayList<>()).add(contender));
    return cases;
  }

  /**
   * Those with a gate, each with the parameters that the gate is for.
   *
   * @throws IllegalStateException if there are no such parameters
   */
  static List<Contender> gated() {
    Map<List<Object>, List<Contender>> gated = new LinkedHashMap<>();
    byCase().values().stream()
        .flatMap(List::stream)
        .filter(contender -> contender.gate().isPresent() && !contender.isSampled())
        .forEach(
            contender ->
                gated
                    .computeIfAbsent(
                        List.of(contender.type(), contender.method()), x -> new ArrayList<>())
                    .add(contender));
    return gated.values().stream().map(Contenders::atGate).toList();
  }

  private static Contender atGate(List<Contender> oneMethod) {
    return oneMethod.stream()
        .filter(Contender::isAtGate)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the gate of "
                        + oneMethod.get(0).name()
                        + " is at parameters that its case lacks: "
                        + oneMethod.get(0).caseName()));
  }

  /** One for each combination of the values of its parameters, in the order of the values. */
  private static List<Contender> expanded(BenchmarkListEntry entry) {
    List<Contender> contenders = List.of(bare(entry));
    Map<String, String[]> parameters = new TreeMap<>(entry.getParams().orElse(Map.of()));
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      contenders =
          contenders.stream()
              .flatMap(
                  contender ->
                      Arrays.stream(parameter.getValue())
                          .map(value -> contender.with(parameter.getKey(), value)))
              .toList();
    }
    return contenders;
  }

  private static Contender bare(BenchmarkListEntry entry) {
    String name = entry.getUsername().substring(entry.getUserClassQName().length() + 1);
    try {
      Class<?> type =
          Class.forName(entry.getUserClassQName(), false, Contenders.class.getClassLoader());
      Method method =
          Arrays.stream(type.getMethods())
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException(type + " has no method " + name));
      return new Contender(type, method, new TreeMap<>());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(entry.getUsername() + " is not what was compiled", e);
    }
  }
}
