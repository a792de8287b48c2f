package dev.trestle.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Stands for the code that a group measures: its own, Trestle's, and the versions of the rest. */
final class Fingerprint {
  private final Map<String, String> groups = new HashMap<>();

  String of(String group) {
    return groups.computeIfAbsent(group, Fingerprint::compute);
  }

  private static String compute(String group) {
    CRC32 sum = new CRC32();
    sum.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
    String own = Fingerprint.class.getPackageName().replace('.', '/');
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(element);
      if (!Files.isDirectory(path)) {
        sum.update(String.valueOf(path.getFileName()).getBytes(StandardCharsets.UTF_8));
      } else if (Files.isDirectory(path.resolve(own))) {
        add(sum, path.resolve(own).resolve("byhand"));
        add(sum, path.resolve(own).resolve(group));
      } else {
        add(sum, path);
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private static void add(CRC32 sum, Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> classes =
          files.filter(each -> each.toString().endsWith(".class")).sorted().toList();
      for (Path each : classes) {
        sum.update(Files.readAllBytes(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
