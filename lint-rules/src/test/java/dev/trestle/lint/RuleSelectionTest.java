package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason and each confidence of a rule is switched by its own name. */
class RuleSelectionTest {
  private static final Rule UN_AWAITED = Rules.named("un-awaited").orElseThrow();

  static List<String> reasons() {
    return UN_AWAITED.reasons().stream().map(Reason::id).toList();
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void aReasonIsSwitchedAlone(String reason) {
    RuleSelection off = RuleSelection.parse("-un-awaited/" + reason);
    RuleSelection warned = RuleSelection.parse("un-awaited/" + reason + "=warning");
    for (String each : reasons()) {
      Severity byDefault = RuleSelection.defaults().severity(UN_AWAITED, each, Confidence.CERTAIN);
      boolean meant = each.equals(reason);
      assertThat(off.severity(UN_AWAITED, each, Confidence.CERTAIN))
          .isEqualTo(meant ? Severity.OFF : byDefault);
      assertThat(warned.severity(UN_AWAITED, each, Confidence.LIKELY))
          .isEqualTo(meant ? Severity.WARNING : byDefault);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConfidenceIsSwitchedAlone(Confidence confidence) {
    RuleSelection off = RuleSelection.parse("-un-awaited/" + confidence.word());
    RuleSelection noted = RuleSelection.parse("un-awaited/" + confidence.word() + "=info");
    for (Confidence each : Confidence.values()) {
      boolean meant = each == confidence;
      assertThat(off.severity(UN_AWAITED, "statement", each))
          .isEqualTo(meant ? Severity.OFF : Severity.ERROR);
      assertThat(noted.severity(UN_AWAITED, "statement", each))
          .isEqualTo(meant ? Severity.INFO : Severity.ERROR);
    }
  }

  @Test
  void aConfidenceIsThatOfTheFinding() {
    MarkedSource.method(
            """
            save(1); // finding: un-awaited/statement
            load(); // finding: un-awaited/statement
            var seen = save(2);
            use("saved " + seen);
            List.of(save(3), held);
            """)
        .rules("-un-awaited/likely,-un-awaited/collection")
        .only("un-awaited")
        .check();
    MarkedSource.method(
            """
            save(1);
            load();
            var seen = save(2); // finding: un-awaited/looked-at
            use("saved " + seen);
            var more = load(); // finding: un-awaited/looked-at
            System.out.println(more);
            """)
        .rules("-un-awaited/certain")
        .only("un-awaited")
        .check();
  }

  @Test
  void whatNobodyCanAwaitAndWhatNettyDropsIsInfo() {
    RuleSelection defaults = RuleSelection.defaults();
    assertThat(defaults.severity(UN_AWAITED, "periodic", Confidence.CERTAIN))
        .isEqualTo(Severity.INFO);
    assertThat(defaults.severity(UN_AWAITED, "netty", Confidence.POSSIBLE))
        .isEqualTo(Severity.INFO);
    RuleSelection louder = RuleSelection.parse("un-awaited=warning");
    assertThat(louder.severity(UN_AWAITED, "netty", Confidence.POSSIBLE)).isEqualTo(Severity.INFO);
    assertThat(louder.severity(UN_AWAITED, "statement", Confidence.CERTAIN))
        .isEqualTo(Severity.WARNING);
  }
}
