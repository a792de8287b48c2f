package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library of which a class file is gone: the rules say what is known, and nobody crashes. */
class MissingTypesTest {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final Map<String, String> LIBRARY =
      Map.of(
          "Top", "package lib; public interface Top { int top(); }",
          "Base", "package lib; public abstract class Base implements Top {}",
          "Leaf", "package lib; public abstract class Leaf extends Base {}",
          "Event",
              "package lib; public class Event {"
                  + " public java.util.concurrent.CompletableFuture<Void> send() { return null; } }",
          "Bus",
              "package lib; public interface Bus {"
                  + " <R> R map(java.util.function.Function<Event, R> f); Event first(); }");

  @TempDir Path dir;

  @BeforeEach
  void compileTheLibrary() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", dir.resolve("classes").toString()));
    for (Map.Entry<String, String> type : LIBRARY.entrySet()) {
      Path file = dir.resolve("library/lib/" + type.getKey() + ".java");
      arguments.add(CommandLine.write(file, type.getValue()).toString());
    }
    assertThat(COMPILER.run(null, null, null, arguments.toArray(new String[0]))).isZero();
  }

  @Test
  void whatIsKnownIsStillFound() throws IOException {
    delete("Event");
    CommandLine run =
        check(
            """
            import java.util.*; import java.util.concurrent.*; import java.util.function.*;
            class User {
              CompletableFuture<Void> save(String s) { return CompletableFuture.runAsync(() -> {}, Runnable::run); }
              void snippet(lib.Bus bus, List<lib.Event> events, List<String> items) {
                events.forEach(lib.Event::send);
                Function<lib.Event, Object> f = lib.Event::send;
                bus.first().send();
                bus.first().send().thenRun(() -> save("a"));
                bus.map(Arrays::asList).stream().map(String::valueOf).forEach(this::save);
                bus.map(lib.Event::send);
                bus.nowhere(items::size, Arrays::asList, RuntimeException::new, this::save);
                items.forEach(this::save);
              }
            }
            """);
    assertThat(run.err()).doesNotContain("stopped").contains("(Event)");
    assertThat(run.lines()).anyMatch(line -> line.contains("this::save") && line.contains(":12:"));
  }

  @Test
  void aMemberThatNoSuperclassLeadsToAnyMoreIsUnknown() throws IOException {
    List<Boolean> known = new ArrayList<>();
    var rule = new Asking((path, context) -> known.add(topOfLeaf(context) != null));
    assertThat(inspect(rule).notes()).isEmpty();
    delete("Base");
    Outcome outcome = inspect(rule);
    assertThat(outcome.errors()).as("the compiler needs no Base").isZero();
    assertThat(outcome.notes()).isEmpty();
    assertThat(known).containsExactly(true, true, false, false);
  }

  @Test
  void aMissingTypeIsNoFaultOfTheRule() throws IOException {
    var rule =
        new Asking(
            (path, context) -> {
              throw new CompletionFailure();
            });
    assertThat(inspect(rule).notes()).isEmpty();
  }

  @Test
  void aRulesOwnMistakeIsNotedAlsoWhereACallHasNoType() throws IOException {
    delete("Event");
    for (BiConsumer<TreePath, RuleContext> mistake : MISTAKES) {
      Outcome outcome = inspect(new Asking(mistake));
      assertThat(outcome.errors()).as("a call without a type").isPositive();
      assertThat(outcome.notes()).singleElement().asString().contains("[asking] stopped with");
    }
  }

  @Test
  void theCompilersOwnMistakeIsSilentOnlyWhereACallHasNoType() throws IOException {
    var crash = new Asking((path, context) -> crashInsideTheCompiler());
    assertThat(inspect(crash).notes()).hasSize(1);
    delete("Event");
    assertThat(inspect(crash).notes()).isEmpty();
  }

  private static final List<BiConsumer<TreePath, RuleContext>> MISTAKES =
      List.of(
          (path, context) -> context.types().erasure(null),
          (path, context) -> context.elements().getAllMembers(null),
          (path, context) -> Objects.requireNonNull(null),
          (path, context) -> {
            throw new AssertionError("on purpose");
          });

  private static @Nullable ExecutableType topOfLeaf(RuleContext context) {
    DeclaredType leaf = (DeclaredType) context.elements().getTypeElement("lib.Leaf").asType();
    TypeElement top = context.elements().getTypeElement("lib.Top");
    return context.functions().memberOf(leaf, (ExecutableElement) top.getEnclosedElements().get(0));
  }

  /** Named like what the compiler throws when a class file is not there, which is not public. */
  private static final class CompletionFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  // As if it stumbled over one of its types: which input does it differs from JDK to JDK.
  private static void crashInsideTheCompiler() {
    var failure = new NullPointerException("\"t1\" is null");
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.sun.tools.javac.code.Types", "sideCast", "Types.java", 1)
        });
    throw failure;
  }

  private void delete(String type) throws IOException {
    Files.delete(dir.resolve("classes/lib/" + type + ".class"));
  }

  private CommandLine check(String source) throws IOException {
    Path file = CommandLine.write(dir.resolve("User.java"), source);
    return CommandLine.run("--classpath", dir.resolve("classes"), file);
  }

  /** Runs one rule over a class that mentions the library. */
  private Outcome inspect(Rule rule) throws IOException {
    Path file =
        CommandLine.write(
            dir.resolve("Small.java"),
            "class Small { lib.Leaf leaf; void run(lib.Bus bus) { bus.first(); run(bus); } }");
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
      var errors = new DiagnosticCollector<JavaFileObject>();
      JavacTask task =
          (JavacTask)
              COMPILER.getTask(
                  null,
                  files,
                  errors,
                  List.of("-proc:none", "-cp", dir.resolve("classes").toString()),
                  null,
                  files.getJavaFileObjects(file));
      Compilation compilation = new Compilation(task, RuleSelection.defaults(), List.of());
      List<String> notes = new ArrayList<>();
      Inspector inspector = new Inspector(compilation, List.of(rule), notes::add);
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      task.analyze();
      units.forEach(unit -> inspector.inspect(new TreePath(unit)));
      return new Outcome(errors.getDiagnostics().size(), notes);
    }
  }

  private record Outcome(int errors, List<String> notes) {}

  /** A rule that does one thing at each call. */
  private record Asking(BiConsumer<TreePath, RuleContext> question) implements Rule {
    @Override
    public String id() {
      return "asking";
    }

    @Override
    public String summary() {
      return "Asks the compiler.";
    }

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    @Override
    public Set<Tree.Kind> kinds() {
      return Set.of(Tree.Kind.METHOD_INVOCATION);
    }

    @Override
    public void check(TreePath path, RuleContext context) {
      if (!path.getLeaf().toString().startsWith("super")) {
        question.accept(path, context);
      }
    }
  }
}
