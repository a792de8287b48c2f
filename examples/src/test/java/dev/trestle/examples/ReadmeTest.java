package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keeps the code in the README and in the pages it links to the code that was compiled or run:
 * regions of files of this repository.
 */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");

  private static final Pattern CODE_BLOCK =
      Pattern.compile(
          "(^<!-- region: (?<file>\\S+)#(?<name>\\S+) -->\\n)?^ *```(?:java|xml|sh)\\n(?<code>(?s:.*?))^ *```",
          Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "examples/MIGRATION.md"})
  void codeIsTheRegionThatItNames(String name) throws IOException {
    Path page = ROOT.resolve(name);
    String text = Files.readString(page);
    StringBuilder updated = new StringBuilder();
    Matcher block = CODE_BLOCK.matcher(text);
    int end = 0;
    for (; block.find(); end = block.end("code")) {
      String where = name + ", line " + (1 + text.substring(0, block.start()).lines().count());
      if (block.group("file") == null) {
        fail(
            where
                + ": no line directly before this block names the code that was tested; add"
                + " <!-- region: examples/src/main/java/dev/trestle/examples/File.java#name -->");
      }
      String region = region(where, block.group("file"), block.group("name"));
      updated.append(text, end, block.start("code")).append(region);
      if (!Boolean.getBoolean("trestle.updateReadme")) {
        assertThat(block.group("code"))
            .as(
                "%s: not the code of region %s in %s; change the one or the other, or copy the"
                    + " region: mvn test -Dtest=ReadmeTest -Dtrestle.updateReadme=true"
                    + " -Dsurefire.failIfNoSpecifiedTests=false",
                where, block.group("name"), block.group("file"))
            .isEqualTo(region);
      }
    }
    updated.append(text, end, text.length());
    if (!updated.toString().equals(text)) {
      Files.writeString(page, updated);
    }
  }

  private static String region(String where, String file, String name) throws IOException {
    Path source = ROOT.resolve(file);
    assertThat(source).as("%s names this file", where).exists();
    Matcher region =
        Pattern.compile(
                "(?ms)^ *(?://|#|<!--) region "
                    + Pattern.quote(name)
                    + "(?: -->)?\\n(.*?)^ *(?://|#|<!--) endregion(?: -->)?$")
            .matcher(Files.readString(source));
    if (!region.find()) {
      return fail(
          "%s: %s has no lines between the comments `region %s` and `endregion`"
              .formatted(where, file, name));
    }
    return region.group(1).stripTrailing().stripIndent() + "\n";
  }
}
