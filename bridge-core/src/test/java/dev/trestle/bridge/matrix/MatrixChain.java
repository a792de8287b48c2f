package dev.trestle.bridge.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Levels, each of which calls the next. Its text is what {@link #parse} makes it from.
 *
 * @param driven whether a thread that may block waits for the first level in {@code AsyncToSync},
 *     and is the home of the chain; else nobody waits
 * @param levels the outermost first
 */
record MatrixChain(boolean driven, List<MatrixLevel> levels) {
  private static final String DRIVEN = "driven";
  private static final String CALLS = " > ";

  static MatrixChain parse(String text) {
    List<String> parts = new ArrayList<>(Arrays.asList(text.split(CALLS)));
    boolean driven = parts.remove(DRIVEN);
    return new MatrixChain(driven, parts.stream().map(MatrixLevel::parse).toList());
  }

  static MatrixChain random(int depth, long seed) {
    Random random = new Random(seed);
    boolean driven = random.nextBoolean();
    List<MatrixLevel> levels = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      List<MatrixLevel> all =
          MatrixLevel.allAt(
              oneOf(Colour.values(), random),
              oneOf(Place.values(), random),
              oneOf(Entry.values(), random));
      // Most chains are to reach their end.
      List<MatrixLevel> going = all.stream().filter(level -> !level.passesOn()).toList();
      List<MatrixLevel> choice = random.nextInt(4) == 0 ? all : going;
      levels.add(choice.get(random.nextInt(choice.size())));
    }
    MatrixChain chain = new MatrixChain(driven, List.copyOf(levels));
    return chain.isVisible() ? chain : random(depth, random.nextLong());
  }

  private static <T> T oneOf(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  int depth() {
    return levels.size();
  }

  boolean isLast(int index) {
    return index == depth() - 1;
  }

  /** Whether Trestle is told enough of each level to see what a wait for it is for. */
  boolean isVisible() {
    return IntStream.range(1, depth())
        .allMatch(index -> levels.get(index).entry() != Entry.RAW || isVisible(index));
  }

  /** A level begun without Trestle's futures is seen if a task awaits it, or a call begins it. */
  private boolean isVisible(int index) {
    if (levels.get(index - 1).way().isOfFuture()) {
      return false;
    }
    for (int i = index - 1; i >= 0; i--) {
      MatrixLevel above = levels.get(i);
      if (above.colour().isBlocking()) {
        return above.way().isByBridge() || above.way() == Way.RETURN;
      }
      if (above.colour() == Colour.TASK) {
        return true;
      }
    }
    return true;
  }

  /** Whether a level above fails without waiting for this one. */
  boolean mayBeLeft(int index) {
    return levels.subList(0, index).stream().anyMatch(MatrixLevel::passesOn);
  }

  /** The level whose refusal is what the chain fails with; empty if it finishes. */
  Optional<MatrixLevel> failing() {
    return levels.subList(0, depth() - 1).stream().filter(MatrixLevel::passesOn).findFirst();
  }

  @Override
  public String toString() {
    String text = levels.stream().map(MatrixLevel::toString).collect(Collectors.joining(CALLS));
    return driven ? DRIVEN + CALLS + text : text;
  }
}
