package dev.trestle.lint.rules;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import dev.trestle.lint.Call;
import dev.trestle.lint.RuleContext;
import java.util.Set;

/** The steps of streams, and of what iterates like them, that run a function for each element. */
final class StreamSteps {
  private static final Set<String> MAPPINGS = Set.of("map", "mapToObj");
  private static final Set<String> STEPS =
      Set.of(
          "map",
          "mapToObj",
          "mapToInt",
          "mapToLong",
          "mapToDouble",
          "flatMap",
          "mapMulti",
          "filter",
          "peek",
          "forEach",
          "forEachOrdered",
          "forEachRemaining",
          "toMap",
          "mapping",
          "replaceAll",
          "removeIf");
  private static final Set<String> LAZY_STEPS =
      Set.of("map", "mapToObj", "filter", "peek", "onClose", "sequential");
  private static final Set<String> STOPPING =
      Set.of(
          "anyMatch",
          "allMatch",
          "noneMatch",
          "findFirst",
          "findAny",
          "limit",
          "takeWhile",
          "dropWhile",
          "iterator",
          "spliterator");

  private StreamSteps() {}

  /** Whether the call runs its function once for each element, one after the other. */
  static boolean isStep(Call call) {
    String owner = call.ownerName();
    return STEPS.contains(call.name())
        && (owner.startsWith("java.util.stream.")
            || call.isOn("java.lang.Iterable")
            || call.isOn("java.util.Map")
            || call.isOn("java.util.Iterator"));
  }

  /**
   * Whether the call is a step of a stream that passes each element on before it takes the next.
   */
  static boolean isLazy(Call call) {
    return LAZY_STEPS.contains(call.name()) && call.isOn("java.util.stream.BaseStream");
  }

  static boolean isMapping(Call call) {
    return MAPPINGS.contains(call.name()) && call.isOn("java.util.stream.BaseStream");
  }

  /** Whether the stream is parallel, or stops as soon as one result says so. */
  static boolean isUnordered(Call step, RuleContext context) {
    for (TreePath at = step.path(); at != null; ) {
      Call link = context.call(at);
      if (link != null
          && (link.name().startsWith("parallel")
              || link.name().equals("iterate")
              || link.name().equals("generate"))) {
        return true;
      }
      at = link == null ? null : link.receiver();
    }
    for (TreePath at = step.path(); at != null; ) {
      TreePath select = at.getParentPath();
      at = select.getLeaf() instanceof MemberSelectTree ? select.getParentPath() : null;
      Call link = at == null ? null : context.call(at);
      if (link != null && (STOPPING.contains(link.name()) || link.name().startsWith("parallel"))) {
        return true;
      }
    }
    return false;
  }
}
