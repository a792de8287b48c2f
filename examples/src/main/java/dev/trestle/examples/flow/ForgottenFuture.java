package dev.trestle.examples.flow;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What the compiler, with Trestle's checker as its plugin, says about a source that forgets to wait
 * for a future.
 *
 * @param message the compiler's message, with file and line
 * @param bad the line that it is about
 * @param fixed the same line where it is right, which the compiler says nothing about
 */
record ForgottenFuture(String message, String bad, String fixed) {
  private static final String FILE = "forgotten/Orders.java";

  /** Compiles {@code forgotten/Orders.java}, and writes no class. */
  static ForgottenFuture find() {
    String source = source();
    Diagnostic<? extends JavaFileObject> found = compile(source);
    List<String> lines = source.lines().map(String::strip).toList();
    String bad = lines.get((int) found.getLineNumber() - 1);
    String fixed =
        lines.stream().filter(line -> line.equals("return " + bad)).findFirst().orElseThrow();
    String message =
        "%s:%d: error: %s".formatted(FILE, found.getLineNumber(), found.getMessage(Locale.ENGLISH));
    return new ForgottenFuture(message, bad, fixed);
  }

  private static Diagnostic<? extends JavaFileObject> compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("this Java has no compiler; run with a JDK");
    }
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    // The compiler looks for the plugin on the class path of this program.
    List<String> options = List.of("-Xplugin:TrestleLint", "-proc:none");
    List<JavaFileObject> sources = List.of(new Text(source));
    JavacTask task = (JavacTask) compiler.getTask(null, null, messages, options, null, sources);
    try {
      task.analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (messages.getDiagnostics().size() != 1) {
      throw new IllegalStateException(
          "one finding was expected in "
              + FILE
              + ", but the compiler said "
              + messages.getDiagnostics());
    }
    return messages.getDiagnostics().get(0);
  }

  private static String source() {
    try (InputStream file = ForgottenFuture.class.getClassLoader().getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    Text(String source) {
      super(URI.create("string:///" + FILE), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
