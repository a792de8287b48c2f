package dev.trestle.bridge.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chains of calls, in which each level has a colour and a loop, finish or fail with a named error.
 *
 * <p>{@code -Dtrestle.test.seed} runs the same samples, {@code -Dtrestle.test.chain} the one chain
 * that a failure names.
 */
@Tag("concurrency")
@Timeout(120) // each chain has a limit of its own
class ColourMatrixTest {
  private static final int SAMPLES = Integer.getInteger("trestle.test.samples", 500);
  private static final long SEED = Long.getLong("trestle.test.seed", new Random().nextLong());

  private static ColourMatrix matrix;

  @BeforeAll
  static void startLoops() {
    matrix = new ColourMatrix();
  }

  @AfterAll
  static void stop() {
    System.out.println(matrix.finished() + " finished, " + matrix.refused() + " were refused");
    matrix.close();
  }

  @TestFactory
  Stream<DynamicNode> eachPairOfLevelsFinishesOrFailsWithANamedError() {
    return Where.all()
        .filter(outer -> outer.place.isFirst())
        .map(
            outer ->
                dynamicContainer(
                    outer + " calls",
                    Where.all()
                        .filter(inner -> isOfInterest(outer, inner))
                        .map(inner -> dynamicTest(inner.toString(), () -> runAll(outer, inner)))));
  }

  /** A second loop of a kind matters only to the first one. */
  private static boolean isOfInterest(Where outer, Where inner) {
    return inner.place.isFirst() || inner.place.isOfKind(outer.place);
  }

  /** A colour on a loop. */
  private record Where(Colour colour, Place place) {
    static Stream<Where> all() {
      return Stream.of(Colour.values())
          .flatMap(colour -> Stream.of(Place.values()).map(place -> new Where(colour, place)));
    }

    @Override
    public String toString() {
      return (colour + " on " + place).toLowerCase(Locale.ROOT);
    }
  }

  /** Every way to wait, for each next level; how the outer one is begun takes turns. */
  private static void runAll(Where outer, Where inner) {
    Entry[] entries = Entry.values();
    for (Entry next : entries) {
      MatrixLevel called = new MatrixLevel(inner.colour, inner.place, next, Way.AWAIT, false);
      int ways = MatrixLevel.allAt(outer.colour, outer.place, next).size();
      for (int way = 0; way < ways; way++) {
        int turn = way + next.ordinal();
        Entry entry = entries[turn % entries.length];
        MatrixLevel calling = MatrixLevel.allAt(outer.colour, outer.place, entry).get(way);
        MatrixChain chain = new MatrixChain(turn % 2 == 0, List.of(calling, called));
        if (chain.isVisible()) {
          matrix.run(chain);
        }
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "trestle.test.chain", matches = ".+")
  void theChainThatIsNamed() {
    String chain = System.getProperty("trestle.test.chain", "");
    for (int i = 0; i < 100; i++) {
      matrix.run(MatrixChain.parse(chain));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void deeperChainsFinishOrFailWithANamedError(int depth) {
    System.out.println("-Dtrestle.test.seed=" + SEED);
    for (int i = 0; i < SAMPLES; i++) {
      matrix.run(MatrixChain.random(depth, SEED + i));
    }
  }

  @Test
  void theTextOfAChainReplaysIt() {
    for (int i = 0; i < 100; i++) {
      MatrixChain chain = MatrixChain.random(4, SEED + i);
      assertThat(MatrixChain.parse(chain.toString())).isEqualTo(chain);
    }
  }
}
