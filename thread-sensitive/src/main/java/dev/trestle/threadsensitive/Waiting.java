package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future of something that others have to give: a lock that they hold, an item that they send. A
 * node of the call graph, if it is known who they are. For building bridges.
 *
 * @param <T> the type of what is waited for
 */
public final class Waiting<T extends @Nullable Object> extends BridgeFuture<T> {
  private final String what;
  private final Supplier<? extends List<?>> holders;
  private final Consumer<? super Waiting<T>> givenUp;
  private final Consumer<? super T> awaited;

  /** What takes back what was given; null before, and when that has been done. Guarded by this. */
  private @Nullable Runnable takeBack;

  /**
   * Makes a future that is delivered on the loop of the current thread, else on a worker.
   *
   * @param what what is waited for, for messages
   * @param holders the calls of which any may give it, and threads, of which nobody knows what they
   *     do; none if that is not known. Asked at any time, on any thread
   * @param givenUp is told when somebody else has completed the future, such as by cancelling it
   * @param awaited is told of the value by each who has waited for it, there
   */
  public Waiting(
      String what,
      Supplier<? extends List<?>> holders,
      Consumer<? super Waiting<T>> givenUp,
      Consumer<? super T> awaited) {
    super(Deliveries.here());
    this.what = what;
    this.holders = holders;
    this.givenUp = givenUp;
    this.awaited = awaited;
  }

  /**
   * Gives what was waited for, where it is delivered.
   *
   * @param value what is given; null only where T allows it
   * @param refused is told if the future had been given up, which may be later
   */
  @SuppressWarnings("NullAway") // as the parameter says
  public void give(@Nullable T value, Runnable refused) {
    deliver(
        () -> {
          synchronized (this) {
            takeBack = refused;
          }
          if (!super.complete(value)) {
            takeBack();
          }
        });
  }

  /**
   * Gives what was waited for before anybody else has seen this future, so that nothing is queued.
   *
   * @param value as in {@link #give}
   * @param refused as in {@link #give}
   */
  @SuppressWarnings("NullAway") // as the parameter says
  public void giveAtOnce(@Nullable T value, Runnable refused) {
    synchronized (this) {
      takeBack = refused;
    }
    super.complete(value);
  }

  /** Gives this up; if it has been given already, it is taken back, since nobody will have it. */
  public void abandon() {
    if (!cancel(false)) {
      takeBack();
    }
  }

  private void takeBack() {
    Runnable due;
    synchronized (this) {
      due = takeBack;
      takeBack = null;
    }
    if (due != null) {
      due.run();
    }
  }

  /**
   * Fails the future, where it is delivered.
   *
   * @param reason why
   */
  public void refuse(Throwable reason) {
    deliver(() -> super.completeExceptionally(reason));
  }

  private void deliver(Task.Own end) {
    Carried.runAt(delivery, end);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean first = super.cancel(mayInterruptIfRunning);
    if (first) {
      givenUp.accept(this);
    }
    return isCancelled();
  }

  @Override
  public boolean complete(T value) {
    boolean first = super.complete(value);
    if (first) {
      givenUp.accept(this);
    }
    return first;
  }

  @Override
  public boolean completeExceptionally(Throwable reason) {
    boolean first = super.completeExceptionally(reason);
    if (first) {
      givenUp.accept(this);
    }
    return first;
  }

  @Override
  @SuppressWarnings("NullAway") // the value is null only where T allows it
  void wasAwaited() {
    if (!isCompletedExceptionally()) {
      awaited.accept(getNow(null));
    }
  }

  List<?> holders() {
    return isDone() ? List.of() : holders.get();
  }

  @Override
  @Nullable Sources awaited() {
    List<CompletionStage<?>> calls = new ArrayList<>();
    for (Object holder : holders()) {
      if (holder instanceof Call<?> call) {
        calls.add(call);
      }
    }
    return calls.isEmpty() ? null : new Sources(calls, false);
  }

  @Override
  @Nullable Call<?> origin() {
    return null;
  }

  @Override
  public String toString() {
    return what;
  }
}
