package dev.trestle.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what is not measured yet, and shows all of it. */
final class Run {
  private final PrintStream out;
  private final Path folder;
  private final Settings settings;
  private final Map<String, List<Contender>> all = Contenders.byCase();
  private final Results results;

  Run(PrintStream out, Path folder, Settings settings) throws IOException {
    this.out = out;
    this.folder = Files.createDirectories(folder);
    this.settings = settings;
    this.results = new Results(folder.resolve("results.tsv"), new Fingerprint());
  }

  /**
   * Measures the contenders that the settings choose.
   *
   * @return whether none failed
   * @throws IllegalArgumentException if they choose none
   */
  boolean measure() throws IOException {
    List<Contender> chosen = chosen();
    if (settings.fresh) {
      results.forget(chosen);
    }
    List<Contender> missing =
        chosen.stream().filter(contender -> results.of(contender).isEmpty()).toList();
    String machine = Machine.description();
    out.println(machine);
    if (missing.size() < chosen.size()) {
      out.printf(
          "%d of %d were measured before; --fresh measures them again%n",
          chosen.size() - missing.size(), chosen.size());
    }
    List<String> failed = measureEach(missing);
    out.println();
    tables(chosen).forEach(table -> out.println(table.text()));
    Collection<Contender> saved = all.values().stream().flatMap(List::stream).toList();
    Path file = folder.resolve("table.md");
    Files.writeString(
        file,
        machine
            + "\n\n"
            + tables(saved).stream().map(Table::markdown).collect(Collectors.joining("\n")));
    out.println("As Markdown: " + file.toAbsolutePath());
    failed.forEach(out::println);
    return failed.isEmpty();
  }

  private List<Contender> chosen() {
    SortedSet<String> groups = new TreeSet<>();
    List<Contender> chosen = new ArrayList<>();
    for (List<Contender> oneCase : all.values()) {
      for (Contender contender : oneCase) {
        groups.add(contender.group());
        if ((settings.groups.isEmpty() || settings.groups.contains(contender.group()))
            && settings.cases.matcher(contender.toString()).find()) {
          chosen.add(contender);
        }
      }
    }
    for (String group : settings.groups) {
      if (!groups.contains(group)) {
        throw new IllegalArgumentException(
            "there is no group '" + group + "'; there are " + String.join(", ", groups));
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("--case '" + settings.cases + "' is found in no case");
    }
    return chosen;
  }

  private List<String> measureEach(List<Contender> missing) throws IOException {
    Fork fork = new Fork(settings.quick ? Effort.QUICK : Effort.FULL, folder.resolve("log"));
    List<String> failed = new ArrayList<>();
    int done = 0;
    for (Contender contender : missing) {
      out.printf("%d/%d %s", ++done, missing.size(), contender);
      out.flush();
      try {
        Measurement measurement = fork.measure(contender);
        results.save(contender, measurement);
        out.printf(
            ": %s ns/op, %s B/op%n",
            Numbers.of(measurement.score()), Numbers.ofBytes(measurement.bytes()));
      } catch (RunnerException e) {
        failed.add(contender + " failed; see " + fork.log(contender).toAbsolutePath());
        out.println(": failed");
      }
    }
    return failed;
  }

  private List<Table> tables(Collection<Contender> contenders) {
    Map<String, Map<Contender, Measurement>> cases = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      results
          .of(contender)
          .ifPresent(
              measurement ->
                  cases
                      .computeIfAbsent(contender.caseName(), x -> new LinkedHashMap<>())
                      .put(contender, measurement));
    }
    List<Table> tables = new ArrayList<>();
    cases.forEach((name, measured) -> tables.add(new Comparison(name, measured).table()));
    return tables;
  }
}
