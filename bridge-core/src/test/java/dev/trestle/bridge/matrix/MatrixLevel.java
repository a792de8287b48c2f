package dev.trestle.bridge.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One level of a chain of calls.
 *
 * @param colour how its code runs
 * @param place its loop
 * @param entry how the level above begins it
 * @param way how it gets what the next level yields; the last one has no use for it
 * @param passesOn whether a refusal of that way is what it fails with; else it goes on the right
 *     way
 */
record MatrixLevel(Colour colour, Place place, Entry entry, Way way, boolean passesOn) {
  /** Every level that does something of its own, at a place. */
  static List<MatrixLevel> allAt(Colour colour, Place place, Entry entry) {
    List<MatrixLevel> all = new ArrayList<>();
    for (Way way : Way.values()) {
      if (!way.isRefusedIn(colour)) {
        all.add(new MatrixLevel(colour, place, entry, way, false));
      } else {
        all.add(new MatrixLevel(colour, place, entry, way, true));
        if (way != Way.RETURN) {
          all.add(new MatrixLevel(colour, place, entry, way, false));
        }
      }
    }
    return all;
  }

  static MatrixLevel parse(String text) {
    String[] words = text.toUpperCase(Locale.ROOT).trim().split(" +");
    return new MatrixLevel(
        Colour.valueOf(words[0]),
        Place.valueOf(words[1]),
        Entry.valueOf(words[2]),
        Way.valueOf(words[3]),
        words.length > 4);
  }

  boolean isRefused() {
    return way.isRefusedIn(colour);
  }

  /** Whether it is refused a wait for a stage, which must not be done by then. */
  boolean needsUnfinishedStage() {
    return isRefused() && !way.isByBridge() && way != Way.RETURN;
  }

  @Override
  public String toString() {
    String text = colour + " " + place + " " + entry + " " + way + (passesOn ? " FAILS" : "");
    return text.toLowerCase(Locale.ROOT);
  }
}
