package dev.trestle.lint;

import com.sun.source.tree.Tree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stores that may have reached one point of a method, and what is known of each: whether some
 * path to this point has read it, and whether some path has not made it.
 */
final class FlowState {
  private static final int READ = 1;
  private static final int ABSENT = 2;

  private final Map<Tree, Integer> stores;

  FlowState() {
    this(new HashMap<>());
  }

  private FlowState(Map<Tree, Integer> stores) {
    this.stores = stores;
  }

  FlowState copy() {
    return new FlowState(new HashMap<>(stores));
  }

  /** The state where two paths meet; null stands for a path that does not get there. */
  static @Nullable FlowState join(@Nullable FlowState left, @Nullable FlowState right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    FlowState joined = left.copy();
    right.stores.forEach(
        (store, flags) ->
            joined.stores.merge(store, left.has(store) ? flags : flags | ABSENT, (a, b) -> a | b));
    left.stores.keySet().stream()
        .filter(store -> !right.has(store))
        .forEach(store -> joined.stores.merge(store, ABSENT, (a, b) -> a | b));
    return joined;
  }

  Iterable<Tree> stores() {
    return stores.keySet().stream().toList();
  }

  boolean has(Tree store) {
    return stores.containsKey(store);
  }

  /** Whether every path here made the store and none has read it. */
  boolean isCertainlyUnread(Tree store) {
    return stores.getOrDefault(store, ABSENT) == 0;
  }

  /** Whether some path here made the store and none has read it. */
  boolean isUnread(Tree store) {
    return (stores.getOrDefault(store, READ) & READ) == 0;
  }

  void add(Tree store) {
    stores.put(store, 0);
  }

  void remove(Tree store) {
    stores.remove(store);
  }

  void read(Tree store) {
    stores.merge(store, READ, (a, b) -> a | b);
  }
}
