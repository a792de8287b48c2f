package cases.second;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Shared, abstract on purpose: nothing here tells how a future is made. */
abstract class Svc {
    protected ExecutorService pool;
    protected ScheduledExecutorService scheduler;
    protected Store store;

    protected abstract CompletableFuture<Void> save(String s);
    protected abstract CompletableFuture<String> fetch(String id);
    protected abstract CompletionStage<String> load(String id);
    protected abstract CompletableFuture<Integer> count(String id);
    protected abstract CompletableFuture<Void> flush();
    protected abstract CompletionStage<Void> publish(String topic, String event);
    protected abstract CompletableFuture<Void> closeAsync();
    protected abstract CompletableFuture<List<String>> list(String prefix);

    protected abstract String compute(String id);
    protected abstract void importAll(String id);
    protected abstract void done();
    protected abstract void log(String s);
    protected abstract void log(String s, Throwable t);

    interface Store {
        CompletableFuture<Void> save(String id);
        CompletionStage<Void> audit(String id);
        CompletableFuture<String> fetch(String id);
        CompletableFuture<Void> warmUp();
        CompletableFuture<Boolean> move(String from, String to);
        int size();
    }
}
