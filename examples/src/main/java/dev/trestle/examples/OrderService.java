package dev.trestle.examples;

import dev.trestle.bridge.Skeleton;
import java.util.Arrays;

/** Holds the place of the order service. */
public final class OrderService {
  private OrderService() {}

  /**
   * Prints its arguments.
   *
   * @param args what to print
   */
  public static void main(String[] args) {
    // region echo
    String answer = Skeleton.echo("OrderService on JDK " + Runtime.version().feature());
    System.out.println(answer);
    // endregion
    System.out.println(Arrays.toString(args));
  }
}
