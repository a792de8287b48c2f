package cases;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: a future that is only looked at. */
public abstract class LookedAtCases {
    private static final Logger log = LoggerFactory.getLogger(LookedAtCases.class);

    private final Map<String, CompletableFuture<String>> inFlight = new ConcurrentHashMap<>();
    private volatile CompletableFuture<String> latest;

    abstract CompletableFuture<String> fetchName(String id);

    abstract CompletionStage<Long> countRows(String table);

    abstract Future<Boolean> probe(String host);

    // case+ un-awaited | Dropped: string concatenation with a fresh future (un-awaited wins over future-as-value)
    String greet(String id) {
        return "Hello " + fetchName(id); // expect: un-awaited/looked-at
    }

    // case- un-awaited | Concatenation with what the future gives
    String greetProperly(String id) {
        return "Hello " + fetchName(id).join();
    }

    // case+ un-awaited | Dropped: compound string assignment with a fresh future
    String summary(String... tables) {
        String text = "";
        for (String table : tables) {
            text += countRows(table); // expect: un-awaited/looked-at
        }
        return text;
    }

    // case+ un-awaited | Dropped: toString of a fresh future
    String rows(String table) {
        return countRows(table).toString(); // expect: un-awaited/looked-at
    }

    // case+ un-awaited | Dropped: printing a fresh future
    void print(String id) {
        System.out.println(fetchName(id)); // expect: un-awaited/looked-at
    }

    // case- un-awaited | Printing what the future gives
    void printName(String id) {
        System.out.println(fetchName(id).join());
    }

    // case+ un-awaited | Dropped: null check of a fresh future
    boolean exists(String id) {
        return fetchName(id) != null; // expect: un-awaited/looked-at
    }

    // case- un-awaited | Null check of what a map holds
    boolean isRunning(String id) {
        return inFlight.get(id) != null;
    }

    // case+ un-awaited | Dropped: == with a fresh future
    boolean unchanged(String id) {
        CompletableFuture<String> before = latest;
        return before == fetchName(id); // expect: un-awaited/looked-at
    }

    // case- un-awaited | == of two held futures
    boolean isLatest(CompletableFuture<String> f) {
        return f == latest;
    }

    // case+ un-awaited | Dropped: isDone on a fresh future
    boolean reachable(String host) {
        if (probe(host).isDone()) { // expect: un-awaited/looked-at
            log.info("{} answers", host);
            return true;
        }
        return false;
    }

    // case- un-awaited | isDone on a held future
    boolean ready() {
        return latest != null && latest.isDone() && !latest.isCompletedExceptionally();
    }

    // case- un-awaited | A local that is looked at and then kept
    boolean reachableSoon(String host, Map<String, Future<Boolean>> probes) {
        Future<Boolean> probe = probe(host);
        if (probe.isDone()) {
            return true;
        }
        probes.put(host, probe);
        return false;
    }

    // case- un-awaited | Lessons: requireNonNull hands back what was held
    void adopt(CompletableFuture<String> f) {
        Objects.requireNonNull(f, "f");
        latest = f;
    }

    static <T> T checkNotNull(T reference, Object message) {
        if (reference == null) {
            throw new NullPointerException(String.valueOf(message));
        }
        return reference;
    }

    // case- un-awaited | Lessons: home-made identity checkNotNull hands back what was held
    void adoptChecked(CompletableFuture<String> f) {
        checkNotNull(f, "f");
        latest = f;
    }
}
