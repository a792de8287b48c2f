package dev.trestle.lint;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.util.Collection;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What is shared by all classes of one run of the compiler. */
final class Compilation {
  private final Trees trees;
  private final Types types;
  private final Elements elements;
  private final Callees callees = new Callees();
  private final FutureTypes futures;
  private final FunctionTypes functions;
  private final MethodShapes shapes = new MethodShapes();
  private final RuleSelection selection;

  Compilation(JavacTask task, RuleSelection selection, Collection<String> moreFutures) {
    this.trees = Trees.instance(task);
    this.types = task.getTypes();
    this.elements = task.getElements();
    this.futures = new FutureTypes(moreFutures);
    this.functions = new FunctionTypes(elements, types);
    this.selection = selection;
  }

  Trees trees() {
    return trees;
  }

  Types types() {
    return types;
  }

  Elements elements() {
    return elements;
  }

  Callees callees() {
    return callees;
  }

  FutureTypes futures() {
    return futures;
  }

  FunctionTypes functions() {
    return functions;
  }

  MethodShapes shapes() {
    return shapes;
  }

  RuleSelection selection() {
    return selection;
  }
}
