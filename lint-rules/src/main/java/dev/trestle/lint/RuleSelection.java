package dev.trestle.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rules report, and how loudly: the defaults, changed by a list such as {@code
 * sync-throw,-default-executor,un-awaited/netty=warning}. A part after the slash is a reason of the
 * rule or a confidence.
 */
final class RuleSelection {
  private final Map<String, Severity> chosen = new HashMap<>();

  private RuleSelection() {}

  /** The rules as they are when nothing is configured. */
  static RuleSelection defaults() {
    return new RuleSelection();
  }

  /**
   * Reads a list as it stands after {@code --rules}.
   *
   * @throws UsageException if it names a rule, a reason or a severity that does not exist
   */
  static RuleSelection parse(String list) {
    RuleSelection selection = new RuleSelection();
    for (String item : list.split(",", -1)) {
      selection.add(item.strip(), list);
    }
    return selection;
  }

  /** How a finding is to be reported. */
  Severity severity(Rule rule, String reason, Confidence confidence) {
    Severity byDefault =
        rule.reasons().stream()
            .filter(known -> known.id().equals(reason))
            .map(Reason::severity)
            .findFirst()
            .orElse(rule.severity());
    Severity byRule = chosen.get(rule.id());
    Severity byReason = chosen.get(rule.id() + "/" + reason);
    Severity byConfidence = chosen.get(rule.id() + "/" + confidence.word());
    if (byReason != null) {
      return byReason;
    }
    if (byConfidence != null) {
      return byConfidence;
    }
    // A reason that is quieter than its rule stays so when the rule is changed as a whole.
    boolean quiet = byDefault.compareTo(rule.severity()) < 0;
    return byRule == null || (quiet && byDefault.compareTo(byRule) < 0) ? byDefault : byRule;
  }

  /** Whether any finding of the rule would be reported. */
  boolean isOn(Rule rule) {
    return Arrays.stream(Confidence.values())
            .anyMatch(confidence -> severity(rule, "", confidence) != Severity.OFF)
        || chosen.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getKey().startsWith(rule.id() + "/") && entry.getValue() != Severity.OFF);
  }

  private void add(String item, String list) {
    boolean off = item.startsWith("-");
    int equals = item.indexOf('=');
    String name = item.substring(off ? 1 : 0, equals < 0 ? item.length() : equals);
    if (name.isEmpty() || (off && equals >= 0)) {
      throw new UsageException(
          "--rules "
              + list
              + ": '"
              + item
              + "' is not a rule; write RULE, -RULE, RULE=SEVERITY or RULE/REASON, between commas");
    }
    int slash = name.indexOf('/');
    Rule rule = rule(slash < 0 ? name : name.substring(0, slash));
    String part = slash < 0 ? null : name.substring(slash + 1);
    Severity byDefault = defaultOf(rule, part);
    chosen.put(name, off ? Severity.OFF : equals < 0 ? byDefault : severity(item, equals));
  }

  private static Rule rule(String id) {
    Optional<Rule> rule = Rules.named(id);
    List<String> ids = Rules.all().stream().map(Rule::id).toList();
    return rule.orElseThrow(
        () ->
            new UsageException(
                "there is no rule '"
                    + id
                    + "'; did you mean '"
                    + NearestName.among(ids, id)
                    + "'?"));
  }

  // A bare name switches on, so it cannot mean off.
  private static Severity defaultOf(Rule rule, @Nullable String part) {
    Severity byRule = rule.severity() == Severity.OFF ? Severity.WARNING : rule.severity();
    if (part == null) {
      return byRule;
    }
    List<String> parts = new ArrayList<>();
    for (Reason reason : rule.reasons()) {
      if (reason.id().equals(part)) {
        return reason.severity() == Severity.OFF ? byRule : reason.severity();
      }
      parts.add(reason.id());
    }
    Stream<String> words = Arrays.stream(Confidence.values()).map(Confidence::word);
    parts.addAll(words.toList());
    if (parts.contains(part)) {
      return byRule;
    }
    throw new UsageException(
        "rule '"
            + rule.id()
            + "' has no reason '"
            + part
            + "'; did you mean '"
            + rule.id()
            + "/"
            + NearestName.among(parts, part)
            + "'?");
  }

  private static Severity severity(String item, int equals) {
    String word = item.substring(equals + 1);
    return Severity.named(word)
        .orElseThrow(
            () ->
                new UsageException(
                    "'"
                        + item
                        + "': there is no severity '"
                        + word
                        + "'; write error, warning, info or off"));
  }
}
