package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java source whose expected findings are marked on their lines: {@code // finding: un-awaited} or,
 * with the reason, {@code // finding: un-awaited/statement}. A line without a mark must stay
 * silent: {@code un-awaited} and the rules that are marked somewhere find nothing on it, and with
 * {@link #only} just the rule that is named.
 *
 * <p>{@link #method} and {@link #members} wrap snippets in a class that has what most need: {@code
 * save(x)}, {@code load()}, {@code executor} and the usual imports.
 */
public final class MarkedSource {
  private static final Pattern MARK = Pattern.compile("// finding: (\\S+)");

  private static final String HEAD =
      "import java.util.*; import java.util.concurrent.*; import java.util.concurrent.atomic.*;"
          + " import java.util.function.*; import java.util.stream.*;"
          + " @SuppressWarnings(\"all\") abstract class Snippet {"
          + " abstract CompletableFuture<String> save(Object value);"
          + " abstract CompletionStage<Integer> load();"
          + " abstract CompletableFuture<Void> log(String message);"
          + " abstract void use(Object... values); abstract boolean test();"
          + " CompletableFuture<String> held; CompletionStage<Integer> heldStage;"
          + " ExecutorService executor; ScheduledExecutorService scheduler; List<String> items;"
          + " List<CompletableFuture<String>> pending; Map<String, CompletableFuture<String>> map;";

  private final List<String> texts = new ArrayList<>();
  private String rules = "";
  private String only = "";

  private MarkedSource() {}

  /** A whole source file. */
  public static MarkedSource of(String text) {
    return new MarkedSource().with(text);
  }

  /** Members of a class with the usual fields and methods. */
  public static MarkedSource members(String text) {
    return of(HEAD + "\n" + text + "\n}");
  }

  /** The statements of a method of a class with the usual fields and methods. */
  public static MarkedSource method(String statements) {
    return members(
        "void snippet(String item, int number) throws Exception {\n" + statements + "\n}");
  }

  /** The same with one more file beside it, such as a stand-in for a library type. */
  public MarkedSource with(String text) {
    texts.add(text);
    return this;
  }

  /** The same with a list as for {@code --rules}. */
  public MarkedSource rules(String list) {
    rules = list;
    return this;
  }

  /** The same, blind to what other rules find. */
  public MarkedSource only(String rule) {
    only = rule;
    return this;
  }

  /** The messages of all findings, for tests that are about their words. */
  public List<String> messages() {
    return InMemoryCompiler.inspect(texts, rules).findings().stream()
        .filter(finding -> looksAt(finding.rule()))
        .map(InMemoryCompiler.Found::message)
        .toList();
  }

  /** Compiles, checks that it compiles, and compares every finding with the marks. */
  public void check() {
    InMemoryCompiler.Result result = InMemoryCompiler.inspect(texts, rules);
    assertThat(result.errors()).as("the source must compile").isEmpty();
    assertThat(result.notes()).as("no rule may break").isEmpty();
    List<String> wrong = new ArrayList<>();
    for (int file = 0; file < texts.size(); file++) {
      List<String> lines = texts.get(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        int number = i + 1;
        int index = file;
        List<String> found =
            result.findings().stream()
                .filter(finding -> finding.file() == index && finding.line() == number)
                .filter(finding -> looksAt(finding.rule()))
                .map(MarkedSource::label)
                .toList();
        compare(lines.get(i), found, wrong);
      }
    }
    assertThat(wrong).as("lines whose findings differ from their marks").isEmpty();
  }

  private boolean looksAt(String rule) {
    return only.isEmpty()
        ? rule.equals("un-awaited")
            || texts.stream().flatMap(String::lines).anyMatch(line -> line.contains(": " + rule))
        : rule.equals(only);
  }

  private static void compare(String line, List<String> found, List<String> wrong) {
    List<String> left = new ArrayList<>(found);
    Matcher marks = MARK.matcher(line);
    while (marks.find()) {
      String mark = marks.group(1);
      Optional<String> met = left.stream().filter(label -> meets(label, mark)).findFirst();
      if (met.isPresent()) {
        left.remove(met.get());
      } else {
        wrong.add("missing " + mark + " in: " + line.strip());
      }
    }
    left.forEach(label -> wrong.add("unexpected " + label + " in: " + line.strip()));
  }

  // A mark without a reason accepts any.
  private static boolean meets(String label, String mark) {
    return label.equals(mark) || label.startsWith(mark + "/");
  }

  private static String label(InMemoryCompiler.Found finding) {
    return finding.reason().isEmpty() ? finding.rule() : finding.rule() + "/" + finding.reason();
  }
}
