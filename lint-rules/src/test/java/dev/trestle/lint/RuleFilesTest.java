package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule is a class, a test and a page of one name, and none of the three stands alone. */
class RuleFilesTest {
  private static final List<String> SECTIONS =
      List.of("## Why it hurts", "## What to do", "## How to suppress");

  @Test
  void everyRuleHasAClassATestAndAPageOfItsName() {
    for (Rule rule : Rules.all()) {
      assertThat(rule.getClass().getSimpleName()).isEqualTo(className(rule.id()));
      assertThat(testOf(rule)).as("the test of " + rule.id()).exists();
      assertThat(RulePage.of(rule)).startsWith("# `" + rule.id() + "`\n").contains(SECTIONS);
    }
  }

  @Test
  void everyPageBelongsToARule() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Rules.all().stream().map(rule -> rule.id() + ".md").toList());
    }
  }

  @Test
  void everyReasonIsOnThePage() {
    for (Rule rule : Rules.all()) {
      rule.reasons()
          .forEach(reason -> assertThat(RulePage.of(rule)).contains("`" + reason.id() + "`"));
    }
  }

  @Test
  void idsAndReasonsAreUnique() {
    assertThat(Rules.all().stream().map(Rule::id)).doesNotHaveDuplicates();
    for (Rule rule : Rules.all()) {
      assertThat(rule.reasons().stream().map(Reason::id)).doesNotHaveDuplicates();
    }
  }

  private static Path testOf(Rule rule) {
    return Path.of("src/test/java/dev/trestle/lint/rules", className(rule.id()) + "Test.java");
  }

  private static String className(String id) {
    return Arrays.stream(id.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
