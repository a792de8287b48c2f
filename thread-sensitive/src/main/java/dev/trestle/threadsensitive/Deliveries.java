package dev.trestle.threadsensitive;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handing completions to loops and workers, so that none is lost. */
final class Deliveries {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
  private static final @Nullable DeliveryFinder FINDER = finder();

  private Deliveries() {}

  /** The loop that the current thread must not block, or null. */
  static @Nullable Delivery currentLoop() {
    return FINDER == null ? null : FINDER.current();
  }

  /** The loop of the current thread, else the workers. */
  static Delivery here() {
    Delivery loop = currentLoop();
    return loop != null ? loop : Workers.DELIVERY;
  }

  /** Queues a task there; if that is closed, on a worker, with a warning. */
  static void deliver(Delivery delivery, Runnable task) {
    try {
      delivery.execute(task);
    } catch (Throwable e) {
      log.warn("{} took no completion, which runs on a worker instead: {}", delivery, e.toString());
      Workers.runPromptlyOrHere(task);
    }
  }

  /** The end of something of ours, which is completed on no thread of the user's, as told here. */
  static <T extends @Nullable Object> CompletableFuture<T> deliverHere(CompletableFuture<T> end) {
    DependentFuture<T> told = new DependentFuture<>(here(), null);
    var unused = end.whenComplete((value, failure) -> complete(told, value));
    return told;
  }

  /** Completes a future where it is delivered, since a home completes nothing that others hold. */
  @SuppressWarnings("NullAway") // the value is null only where T allows it
  static <T extends @Nullable Object> void complete(BridgeFuture<T> future, @Nullable T value) {
    if (future.delivery.isCurrent()) {
      future.complete(value);
    } else {
      deliver(future.delivery, (Task.Own) () -> future.complete(value));
    }
  }

  /** Whether a stage has a value already; false if it does not tell. */
  static boolean hasValue(CompletionStage<?> stage) {
    return isKnownDone(stage) && !((CompletableFuture<?>) stage).isCompletedExceptionally();
  }

  /** Whether a stage is done; false if it does not tell, as the minimal one of the JDK. */
  static boolean isKnownDone(CompletionStage<?> stage) {
    try {
      return stage instanceof CompletableFuture<?> future && future.isDone();
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /** A stage of another library as a future of ours. */
  static <T extends @Nullable Object> BridgeFuture<T> adopt(
      CompletionStage<T> stage, Delivery delivery) {
    DependentFuture<T> ours = new DependentFuture<>(delivery, null);
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                ours.complete(value);
              } else {
                ours.completeExceptionally(failure);
              }
            });
    return ours;
  }

  /** The same, where giving up the result gives up what completes the future of that library. */
  static <T extends @Nullable Object> CompletableFuture<T> adopt(
      CompletableFuture<T> future, Delivery delivery, Runnable onCancel) {
    BridgeFuture<T> ours = adopt(future, delivery);
    if (!ours.isDone()) {
      ours.observe(
          (value, failure) -> {
            if (!future.isDone()) {
              onCancel.run();
            }
          });
    }
    return ours;
  }

  /** Waits, unless that would block a loop; returns early if interrupted, with the flag set. */
  static void awaitUnlessLoop(CompletableFuture<?> end) {
    if (currentLoop() != null || CallerLoop.isRunning()) {
      return;
    }
    try {
      end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError("an end does not fail", e);
    }
  }

  private static @Nullable DeliveryFinder finder() {
    try {
      return ServiceLoader.load(DeliveryFinder.class, Deliveries.class.getClassLoader())
          .findFirst()
          .orElse(null);
    } catch (ServiceConfigurationError e) {
      log.warn("event loops are not recognised: {}", e.toString());
      return null;
    }
  }
}
