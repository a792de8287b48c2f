package dev.trestle.benchmarks;

import java.nio.file.Path;

/** What {@code mvn -q -Pbench} starts; the README beside the POM tells what it does. */
public final class Benchmarks {
  private static final int WRONG_USAGE = 2;

  private Benchmarks() {}

  /**
   * Runs the benchmarks and exits: with 0; with 1 if one failed or is over its gate; with 2 if the
   * command line is wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) throws Exception {
    int exit;
    try {
      exit = run(new Settings(args), args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; --help tells what there is");
      exit = WRONG_USAGE;
    }
    // Not every peer's threads are daemons.
    System.exit(exit);
  }

  private static int run(Settings settings, String... args) throws Exception {
    if (settings.help) {
      System.out.println(Settings.USAGE);
      return 0;
    }
    if (settings.pinned && !Machine.isPinned()) {
      return Machine.runPinned(args);
    }
    Path folder =
        Path.of(
            "target",
            "results",
            Runtime.version().feature()
                + (settings.pinned ? "-pinned" : "-unpinned")
                + (settings.quick ? "-quick" : settings.bytes ? "-bytes" : ""));
    boolean good =
        settings.bytes
            ? new Gates(System.out, folder).check()
            : new Run(System.out, folder, settings).measure();
    return good ? 0 : 1;
  }
}
