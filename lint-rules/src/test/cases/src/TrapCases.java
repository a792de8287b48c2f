package cases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: lessons from a million lines: getters, containers, identities, inferred and hidden types. */
public abstract class TrapCases {
    private static final Logger log = LoggerFactory.getLogger(TrapCases.class);

    static final class Connection {
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final String name;

        Connection(String name) {
            this.name = name;
        }

        CompletableFuture<Void> closeFuture() {
            return closed;
        }

        CompletableFuture<Void> getClosed() {
            return this.closed;
        }

        CompletableFuture<Void> disconnect(ExecutorService executor) {
            return CompletableFuture.runAsync(() -> closed.complete(null), executor);
        }

        String name() {
            return name;
        }
    }

    private final Map<String, Connection> connections = new HashMap<>();
    private final ExecutorService executor;

    protected TrapCases(ExecutorService executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<String> load(String id);

    abstract void update(int progress);

    // case- un-awaited | Lessons: getters do not hand out fresh futures: whenComplete on the side of one
    void register(Connection connection) {
        connections.put(connection.name(), connection);
        connection.closeFuture().whenComplete((v, t) -> connections.remove(connection.name()));
    }

    // case- un-awaited | Lessons: getters do not hand out fresh futures: isDone and null check of one
    boolean isOpen(Connection connection) {
        return connection.getClosed() != null && !connection.closeFuture().isDone();
    }

    // case+ un-awaited | Not a getter: disconnect starts something
    void kick(Connection connection) {
        connections.remove(connection.name());
        connection.disconnect(executor); // expect: un-awaited/statement
    }

    // case+ un-awaited | Lessons: a dependent of what a getter gives is fresh
    void onClose(Connection connection) {
        connection.closeFuture().thenRun(() -> log.info("{} closed", connection.name())); // expect: un-awaited
    }

    record Job(String id, CompletableFuture<String> result) {
        boolean finished() {
            return result().isDone();
        }
    }

    // case- un-awaited | Lessons: accessors of a record do not hand out fresh futures
    long finished(List<Job> jobs) {
        long n = 0;
        for (Job job : jobs) {
            if (job.result() != null && job.result().isDone()) {
                n++;
            }
        }
        return n;
    }

    static final class Lru<K, V> {
        private final Map<K, V> map = new HashMap<>();

        V put(K key, V value) {
            return map.put(key, value);
        }

        V evict(K key) {
            return map.remove(key);
        }
    }

    // case- un-awaited | Lessons: home-made containers do not hand out fresh futures
    void cached(Lru<String, CompletableFuture<String>> cache, String id) {
        cache.put(id, load(id));
        cache.evict(id + "-old");
    }

    static CompletableFuture<Void> completedNull() {
        return CompletableFuture.completedFuture(null);
    }

    abstract CompletableFuture<Void> audit(String id);

    // case- un-awaited | Lessons: methods like completedNull() do not hand out fresh futures: an initial value replaced
    CompletableFuture<Void> auditIf(boolean audited, String id) {
        CompletableFuture<Void> done = completedNull();
        if (audited) {
            done = audit(id);
        }
        return done;
    }

    abstract static class Resource<T extends CompletionStage<?>> {
        abstract T open();

        // case+ un-awaited | Any subtype, through the bound of a class's type variable
        void warmUp() {
            open(); // expect: un-awaited/statement
        }

        // case- un-awaited | The same, returned
        T reopen() {
            return open();
        }
    }

    static <A, R> Function<A, R> logged(String name, Function<A, R> body) {
        return argument -> {
            log.info("calling {}", name);
            return body.apply(argument);
        };
    }

    // case+ un-awaited | Judge the expression's type: Function.apply whose R is a future
    void call(String id) {
        Function<String, CompletableFuture<String>> loader = logged("load", this::load);
        loader.apply(id); // expect: un-awaited/statement
    }

    // case- un-awaited | Judge the expression's type: Function.apply whose R is an Integer
    void callBlocking(String id) {
        Function<String, Integer> length = logged("length", String::length);
        length.apply(id);
    }

    interface Transaction {
        <T> T execute(Supplier<? extends T> body);
    }

    // case+ un-awaited | Results typed by inference: T from a block lambda with two returns
    void executeInferred(Transaction transaction, String id, boolean audited) {
        transaction.execute(() -> { // expect: un-awaited/statement
            if (audited) {
                return audit(id);
            }
            return completedNull();
        });
    }

    // case- un-awaited | Results typed by inference: the same call, T is void's stand-in
    void executeBlocking(Transaction transaction, String id) {
        transaction.execute(() -> {
            log.info("executing {}", id);
            return null;
        });
    }

    // case+ un-awaited | A chain through var and an intermediate local, the last dependent dropped
    void trim(String id) {
        var loaded = load(id);
        var trimmed = loaded.thenApply(String::trim); // expect: un-awaited
        update(loaded.isDone() ? 100 : 50);
    }

    // case- un-awaited | A chain through var and intermediate locals, the last one joined
    String trimNow(String id) {
        var loaded = load(id);
        var trimmed = loaded.thenApply(String::trim);
        update(loaded.isDone() ? 100 : 50);
        return trimmed.join();
    }

    class Poller implements Runnable {
        private final String id;
        private volatile Future<?> running;

        Poller(String id) {
            this.id = id;
        }

        // case- un-awaited | An inner class's own future, stored in its field and cancelled elsewhere
        void start() {
            running = executor.submit(this);
        }

        void stop() {
            running.cancel(true);
        }

        // case+ un-awaited | Dropped: the run method of an inner class, a call on the outer instance
        @Override
        public void run() {
            update(1);
            TrapCases.this.load(id); // expect: un-awaited/statement
        }
    }

    static <T> T identity(T value) {
        return value;
    }

    // case- un-awaited | Held: pass-throughs (<T> T f(T)) hand back what was held
    void pass(CompletableFuture<String> f, List<CompletableFuture<String>> kept) {
        identity(f);
        kept.add(identity(f));
    }

    // case+ un-awaited | Dropped: parentheses and a conditional receiver do not hide the chain
    void loadOne(String a, String b, boolean first) {
        (first ? load(a) : load(b)).thenAccept(value -> update(value.length())); // expect: un-awaited
    }

    // case- un-awaited | A lambda that only builds a function of futures; nothing is started
    Supplier<CompletableFuture<String>> loader(String id) {
        Supplier<CompletableFuture<String>> load = () -> load(id);
        log.debug("a loader for {}", id);
        return load;
    }

    // case- un-awaited | A future parameter that is never read is held
    void onLoaded(String id, CompletableFuture<String> loaded) {
        log.info("loaded {}", id);
    }
}
