package dev.trestle.lint;

import dev.trestle.lint.rules.BlockingInAsync;
import dev.trestle.lint.rules.CompleteUnderLock;
import dev.trestle.lint.rules.ContextLost;
import dev.trestle.lint.rules.DefaultExecutor;
import dev.trestle.lint.rules.FutureAsValue;
import dev.trestle.lint.rules.FutureEscapesScope;
import dev.trestle.lint.rules.LockAcrossAwait;
import dev.trestle.lint.rules.LostFutureType;
import dev.trestle.lint.rules.NestedFuture;
import dev.trestle.lint.rules.NullFuture;
import dev.trestle.lint.rules.SequentialAwait;
import dev.trestle.lint.rules.SwallowedError;
import dev.trestle.lint.rules.SyncThrow;
import dev.trestle.lint.rules.UnAwaited;
import dev.trestle.lint.rules.UnfinishedPromise;
import dev.trestle.lint.rules.UnusedSuppression;
import dev.trestle.lint.rules.WrappedAsync;
import java.util.List;
import java.util.Optional;

/** Every rule there is, in the order of the documentation. */
final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new UnAwaited(),
          new NestedFuture(),
          new NullFuture(),
          new FutureEscapesScope(),
          new BlockingInAsync(),
          new LockAcrossAwait(),
          new UnfinishedPromise(),
          new DefaultExecutor(),
          new CompleteUnderLock(),
          new ContextLost(),
          new SwallowedError(),
          new SequentialAwait(),
          new WrappedAsync(),
          new LostFutureType(),
          new FutureAsValue(),
          new SyncThrow(),
          new UnusedSuppression());

  private Rules() {}

  /** All rules; the first one wins where two report the same expression. */
  public static List<Rule> all() {
    return ALL;
  }

  /** The rule of this id, or empty. */
  public static Optional<Rule> named(String id) {
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
