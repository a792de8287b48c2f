package dev.trestle.lint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/** Listens to the compiler's errors and boils them down to a line a file. */
final class CompilerMessages implements DiagnosticListener<JavaFileObject> {
  private static final Pattern MISSING_CLASS =
      Pattern.compile("symbol:\\s+class (\\w+)|class file for ([\\w.]+) not found");

  private final Map<JavaFileObject, Diagnostic<? extends JavaFileObject>> first =
      new LinkedHashMap<>();
  private final Set<JavaFileObject> lacking = new HashSet<>();
  private final Set<String> missing = new TreeSet<>();

  @Override
  public void report(Diagnostic<? extends JavaFileObject> diagnostic) {
    if (diagnostic.getKind() != Diagnostic.Kind.ERROR || diagnostic.getSource() == null) {
      return;
    }
    String type = missingType(diagnostic);
    if (!type.isEmpty()) {
      missing.add(type.substring(type.lastIndexOf('.') + 1));
      lacking.add(diagnostic.getSource());
    }
    first.putIfAbsent(diagnostic.getSource(), diagnostic);
  }

  /** The files with errors. */
  Set<JavaFileObject> broken() {
    return first.keySet();
  }

  /** One line for each file with errors. */
  List<String> firstErrors(String consequence) {
    return first.values().stream().map(diagnostic -> line(diagnostic, consequence)).toList();
  }

  /**
   * One line for each file that does not compile although no type is missing in it, and one for all
   * missing types: errors beside those mostly follow from them.
   */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    first.forEach(
        (file, diagnostic) -> {
          if (!lacking.contains(file)) {
            lines.add(line(diagnostic, "does not compile, findings may be incomplete"));
          }
        });
    if (!missing.isEmpty()) {
      String count = missing.size() == 1 ? "1 type is" : missing.size() + " types are";
      lines.add(
          "warning: "
              + count
              + " missing from the class path ("
              + some(missing)
              + "), so findings may be incomplete; name what is missing in --classpath");
    }
    return lines;
  }

  private static String some(Set<String> names) {
    List<String> few = names.stream().limit(3).toList();
    return String.join(", ", few) + (names.size() > few.size() ? ", ..." : "");
  }

  private static String line(Diagnostic<? extends JavaFileObject> error, String consequence) {
    String message = error.getMessage(Locale.ENGLISH).lines().findFirst().orElse("");
    return error.getSource().getName()
        + ":"
        + error.getLineNumber()
        + ":"
        + error.getColumnNumber()
        + ": warning: [source] "
        + consequence
        + ": "
        + message;
  }

  private static String missingType(Diagnostic<? extends JavaFileObject> diagnostic) {
    if (String.valueOf(diagnostic.getCode()).startsWith("compiler.err.doesnt.exist")) {
      return text(diagnostic);
    }
    Matcher names = MISSING_CLASS.matcher(diagnostic.getMessage(Locale.ENGLISH));
    if (!names.find()) {
      return "";
    }
    return names.group(1) != null ? names.group(1) : names.group(2);
  }

  // "package a.b does not exist" stands at the name that was imported from it.
  private static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
    try {
      CharSequence text = diagnostic.getSource().getCharContent(true);
      int start = (int) diagnostic.getStartPosition();
      int end = (int) diagnostic.getEndPosition();
      return start >= 0 && start <= end && end <= text.length()
          ? text.subSequence(start, end).toString()
          : "?";
    } catch (IOException e) {
      return "?";
    }
  }
}
