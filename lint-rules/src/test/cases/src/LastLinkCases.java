package cases;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: the last link of a chain decides, and the finding stands on its line. */
public abstract class LastLinkCases {
    private static final Logger log = LoggerFactory.getLogger(LastLinkCases.class);

    interface Timer {
        void stop();
    }

    interface Client {
        CompletableFuture<String> fetch(String id);

        CompletionStage<Void> save(String value);
    }

    private final Client client;
    private final Executor executor;
    private final CompletableFuture<Void> ready;

    protected LastLinkCases(Client client, Executor executor, CompletableFuture<Void> ready) {
        this.client = client;
        this.executor = executor;
        this.ready = ready;
    }

    abstract void publish(String value);

    abstract void count(String outcome);

    abstract String describe(String value, Throwable failure);

    abstract CompletableFuture<Void> next();

    abstract Timer startTimer();

    // case+ un-awaited | The last link decides, and the finding stands on its line
    void fetchAndPublish(String id) {
        client
                .fetch(id)
                .thenApply(String::trim)
                .thenAccept(this::publish); // expect: un-awaited
    }

    // case- un-awaited | Handled: exceptionally that uses the throwable
    void fetchAndPublishLogged(String id) {
        client.fetch(id)
                .thenApply(String::trim)
                .thenAccept(this::publish)
                .exceptionally(t -> {
                    log.error("publishing {} failed", id, t);
                    return null;
                });
    }

    // case- un-awaited | exceptionally(t -> x) with t unused is accepted here; it is swallowed-error's
    void fetchAndPublishQuietly(String id) {
        client.fetch(id).thenAccept(this::publish).exceptionally(t -> null); // expect: swallowed-error
    }

    // case- un-awaited | Handled: handle that uses the throwable
    void fetchAndDescribe(String id) {
        client.fetch(id).handle((value, failure) -> failure == null ? value : describe(id, failure));
    }

    // case+ un-awaited | handle whose handler ignores the throwable, fresh receiver (un-awaited wins over swallowed-error)
    void fetchAndCount(String id) {
        client.fetch(id).handle((value, failure) -> value == null ? 0 : value.length()); // expect: un-awaited
    }

    // case- un-awaited | Handled: the handler is not a lambda (method reference to handle)
    void fetchAndDescribeByReference(String id) {
        client.fetch(id).handle(this::describe);
    }

    // case- un-awaited | Handled: whenComplete with a handler that is a variable
    void fetchWith(String id, BiConsumer<String, Throwable> outcome) {
        client.fetch(id).whenComplete(outcome);
    }

    // case- un-awaited | Handled: whenCompleteAsync on a named executor, throwable used
    void fetchElsewhere(String id) {
        client.fetch(id).whenCompleteAsync((value, failure) -> {
            if (failure != null) {
                log.warn("fetching {} failed", id, failure);
            } else {
                publish(value);
            }
        }, executor);
    }

    // case+ un-awaited | A dropped whenComplete that ignores the throwable, on a fresh receiver
    void fetchTimed(String id) {
        Timer timer = startTimer();
        client.fetch(id).whenComplete((value, failure) -> timer.stop()); // expect: un-awaited
    }

    // case- un-awaited | A dropped whenComplete that ignores the throwable, on a held receiver (a timer stopped on the side)
    CompletableFuture<String> fetchTimedAndReturned(String id) {
        Timer timer = startTimer();
        CompletableFuture<String> answer = client.fetch(id);
        answer.whenComplete((value, failure) -> timer.stop());
        return answer;
    }

    // case- un-awaited | A dropped whenComplete that ignores the throwable, on a parameter
    <T> CompletionStage<T> timed(CompletionStage<T> stage) {
        Timer timer = startTimer();
        stage.whenComplete((value, failure) -> timer.stop());
        return stage;
    }

    // case+ un-awaited | A dependent stage after the handler is again a future somebody must see
    void fetchThenNext(String id) {
        client.fetch(id)
                .exceptionally(t -> {
                    log.warn("fetching {} failed", id, t);
                    return "";
                })
                .thenAccept(this::publish); // expect: un-awaited
    }

    // case- un-awaited | The dependent stage comes first, the handler last
    void fetchNextThenLog(String id) {
        client.fetch(id)
                .thenCompose(value -> next())
                .whenComplete((v, t) -> {
                    if (t != null) {
                        log.warn("next after {} failed", id, t);
                    }
                });
    }

    // case+ un-awaited | The handler always throws: exceptionally that wraps and rethrows
    void fetchWrapped(String id) {
        client.fetch(id).exceptionally(t -> { // expect: un-awaited
            throw new CompletionException("fetching " + id, t);
        });
    }

    // case+ un-awaited | The handler always throws: both branches of its if
    void fetchChecked(String id) {
        client.fetch(id).thenAccept(this::publish).handle((v, t) -> { // expect: un-awaited
            if (t instanceof CompletionException) {
                throw new IllegalStateException(t.getCause());
            } else {
                throw new IllegalStateException(id, t);
            }
        });
    }

    // case- un-awaited | The handler throws on one path only
    void fetchStrict(String id) {
        client.fetch(id).whenComplete((value, t) -> {
            if (t != null) {
                log.error("fetching {} failed", id, t);
                throw new IllegalStateException(t);
            }
            publish(value);
        });
    }

    // case+ un-awaited | toCompletableFuture() passes through: a fresh dependent
    void saveDropped(String value) {
        client.save(value).toCompletableFuture(); // expect: un-awaited
    }

    // case- un-awaited | toCompletableFuture() passes through: handled below it
    void saveLogged(String value) {
        client.save(value)
                .exceptionally(t -> {
                    log.warn("saving failed", t);
                    return null;
                })
                .toCompletableFuture();
    }

    // case+ un-awaited | A dropped thenX on a held receiver (field)
    void onReady() {
        ready.thenRun(() -> count("ready")); // expect: un-awaited/dependent
    }

    // case+ un-awaited | A dropped thenX on a held receiver (local that is returned itself)
    CompletableFuture<String> fetchAndAlsoPublish(String id) {
        CompletableFuture<String> answer = client.fetch(id);
        answer.thenAcceptAsync(this::publish, executor); // expect: un-awaited/dependent
        return answer;
    }

    // case- un-awaited | The thenX on the side is what is returned
    CompletableFuture<Void> fetchAndPublishFirst(String id) {
        CompletableFuture<String> answer = client.fetch(id);
        answer.whenComplete((value, failure) -> count(failure == null ? "ok" : "failed"));
        return answer.thenAcceptAsync(this::publish, executor);
    }

    // case- un-awaited | A thenX on a held receiver, with its own handler last
    void onReadyLogged() {
        ready.thenRun(() -> count("ready")).exceptionally(t -> {
            log.error("never ready", t);
            return null;
        });
    }

    // case+ un-awaited | A dropped thenCompose on a parameter, in one branch
    void continueWith(CompletionStage<String> stage, boolean save) {
        if (save) {
            stage.thenCompose(value -> client.save(value)); // expect: un-awaited/dependent
        } else {
            stage.whenComplete((value, failure) -> log.debug("{} {}", value, failure));
        }
    }

    // case- un-awaited | whenComplete forwards the failure to a promise that is handed in
    void forward(String id, CompletableFuture<String> target) {
        client.fetch(id).whenComplete((value, failure) -> {
            if (failure != null) {
                target.completeExceptionally(failure);
            } else {
                target.complete(value);
            }
        });
    }
}
