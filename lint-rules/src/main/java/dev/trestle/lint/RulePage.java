package dev.trestle.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that explains a rule, which travels in the jar. */
final class RulePage {
  private RulePage() {}

  /** The page's text, or the rule's summary where the jar was built without pages. */
  static String of(Rule rule) {
    try (InputStream in = RulePage.class.getResourceAsStream("docs/" + rule.id() + ".md")) {
      return in == null ? rule.summary() : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
