package dev.trestle.lint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds the Java sources behind the paths of the command line. */
final class SourceFiles {
  private final Map<String, SourceFile> found = new LinkedHashMap<>();
  private final Consumer<String> troubles;

  private SourceFiles(Consumer<String> troubles) {
    this.troubles = troubles;
  }

  /**
   * Reads every source behind {@code paths}.
   *
   * @param paths files, directories and sources jars
   * @param troubles takes a line about each path that cannot be read or has no sources
   */
  static List<SourceFile> find(List<String> paths, Consumer<String> troubles) {
    SourceFiles files = new SourceFiles(troubles);
    paths.forEach(files::add);
    return List.copyOf(files.found.values());
  }

  private void add(String name) {
    try {
      Path path = Path.of(name);
      int before = found.size();
      int[] failed = {0};
      if (Files.isDirectory(path)) {
        addTree(path, failed);
      } else if (!Files.exists(path)) {
        troubles.accept(name + ": there is no such file or directory");
        return;
      } else if (name.endsWith(".jar") || name.endsWith(".zip")) {
        addJar(path);
      } else if (name.endsWith(".java")) {
        addFile(path, relative(path, path), failed);
      } else {
        troubles.accept(name + ": not a .java file, a directory or a sources jar");
        return;
      }
      if (found.size() == before && failed[0] == 0 && !found.containsKey(name)) {
        troubles.accept(name + ": no Java sources in there; name a source tree or a sources jar");
      }
    } catch (InvalidPathException e) {
      troubles.accept(name + ": not a file name: " + e.getReason());
    } catch (IOException e) {
      troubles.accept(name + ": cannot be read: " + e);
    }
  }

  private void addTree(Path root, int[] failed) throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isSource(file.toString())) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (isSource(file.toString()) || Files.isDirectory(file)) {
              failed[0]++;
              troubles.accept(file + ": cannot be read: " + e);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    sources.sort(null);
    for (Path source : sources) {
      addFile(source, relative(source, root), failed);
    }
  }

  private void addFile(Path path, String file, int[] failed) {
    try {
      put(new SourceFile(path.toString(), file, Files.readAllBytes(path)));
    } catch (IOException e) {
      failed[0]++;
      troubles.accept(path + ": cannot be read: " + e);
    }
  }

  private void addJar(Path path) throws IOException {
    try (ZipFile jar = new ZipFile(path.toFile())) {
      Enumeration<? extends ZipEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        // Classes for newer versions would be duplicates of those beside them.
        if (isSource(entry.getName()) && !entry.getName().startsWith("META-INF/")) {
          try (InputStream in = jar.getInputStream(entry)) {
            String name = "!/" + entry.getName();
            put(new SourceFile(path + name, relative(path, path) + name, in.readAllBytes()));
          }
        }
      }
    }
  }

  private void put(SourceFile source) {
    found.putIfAbsent(source.shown(), source);
  }

  // A module descriptor would need a module path; the classes are checked without it.
  private static boolean isSource(String name) {
    return name.endsWith(".java") && !name.endsWith("module-info.java");
  }

  /** Relative to the working directory, or to {@code root} if it is somewhere else. */
  private static String relative(Path path, Path root) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    Path from = absolute.startsWith(here) ? here : path.equals(root) ? base.getParent() : base;
    Path relative = from == null ? absolute : from.relativize(absolute);
    return relative.toString().replace('\\', '/');
  }
}
