package dev.trestle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was measured so far, in a file that has each result as soon as it is there. A result counts
 * as long as the code that it measured is what it was.
 */
final class Results {
  private final Path file;
  private final Fingerprint fingerprint;
  private final Map<String, Measurement> measured = new TreeMap<>();

  Results(Path file, Fingerprint fingerprint) throws IOException {
    this.file = file;
    this.fingerprint = fingerprint;
    if (Files.exists(file)) {
      String saved = Files.readString(file);
      // A run that was killed may have left half a line at the end.
      saved.substring(0, saved.lastIndexOf('\n') + 1).lines().forEach(this::read);
      rewrite();
    }
  }

  Optional<Measurement> of(Contender contender) {
    return Optional.ofNullable(measured.get(key(contender)));
  }

  void save(Contender contender, Measurement measurement) throws IOException {
    measured.put(key(contender), measurement);
    Files.writeString(
        file,
        line(key(contender), measurement),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  void forget(Collection<Contender> contenders) throws IOException {
    contenders.forEach(contender -> measured.remove(key(contender)));
    rewrite();
  }

  private void read(String line) {
    int end = line.indexOf('\t');
    measured.put(line.substring(0, end), Measurement.ofLine(line.substring(end + 1)));
  }

  private void rewrite() throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        whole,
        measured.entrySet().stream()
            .map(each -> line(each.getKey(), each.getValue()))
            .collect(Collectors.joining()));
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String line(String key, Measurement measurement) {
    return key + "\t" + measurement.line() + "\n";
  }

  private String key(Contender contender) {
    return contender + " " + fingerprint.of(contender.group());
  }
}
