package dev.trestle.threadsensitive;

import java.time.Duration;
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
  private final ServedLane lane;

  /** Whether closing this handle closes the lane: not if the chain had the scope before. */
  private final boolean owner;

  private volatile boolean closed;

  private ThreadSensitiveScope(ServedLane lane, boolean owner) {
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
    ServedLane existing = Call.currentScope();
    return existing == null || existing.isClosing()
        ? new ThreadSensitiveScope(Homes.forScope(platform), true)
        : new ThreadSensitiveScope(existing, false);
  }

  /**
   * Runs an async function in a scope, which is closed when the stage it returns completes. If its
   * chain of calls has a scope that is still open, the function joins that one, which then stays
   * open at least until the stage completes.
   *
   * <p><b>Threads.</b> The function runs on the calling thread, before this method returns; on an
   * event loop, dependents of the result run on that loop. <b>Cancellation.</b> Cancelling the
   * result cancels the calls that were made by the function, and the stage that it returned; the
   * scope closes when that stage has completed.
   *
   * @param body the async function
   * @param <R> the type of the result
   * @return completes as the stage does, or with what the function threw
   */
  public static <R extends @Nullable Object> CompletableFuture<R> around(
      Callable<? extends CompletionStage<R>> body) {
    return around(body, CallOptions.DEFAULT);
  }

  /**
   * Runs an async function in a scope, as {@link #around(Callable)} does, for which there is only
   * so much time: the calls below have what is left of it, and no more by a longer limit of their
   * own.
   *
   * <p><b>Threads.</b> As for {@link #around(Callable)}, also when the time is over.
   * <b>Cancellation.</b> When the time is over, the calls that were made by the function are
   * cancelled, and the stage that it returned; the scope closes when that stage has completed.
   *
   * @param body the async function
   * @param timeout the limit, from now on; a shorter one of a call further out comes first, and
   *     cancels the result
   * @param <R> the type of the result
   * @return completes as the stage does, or with what the function threw; fails with {@link
   *     BridgeTimeoutException} if it took too long
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public static <R extends @Nullable Object> CompletableFuture<R> around(
      Callable<? extends CompletionStage<R>> body, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return around(body, CallOptions.DEFAULT.withTimeout(timeout));
  }

  private static <R extends @Nullable Object> CompletableFuture<R> around(
      Callable<? extends CompletionStage<R>> body, CallOptions options) {
    Objects.requireNonNull(body, "body");
    ServedLane existing = Call.currentScope();
    boolean joins = existing != null && existing.hold();
    ServedLane lane = joins ? Objects.requireNonNull(existing) : Homes.forScope(false);
    ScopeCall<R> call;
    try {
      call = new ScopeCall<>(lane, options);
    } catch (Throwable e) {
      lane.release();
      throw e; // what a finder of event loops threw
    }
    call.start(body, !joins);
    return call;
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
    return new ScopeCall<R>(lane, CallOptions.DEFAULT).run(body);
  }

  /**
   * Closes the scope and waits until its thread has ended what it was given. A call from outside is
   * refused from now on; calls that its running bodies make are still taken, and what a body waits
   * for may still come: to end it early, cancel its call.
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

  ServedLane lane() {
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
