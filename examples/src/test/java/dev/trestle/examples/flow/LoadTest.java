package dev.trestle.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("load")
class LoadTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "TRESTLE"})
  void nothingIsLostOrDoubled(Contender contender) throws IOException, SQLException {
    LoadOptions options =
        LoadOptions.of(
            "--connections", "4,8", "--seconds", "1", "--contenders", contender.toString());
    List<LoadStep.Result> results = Load.run(print(out), options);

    assertThat(results).hasSize(3);
    assertThat(results).allSatisfy(LoadTest::assertHolds);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(contender + " ", "all checks hold", "database stops", "p99");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUPPLY_ASYNC", "EXECUTE_BLOCKING"})
  void inQuietTimesTheOthersAnswerToo(Contender contender) throws IOException, SQLException {
    Vertx vertx = Vertx.vertx();
    try (QuietLog quiet = new QuietLog();
        DatabaseHost host = DatabaseHost.h2()) {
      assertHolds(new LoadStep(contender, 4, Duration.ofMillis(500), false, 1).run(vertx, host));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void assertHolds(LoadStep.Result result) {
    assertThat(result.findings()).as(result.toString()).isEmpty();
    assertThat(result.sales().confirmed()).isPositive();
    assertThat(result.sales().lost() + result.sales().doubled()).isZero();
    assertThat(result.tally().perSecond()).isPositive();
  }

  @Test
  void wrongArgumentsAreExplained() throws IOException, SQLException {
    assertThat(Load.run(print(out), print(err), "--connections", "1,300")).isEqualTo(2);
    assertThat(Load.run(print(out), print(err), "--contenders", "best")).isEqualTo(2);
    assertThat(Load.run(print(out), print(err), "--jdbc-url", "jdbc:h2:mem:x")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--connections takes a number from 1 to 256, but is given 300")
        .contains("'best'")
        .contains("reached by TCP");
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
