package cases;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public abstract class PromiseCases {
    private static final Logger log = LoggerFactory.getLogger(PromiseCases.class);

    interface Callback<T> {
        void onSuccess(T value);

        void onFailure(Throwable t);
    }

    interface Client {
        void call(String id, Callback<String> callback);

        CompletionStage<String> fetch(String id);
    }

    private final Client client;
    private final Executor executor;
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

    protected PromiseCases(Client client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    abstract String read(String id) throws IOException;

    abstract void prepare();

    // case+ unfinished-promise | only the success path: the failure is logged and forgotten
    CompletableFuture<String> adapted(String id) {
        CompletableFuture<String> promise = new CompletableFuture<>(); // expect: unfinished-promise
        client.fetch(id).whenComplete((value, t) -> {
            if (t != null) {
                log.warn("fetching {} failed", id, t);
            } else {
                promise.complete(value);
            }
        });
        return promise;
    }

    // case- unfinished-promise | both paths
    CompletableFuture<String> adaptedFully(String id) {
        CompletableFuture<String> promise = new CompletableFuture<>();
        client.fetch(id).whenComplete((value, t) -> {
            if (t != null) {
                log.warn("fetching {} failed", id, t);
                promise.completeExceptionally(t);
            } else {
                promise.complete(value);
            }
        });
        return promise;
    }

    // case+ unfinished-promise | a catch that forgets
    CompletableFuture<String> readAsync(String id) {
        var promise = new CompletableFuture<String>(); // expect: unfinished-promise
        executor.execute(() -> {
            try {
                promise.complete(read(id));
            } catch (IOException | RuntimeException e) {
                log.error("reading {} failed", id, e);
            }
        });
        return promise;
    }

    // case- unfinished-promise | a catch that remembers
    CompletableFuture<String> readFully(String id) {
        var promise = new CompletableFuture<String>();
        executor.execute(() -> {
            try {
                promise.complete(read(id));
            } catch (Throwable t) {
                log.error("reading {} failed", id, t);
                promise.completeExceptionally(t);
            }
        });
        return promise;
    }

    // case+ unfinished-promise | nobody completes it, and it is waited for
    void prepareAndWait() {
        CompletableFuture<Void> prepared = new CompletableFuture<>(); // expect: unfinished-promise
        prepare();
        prepared.join();
    }

    // case- unfinished-promise | completed in a finally
    void prepareAndSignal(Runnable after) {
        CompletableFuture<Void> prepared = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                prepare();
            } finally {
                prepared.complete(null);
            }
        });
        prepared.join();
        after.run();
    }

    // case+ unfinished-promise | a callback object of which only onSuccess completes it
    CompletableFuture<String> called(String id) {
        CompletableFuture<String> promise = new CompletableFuture<>(); // expect: unfinished-promise
        client.call(id, new Callback<>() {
            @Override
            public void onSuccess(String value) {
                promise.complete(value);
            }

            @Override
            public void onFailure(Throwable t) {
                log.warn("calling {} failed", id, t);
            }
        });
        return promise;
    }

    // case- unfinished-promise | a callback object that completes it in both
    CompletableFuture<String> calledFully(String id) {
        CompletableFuture<String> promise = new CompletableFuture<>();
        client.call(id, new Callback<>() {
            @Override
            public void onSuccess(String value) {
                promise.complete(value);
            }

            @Override
            public void onFailure(Throwable t) {
                promise.completeExceptionally(t);
            }
        });
        return promise;
    }

    // case- unfinished-promise | stored, somebody else completes it
    CompletableFuture<String> awaitReply(String correlation) {
        CompletableFuture<String> promise = new CompletableFuture<>();
        waiting.put(correlation, promise);
        return promise;
    }

    abstract void send(String id, CompletableFuture<String> reply);

    // case- unfinished-promise | handed to somebody
    CompletableFuture<String> request(String id) {
        CompletableFuture<String> reply = new CompletableFuture<>();
        send(id, reply);
        return reply;
    }

    // case- unfinished-promise | timed out
    CompletableFuture<String> adaptedWithin(String id) {
        CompletableFuture<String> promise = new CompletableFuture<>();
        promise.orTimeout(3, TimeUnit.SECONDS);
        client.fetch(id).whenComplete((value, t) -> {
            if (t == null) {
                promise.complete(value);
            } else {
                log.warn("fetching {} failed", id, t);
            }
        });
        return promise;
    }
}
