/*
 * Rules that are off by default. Run this file with:  --rules sync-throw,unused-suppression
 * (a bare id adds to the defaults; every marker of this file is judged only in such a run)
 */
package cases;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public abstract class OptionalCases {
    private static final Logger log = LoggerFactory.getLogger(OptionalCases.class);

    private volatile boolean closed;

    abstract CompletableFuture<String> fetch(String id);

    abstract CompletionStage<Void> save(String value);

    abstract String parse(String text) throws IOException;

    // case+ sync-throw | a throw out of a future-returning method: a state, not an argument
    CompletableFuture<String> fetchOpen(String id) {
        if (closed) {
            throw new IllegalStateException("closed"); // expect: sync-throw
        }
        return fetch(id);
    }

    // case+ sync-throw | a throw in a catch
    CompletionStage<Void> saveParsed(String text) {
        String value;
        try {
            value = parse(text);
        } catch (IOException e) {
            throw new CompletionException(e); // expect: sync-throw
        }
        return save(value);
    }

    // case- sync-throw | argument checks
    CompletableFuture<String> fetchChecked(String id, int limit) {
        Objects.requireNonNull(id, "id");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id is empty");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " < 1");
        }
        return fetch(id);
    }

    // case- sync-throw | a throw in a callback fails the future
    CompletableFuture<String> fetchNonEmpty(String id) {
        return fetch(id).thenApply(value -> {
            if (value.isEmpty()) {
                throw new IllegalStateException("nothing for " + id);
            }
            return value;
        });
    }

    // case- sync-throw | a failed future instead
    CompletableFuture<String> fetchOrFail(String id) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("closed"));
        }
        return fetch(id);
    }

    // case- sync-throw | a throw that the method itself catches
    CompletionStage<Void> saveOrFail(String text) {
        try {
            if (closed) {
                throw new IOException("closed");
            }
            return save(parse(text));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    // case- sync-throw | a method that returns no future may throw
    String fetchNow(String id) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        return fetch(id).join();
    }

    // case+ unused-suppression | a suppression that suppresses nothing, on a method
    @SuppressWarnings("un-awaited") void saveAll(List<String> values) { // expect: unused-suppression
        CompletableFuture<?>[] saved = values.stream().map(v -> save(v).toCompletableFuture()).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(saved).join();
    }

    // case+ unused-suppression | a suppression that suppresses nothing: another rule's finding would be suppressed, there is none, on a local
    void saveOne(String value) {
        @SuppressWarnings("null-future") CompletionStage<Void> saved = save(value); // expect: unused-suppression
        saved.toCompletableFuture().join();
    }

    // case- unused-suppression | a suppression that suppresses one finding
    @SuppressWarnings("un-awaited")
    void saveSoon(String value) {
        save(value);
        log.info("saving {}", value);
    }

    // case- unused-suppression | other tools' names are none of ours
    @SuppressWarnings({"unchecked", "rawtypes", "PMD.UnusedLocalVariable"})
    List<String> raw(List values) {
        return values;
    }
}
