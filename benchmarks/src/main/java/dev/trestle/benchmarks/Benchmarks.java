package dev.trestle.benchmarks;

import org.openjdk.jmh.Main;

public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    Main.main(args);
  }
}
