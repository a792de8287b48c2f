package cases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: locals never read, dead stores, stores of which only the last survives. */
public abstract class LocalCases {
    private static final Logger log = LoggerFactory.getLogger(LocalCases.class);

    enum Tier { FREE, PAID }

    interface Store {
        CompletableFuture<Void> save(String id);

        CompletionStage<String> fetch(String id);

        Future<Boolean> ping(String node);

        void touch(String id);
    }

    private final Store store;
    private final ExecutorService executor;
    private CompletableFuture<Void> current;

    protected LocalCases(Store store, ExecutorService executor) {
        this.store = store;
        this.executor = executor;
    }

    abstract CompletableFuture<Void> saveFree(String id);

    abstract CompletableFuture<Void> savePaid(String id);

    abstract CompletableFuture<Void> startStrict(String id) throws IOException;

    // case+ un-awaited | Dropped: a local never read again (var)
    int update(List<String> ids) {
        int n = 0;
        for (String id : ids) {
            var write = store.save(id); // expect: un-awaited/local-unread
            n++;
        }
        return n;
    }

    // case- un-awaited | A local read in one branch only is read
    CompletableFuture<Void> update(String id, boolean wait) {
        var write = store.save(id);
        if (wait) {
            return write;
        }
        return CompletableFuture.completedFuture(null);
    }

    // case+ un-awaited | Dropped: a local never read, declared as Object: the expression's type counts
    void warm(String id) {
        Object first = store.fetch(id); // expect: un-awaited/local-unread
        log.info("warming {}", id);
    }

    // case+ un-awaited | Dropped: a local declared first, assigned later, never read
    boolean ping(String node) {
        Future<Boolean> answer;
        log.debug("ping {}", node);
        answer = store.ping(node); // expect: un-awaited/local-unread
        return true;
    }

    // case- un-awaited | Fine: cancel; the local is read in finally
    void pingWhile(String node, Runnable body) {
        Future<Boolean> answer = store.ping(node);
        try {
            body.run();
        } finally {
            answer.cancel(true);
        }
    }

    // case+ un-awaited | Dropped: a local never read, the fresh value in a branch of ?:
    void write(String id, boolean paid) {
        CompletableFuture<Void> write = paid ? savePaid(id) : saveFree(id); // expect: un-awaited/local-unread
        store.touch(id);
    }

    // case+ un-awaited | Dropped: a local never read, the fresh value in an arm of a switch
    void writeTier(String id, Tier tier) {
        CompletableFuture<Void> write = switch (tier) { // expect-oneof(tier): un-awaited/local-unread
            case PAID -> savePaid(id); // expect-oneof(tier): un-awaited/local-unread
            default -> CompletableFuture.completedFuture(null);
        };
        store.touch(id);
    }

    // case- un-awaited | The same switch, read afterwards
    CompletableFuture<Void> writeTierAndTouch(String id, Tier tier) {
        CompletableFuture<Void> write = switch (tier) {
            case PAID -> savePaid(id);
            case FREE -> saveFree(id);
        };
        store.touch(id);
        return write;
    }

    // case- un-awaited | Held: a copy of a field that is never read is not fresh
    void look(String id) {
        CompletableFuture<Void> before = current;
        current = store.save(id);
    }

    // case+ un-awaited | Dropped: a dead store
    CompletableFuture<Void> saveTwice(String id) {
        CompletableFuture<Void> write = store.save(id); // expect: un-awaited/overwritten
        store.touch(id);
        write = store.save(id + "-copy");
        return write;
    }

    // case- un-awaited | The first is read before the second is stored
    CompletableFuture<Void> saveBoth(String id) {
        CompletableFuture<Void> write = store.save(id);
        CompletableFuture<Void> first = write;
        write = store.save(id + "-copy");
        return CompletableFuture.allOf(first, write);
    }

    // case+ un-awaited | Dropped: a dead store behind a condition
    CompletionStage<String> fetchPreferred(String id, boolean audit) {
        CompletionStage<String> answer;
        if (audit) {
            answer = store.fetch("audit-" + id); // expect: un-awaited/overwritten
        }
        answer = store.fetch(id);
        return answer;
    }

    // case- un-awaited | Assigned in both branches, read after them
    CompletionStage<String> fetchEither(String id, boolean audit) {
        CompletionStage<String> answer;
        if (audit) {
            answer = store.fetch("audit-" + id);
        } else {
            answer = store.fetch(id);
        }
        return answer;
    }

