package dev.trestle.bridge.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

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
    return new MatrixChain(driven, List.copyOf(levels));
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
