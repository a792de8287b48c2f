package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The published JSON schema of SARIF 2.1.0, out of a jar on the tests' class path. */
final class SarifSchema {
  private static final JsonSchema SCHEMA = load();

  private SarifSchema() {}

  /** Fails with everything that the schema says against this log. */
  static void accepts(String log) {
    assertThat(
            SCHEMA.validate(
                log,
                InputFormat.JSON,
                at -> at.getExecutionConfig().setFormatAssertionsEnabled(true)))
        .isEmpty();
  }

  private static JsonSchema load() {
    try (InputStream schema =
        SarifSchema.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
