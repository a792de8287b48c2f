package cases;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: the fine list, and its counterparts that only look alike (exempt methods by owner, not by name). */
public abstract class FineCases {
    private static final Logger log = LoggerFactory.getLogger(FineCases.class);

    private final Map<String, CompletableFuture<String>> cache = new ConcurrentHashMap<>();
    private final Deque<CompletableFuture<String>> waiting = new ArrayDeque<>();
    private final AtomicReference<CompletableFuture<String>> latest = new AtomicReference<>();
    private final Executor executor;

    protected FineCases(Executor executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<String> fetch(String id);

    abstract void watch(CompletionStage<?> stage);

    static final class Watcher {
        private final CompletionStage<?> stage;

        Watcher(CompletionStage<?> stage) {
            this.stage = stage;
        }

        CompletionStage<?> stage() {
            return stage;
        }
    }

    // case- un-awaited | Fine: passed to any method
    void fetchWatched(String id) {
        watch(fetch(id));
    }

    // case- un-awaited | Fine: passed to a constructor, whose object is itself dropped
    void fetchWatchedByObject(String id) {
        new Watcher(fetch(id).thenApply(String::trim));
    }

    // case- un-awaited | Fine: cancel and timed get on a fresh future
    String fetchOnce(String id) throws Exception {
        fetch("warm-up").cancel(true);
        fetch("ping").get(1, TimeUnit.SECONDS);
        return fetch(id).get();
    }

    // case- un-awaited | Fine: stored in an atomic; getAndSet hands back what was held
    void replace(String id) {
        latest.getAndSet(fetch(id));
        latest.updateAndGet(f -> f == null ? fetch(id) : f);
    }

    // case- un-awaited | Held: containers and iterators hand back what was held
    void evict(String id, List<CompletableFuture<String>> recent) {
        cache.remove(id);
        waiting.pollFirst();
        recent.set(0, fetch(id));
        Iterator<CompletableFuture<String>> all = recent.iterator();
        all.next();
        while (all.hasNext()) {
            all.next();
            all.remove();
        }
    }

    // case- un-awaited | Fine: CompletionService.submit, results taken from the service
    int lengths(List<String> ids) throws Exception {
        CompletionService<String> service = new ExecutorCompletionService<>(executor);
        for (String id : ids) {
            service.submit(() -> id.repeat(2));
        }
        int sum = 0;
        for (int i = 0; i < ids.size(); i++) {
            sum += service.take().get().length();
        }
        return sum;
    }

    interface CompletionServices {
        <T> Future<T> submit(java.util.concurrent.Callable<T> task);
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: submit of something that is no CompletionService
    void submitElsewhere(CompletionServices services, List<String> ids) {
        for (String id : ids) {
            services.submit(() -> id.repeat(2)); // expect: un-awaited/statement
        }
    }

    interface AsyncKv {
        CompletableFuture<Void> put(String key, String value);

        CompletableFuture<Boolean> remove(String key);
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: put of an async store returns a fresh future
    void write(AsyncKv kv, String key, String value) {
        kv.put(key, value); // expect: un-awaited/statement
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: remove of an async store, as a method reference
    void expire(AsyncKv kv, List<String> keys) {
        keys.forEach(kv::remove); // expect: un-awaited/method-ref
    }

    // case- un-awaited | map.put of a future and kv.put joined
    void writeThrough(AsyncKv kv, String key, String value) {
        kv.put(key, value).join();
        cache.put(key, CompletableFuture.completedFuture(value));
    }

    interface Orders {
        CompletableFuture<Boolean> cancel(String orderId);

        boolean isOpen(String orderId);
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: cancel of an order is a remote call
    void cancelOpen(Orders orders, List<String> ids) {
        for (String id : ids) {
            if (orders.isOpen(id)) {
                orders.cancel(id); // expect: un-awaited/statement
            }
        }
    }

    interface Chat {
        CompletableFuture<Void> join(String room);
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: join of a chat room
    void enter(Chat chat, String room) {
        chat.join(room); // expect: un-awaited/statement
        log.info("in {}", room);
    }

    interface Forge {
        CompletionStage<String> fork(String repository);

        CompletableFuture<String> addListener(String hook, Runnable listener);
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: fork of a repository
    void forkAll(Forge forge, List<String> repositories) {
        repositories.forEach(repository -> forge.fork(repository)); // expect: un-awaited/void-lambda
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: addListener that registers remotely
    void hook(Forge forge, Runnable listener) {
        forge.addListener("push", listener); // expect: un-awaited/statement
    }

    // case- un-awaited | Fine: stored by an assignment expression that is itself an argument or condition
    boolean ensure(String id) {
        CompletableFuture<String> f;
        if ((f = cache.get(id)) == null) {
            cache.put(id, f = fetch(id));
        }
        return f.isDone();
    }
}
