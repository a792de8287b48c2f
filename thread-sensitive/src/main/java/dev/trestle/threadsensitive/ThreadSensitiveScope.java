package dev.trestle.threadsensitive;

import dev.trestle.context.Context;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A home for one request or transaction: all thread-sensitive calls made in it run on one thread,
 * in order, so that what a library keeps in thread-locals stays together.
 *
 * <pre>{@code
 * return ThreadSensitiveScope.around(() ->            // on the event loop
 *     blocking.call(() -> orders.begin())             // on the scope's thread
 *         .thenCompose(order -> prices.fetch(order))  // async, on the loop
 *         .thenCompose(price -> blocking.call(() -> orders.commit(price))));   // that thread again
 * }</pre>
 *
 * <p>A scope costs next to nothing until its first call, which gets it a thread: a virtual one on
 * JDK 24 and later, else one of a few that are reused. A scope opened in a chain of calls that has
 * one is that one.
 */
public final class ThreadSensitiveScope implements AutoCloseable {
  private final Lane lane;

  /** Whether closing this handle closes the lane: not if the chain had the scope before. */
  private final boolean owner;

  private volatile boolean closed;

  private ThreadSensitiveScope(Lane lane, boolean owner) {
    this.lane = lane;
    this.owner = owner;
  }

  /**
   * Opens a scope. It is a handle, and changes nothing on the calling thread: work is brought to it
   * with {@link #run} or {@code SyncToAsync.threadSensitive(scope)}.
   *
   * @return the scope, to be closed by whoever opened it
   */
  public static ThreadSensitiveScope open() {
    return open(false);
  }

  /**
   * Opens a scope whose thread is a platform thread on every JDK, for native code that ties itself
   * to the operating system's thread. In a chain of calls that has a scope it is that one, whatever
   * its thread.
   *
   * @return the scope, to be closed by whoever opened it
   */
  public static ThreadSensitiveScope openPlatform() {
    return open(true);
  }

  private static ThreadSensitiveScope open(boolean platform) {
    Call<?> call = Call.current();
    return call != null && call.home instanceof Lane existing
        ? new ThreadSensitiveScope(existing, false)
        : new ThreadSensitiveScope(Homes.forScope(platform), true);
  }

  /**
   * Runs an async function in a scope of its own, which is closed when the stage it returns
   * completes.
   *
   * <p><b>Threads.</b> The function runs on the calling thread, before this method returns; on an
   * event loop, dependents of the result run on that loop. <b>Cancellation.</b> Cancelling the
   * result cancels the calls that were made in the scope.
   *
   * @param body the async function
   * @param <R> the type of the result
   * @return completes as the stage does, or with what the function threw
   */
  public static <R extends @Nullable Object> CompletableFuture<R> around(
      Callable<? extends CompletionStage<R>> body) {
    Objects.requireNonNull(body, "body");
    ThreadSensitiveScope scope = open();
    ScopeCall<R> call = new ScopeCall<>(scope);
    CompletionStage<R> stage;
    try {
      stage = scope.start(call, body);
    } catch (Throwable e) {
      scope.end(call, null, e);
      return call;
    }
    var unused = stage.whenComplete((value, failure) -> scope.end(call, value, failure));
    return call;
  }

  private <R extends @Nullable Object> CompletionStage<R> start(
      ScopeCall<R> call, Callable<? extends CompletionStage<R>> body) throws Exception {
    try (Context.Scope entered = Context.captureFor(call).enter()) {
      CompletionStage<R> stage = body.call();
      if (owner) {
        Context.current().keep();
      }
      if (stage == null) {
        throw new BridgeException(
            "the body returned null where a CompletionStage was expected; return"
                + " CompletableFuture.completedFuture(null) for no value");
      }
      return stage;
    }
  }

  private <R extends @Nullable Object> void end(
      ScopeCall<R> call, @Nullable R value, @Nullable Throwable failure) {
    call.bodyEnded();
    var unused = beginClose();
    call.settle(value, failure);
  }

  /**
   * Runs a blocking body in this scope; the scope stays open.
   *
   * <p><b>Threads.</b> The body runs on the calling thread, before this method returns; the
   * thread-sensitive calls that it makes run on the scope's thread.
   *
   * @param body what to run
   * @param <R> the type of the result
   * @return what the body returned
   * @throws BridgeException if the scope is closed
   * @throws Exception what the body threw
   */
  public <R extends @Nullable Object> R run(Callable<R> body) throws Exception {
    Objects.requireNonNull(body, "body");
    if (closed) {
      throw lane.refusal();
    }
    ScopeCall<R> call = new ScopeCall<>(this);
    Context entered = Context.captureFor(call);
    Context last = entered;
    try (Context.Scope scope = entered.enter()) {
      try {
        return body.call();
      } finally {
        last = Context.current();
      }
    } finally {
      call.bodyEnded();
      Context.writeBack(entered, last);
    }
  }

  /**
   * Closes the scope and waits until its thread has ended what it was given. A call from outside is
   * refused from now on; calls that its running bodies make are still taken.
   *
   * <p><b>Threads.</b> On an event loop, or on the scope's own thread, this returns at once; {@link
   * #closeAsync} tells the end. If the waiting thread is interrupted, this returns early with the
   * flag set, and the closing goes on.
   */
  @Override
  public void close() {
    CompletableFuture<@Nullable Void> end = beginClose();
    if (!lane.isOwner(Thread.currentThread())) {
      Deliveries.awaitUnlessLoop(end);
    }
  }

  /**
   * Closes the scope without waiting.
   *
   * @return completes when the scope's thread has ended what it was given; at once for a scope that
   *     the chain had before
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Deliveries.deliverHere(beginClose());
  }

  private CompletableFuture<@Nullable Void> beginClose() {
    closed = true;
    return owner ? lane.close() : CompletableFuture.completedFuture(null);
  }

  Lane lane() {
    return lane;
  }

  /** Whether this handle is closed on a scope that stays open; an owner's lane knows by itself. */
  boolean isClosedHandle() {
    return closed && !owner;
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return lane.toString();
  }
}
