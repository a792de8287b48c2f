package dev.trestle.bridge;

/** Holds the place of the first class of this package. */
public final class Skeleton {
  private Skeleton() {}

  /**
   * Answers with what it was given.
   *
   * @param value what to answer
   * @return the same value
   */
  public static String echo(String value) {
    return value;
  }
}
