package dev.trestle.lint;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which name was meant by one that does not exist. */
final class NearestName {
  private NearestName() {}

  /** The name with the fewest letters to change. */
  static String among(Collection<String> names, String wrong) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(name, wrong)))
        .orElseThrow(() -> new IllegalArgumentException("no names to choose from"));
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
