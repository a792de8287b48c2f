package cases;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

public abstract class NullFutureCases {
    private static final Logger log = LoggerFactory.getLogger(NullFutureCases.class);

    enum Source { CACHE, REMOTE, NONE }

    private final Map<String, CompletableFuture<String>> inFlight = new ConcurrentHashMap<>();
    private final Executor executor;
    private CompletableFuture<String> latest = null;

    protected NullFutureCases(Executor executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<String> fetch(String id);

    abstract CompletionStage<Void> save(String value);

    abstract Mono<String> lookUp(String id);

    abstract String parse(String text) throws java.io.IOException;

    // case+ null-future | return null in a catch
    CompletableFuture<String> fetchParsed(String text) {
        try {
            return fetch(parse(text));
        } catch (java.io.IOException e) {
            log.warn("not parsed", e);
            return null; // expect: null-future
        }
    }

    // case- null-future | a future of null instead
    CompletableFuture<String> fetchParsedOrNull(String text) {
        try {
            return fetch(parse(text));
        } catch (java.io.IOException e) {
            log.warn("not parsed", e);
            return CompletableFuture.completedFuture(null);
        }
    }

    // case+ null-future | return null in a branch of ?:
    CompletionStage<Void> saveIfAny(String value) {
        return value.isEmpty() ? null : save(value); // expect: null-future
    }

    // case+ null-future | return null in an arm of a switch expression
    CompletableFuture<String> from(Source source, String id) {
        return switch (source) {
            case CACHE -> inFlight.get(id);
            case REMOTE -> fetch(id);
            case NONE -> null; // expect: null-future
        };
    }

    // case+ null-future | return null behind a cast
    CompletableFuture<String> none() {
        return (CompletableFuture<String>) null; // expect: null-future
    }

    // case+ null-future | thenCompose(x -> null)
    CompletableFuture<Void> fetchAndStop(String id) {
        return fetch(id).thenCompose(value -> null); // expect: null-future
    }

    // case+ null-future | return null in a block lambda whose function type promises a future
    Function<String, CompletionStage<Void>> saver() {
        return value -> {
            if (value == null) {
                return null; // expect: null-future
            }
            return save(value);
        };
    }

    // case+ null-future | return null where a Mono is promised
    Mono<String> find(String id) {
        if (id.isBlank()) {
            return null; // expect: null-future
        }
        return lookUp(id);
    }

    // case- null-future | thenApply(x -> null): a future of null
    CompletableFuture<Void> fetchAndDiscard(String id) {
        return fetch(id).thenApply(value -> null);
    }

    // case- null-future | a lambda inside a future-returning method that itself promises a String
    CompletableFuture<String> parseElsewhere(String text) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return parse(text);
            } catch (java.io.IOException e) {
                log.warn("not parsed", e);
                return null;
            }
        }, executor);
    }

    // case- null-future | an anonymous class inside a future-returning method
    CompletableFuture<Callable<String>> task() {
        return CompletableFuture.completedFuture(new Callable<>() {
            @Override
            public String call() {
                return null;
            }
        });
    }

    // case- null-future | type variables
    <T> T firstOrNull(Iterable<T> values) {
        for (T value : values) {
            return value;
        }
        return null;
    }

    // case- null-future | type variables: inferred as a future at the call only
    CompletableFuture<String> orNone(Supplier<CompletableFuture<String>> source) {
        return choose(source, source.get());
    }

    static <F> F choose(Supplier<F> ignored, F value) {
        if (value == null) {
            return null;
        }
        return value;
    }

    // case- null-future | fields set to null, and a method that may hand out such a field
    CompletableFuture<String> reset() {
        CompletableFuture<String> before = latest;
        latest = null;
        return before;
    }

    // case- null-future | Precise first: a remapping function's null removes the entry, as Map documents
    void forgetDone(String id) {
        inFlight.computeIfPresent(id, (key, f) -> f.isDone() ? null : f);
    }
}