    // case+ un-awaited | Dropped: a store in a loop of which only the last survives
    CompletableFuture<Void> saveAll(List<String> ids) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (String id : ids) {
            last = store.save(id); // expect: un-awaited/overwritten
        }
        return last;
    }

    // case- un-awaited | Lessons: f = f.thenX(..) in a loop is not an overwrite
    CompletableFuture<Void> saveInOrder(List<String> ids) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (String id : ids) {
            last = last.thenCompose(v -> store.save(id));
        }
        return last;
    }

    // case+ un-awaited | Dropped: only the last survives, while loop, read after it through join
    void saveQueue(java.util.Queue<String> queue) {
        CompletableFuture<Void> last = null;
        while (!queue.isEmpty()) {
            String id = queue.remove();
            store.touch(id);
            last = store.save(id); // expect: un-awaited/overwritten
        }
        if (last != null) {
            last.join();
        }
    }

    // case- un-awaited | A store in a loop that ends the loop
    CompletionStage<String> firstMatch(List<String> ids, String prefix) {
        CompletionStage<String> found = CompletableFuture.completedFuture("");
        for (String id : ids) {
            if (id.startsWith(prefix)) {
                found = store.fetch(id);
                break;
            }
        }
        return found;
    }

    // case- un-awaited | A store in a loop, each read in the same round
    List<CompletableFuture<Void>> startAll(List<String> ids) {
        List<CompletableFuture<Void>> started = new ArrayList<>();
        CompletableFuture<Void> write;
        for (String id : ids) {
            write = store.save(id);
            started.add(write);
        }
        return started;
    }

    // case- un-awaited | A store in a loop, each read in the next round (the previous is handed on)
    List<CompletableFuture<Void>> pairs(List<String> ids) {
        List<CompletableFuture<Void>> pairs = new ArrayList<>();
        CompletableFuture<Void> previous = CompletableFuture.completedFuture(null);
        for (String id : ids) {
            CompletableFuture<Void> next = store.save(id);
            pairs.add(CompletableFuture.allOf(previous, next));
            previous = next;
        }
        return pairs;
    }

    // case- un-awaited | Lessons: if (f == null) f = start() is not an overwrite
    CompletableFuture<Void> startOnce(CompletableFuture<Void> known, String id) {
        CompletableFuture<Void> f = known;
        if (f == null) {
            f = store.save(id);
        }
        return f;
    }

    // case- un-awaited | A store in try, another in its catch: one of the two survives
    CompletableFuture<Void> startOrFail(String id) {
        CompletableFuture<Void> f;
        try {
            f = startStrict(id);
        } catch (IOException e) {
            f = CompletableFuture.failedFuture(e);
        }
        return f;
    }

    // case- un-awaited | Fine: completedFuture(..) as an initial value that both branches may replace
    CompletableFuture<Void> saveIfPaid(String id, Tier tier) {
        CompletableFuture<Void> write = CompletableFuture.completedFuture(null);
        if (tier == Tier.PAID) {
            write = savePaid(id);
        }
        return write;
    }

    // case- un-awaited | A local read only inside a lambda and in an inner class
    List<Runnable> cancellers(String id) {
        CompletableFuture<Void> write = store.save(id);
        Future<Boolean> ping = store.ping(id);
        Runnable stopPing = new Runnable() {
            @Override
            public void run() {
                ping.cancel(true);
            }
        };
        return List.of(() -> write.cancel(true), stopPing);
    }

    // case+ un-awaited | Dropped: a local never read, inside a lambda's block
    Runnable job(String id) {
        return () -> {
            store.touch(id);
            CompletionStage<String> copy = store.fetch(id); // expect: un-awaited/local-unread
        };
    }

    // case+ un-awaited | Dropped: a local never read, the chain's last link on a later line
    void index(String id) {
        CompletionStage<Void> indexed = store
                .fetch(id)
                .thenApply(String::trim)
                .thenAccept(store::touch); // expect: un-awaited
    }

    // case- un-awaited | The last link decides: a chain handled by it, in a local that is never read
    void indexLogged(String id) {
        CompletionStage<Void> indexed = store
                .fetch(id)
                .thenAccept(store::touch)
                .exceptionally(t -> {
                    log.warn("indexing {} failed", id, t);
                    return null;
                });
        store.touch(id);
    }

    // case- un-awaited | Held: loop variable and pattern variable that nobody reads
    int count(List<CompletableFuture<Void>> writes, Object other) {
        int n = 0;
        for (CompletableFuture<Void> write : writes) {
            n++;
        }
        if (other instanceof CompletableFuture<?> one) {
            n++;
        }
        return n;
    }

    // case+ un-awaited | Dropped: the submitted task's future in a local that is never read
    int rebuild(List<String> ids) {
        Future<?> rebuild = executor.submit(() -> ids.forEach(store::touch)); // expect: un-awaited/local-unread
        return ids.size();
    }

    // case- un-awaited | Fine: get on the submitted task's future
    int rebuildAndWait(List<String> ids) throws Exception {
        Future<Integer> rebuild = executor.submit(() -> {
            ids.forEach(store::touch);
            return ids.size();
        });
        return rebuild.get();
    }

    // case- un-awaited | Stored in a field, then replaced: fields are never forgotten locals
    void restart(String id) {
        current = store.save(id);
        store.touch(id);
        current = store.save(id + "-again");
    }
}
