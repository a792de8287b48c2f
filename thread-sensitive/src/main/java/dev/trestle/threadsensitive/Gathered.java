package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A future of several stages: of all, or of the first that is done. */
final class Gathered<T extends @Nullable Object> extends BridgeFuture<T> {
  /** What is waited for; null when that is over, so that nothing of it is kept. */
  private volatile @Nullable Sources sources;

  private Gathered(List<? extends CompletionStage<?>> stages, boolean all) {
    super(Deliveries.here());
    sources = new Sources(List.copyOf(stages), all);
    for (CompletionStage<?> stage : stages) {
      if (stage instanceof BridgeFuture<?> ours) {
        ours.joinedHere();
      }
    }
  }

  static <T extends @Nullable Object> Gathered<List<T>> all(
      List<? extends CompletionStage<? extends T>> stages) {
    Gathered<List<T>> gathered = new Gathered<>(stages, true);
    List<Outcome<T>> outcomes = new ArrayList<>();
    AtomicInteger left = new AtomicInteger(1);
    for (CompletionStage<? extends T> stage : stages) {
      Outcome<T> outcome = new Outcome<>();
      outcomes.add(outcome);
      left.incrementAndGet();
      outcome.of(stage, ended -> gathered.countDown(left, outcomes));
    }
    gathered.countDown(left, outcomes);
    return gathered;
  }

  static <T extends @Nullable Object> Gathered<T> any(
      List<? extends CompletionStage<? extends T>> stages) {
    Gathered<T> gathered = new Gathered<>(stages, false);
    List<Outcome<T>> outcomes = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      outcomes.add(new Outcome<>());
    }
    for (int i = 0; i < stages.size(); i++) {
      outcomes
          .get(i)
          .of(
              stages.get(i),
              first -> {
                gathered.sources = null;
                first.completes(gathered, first.value);
                outcomes.forEach(Outcome::forget);
              });
      if (gathered.isDone()) { // Guard against race with who was first meanwhile.
        outcomes.forEach(Outcome::forget);
      }
    }
    return gathered;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // it gathers a list; null only where V allows it
  private <V extends @Nullable Object> void countDown(
      AtomicInteger left, List<Outcome<V>> outcomes) {
    if (left.decrementAndGet() > 0) {
      return;
    }
    sources = null;
    List<V> values = new ArrayList<>();
    for (Outcome<V> outcome : outcomes) {
      if (outcome.failure != null) {
        completeExceptionally(outcome.failure);
        return;
      }
      values.add(outcome.value);
    }
    complete((T) values);
  }

  @Override
  @Nullable Sources awaited() {
    return sources;
  }

  @Override
  @Nullable Call<?> origin() {
    return null;
  }

  /** What became of one stage. */
  private static final class Outcome<T extends @Nullable Object> {
    private @Nullable T value;
    private @Nullable Throwable failure;

    private volatile @Nullable Runnable forgets;

    private void forget() {
      Runnable forget = forgets;
      if (forget != null) {
        forgets = null;
        forget.run();
      }
    }

    private void of(CompletionStage<? extends T> stage, Consumer<Outcome<T>> then) {
      if (stage instanceof BridgeFuture<? extends T> ours) {
        BiConsumer<T, @Nullable Throwable> observer =
            (result, thrown) -> ended(result, thrown, then);
        forgets = () -> ours.forget(observer);
        ours.observeForNow(observer);
      } else {
        var unused = stage.whenComplete((result, thrown) -> ended(result, thrown, then));
      }
    }

    private void ended(@Nullable T result, @Nullable Throwable thrown, Consumer<Outcome<T>> then) {
      value = result;
      failure = thrown;
      then.accept(this);
    }

    @SuppressWarnings("NullAway") // the value is null only where T allows it
    private void completes(Gathered<T> gathered, @Nullable T result) {
      if (failure == null) {
        gathered.complete(result);
      } else {
        gathered.completeExceptionally(failure);
      }
    }
  }
}
