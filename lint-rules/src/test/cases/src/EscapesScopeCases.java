package cases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public abstract class EscapesScopeCases {
    private static final Logger log = LoggerFactory.getLogger(EscapesScopeCases.class);

    interface Session extends AutoCloseable {
        CompletableFuture<String> query(String sql);

        CompletionStage<Void> copyTo(Path target);

        @Override
        void close();
    }

    interface Span extends AutoCloseable {
        @Override
        void close();
    }

    interface Client {
        CompletableFuture<String> fetch(String id);

        CompletableFuture<Void> upload(byte[] body);

        void shutdown();
    }

    private final Client client;

    protected EscapesScopeCases(Client client) {
        this.client = client;
    }

    abstract Session open();

    abstract Span startSpan(String name);

    abstract Client newClient();

    abstract String fallback(String id);

    abstract void count(String name);

    // case+ future-escapes-scope | a future returned out of try-with-resources that uses the resource
    CompletableFuture<String> firstRow(String sql) {
        try (Session session = open()) {
            return session.query(sql); // expect: future-escapes-scope
        }
    }

    // case+ future-escapes-scope | the same with dependents after it, in a branch
    CompletionStage<Integer> rowLength(String sql, boolean trim) {
        try (var session = open()) {
            if (trim) {
                return session.query(sql).thenApply(String::trim).thenApply(String::length); // expect: future-escapes-scope
            }
            return CompletableFuture.completedFuture(sql.length());
        }
    }

    // case+ future-escapes-scope | a finally closes what the future uses
    CompletableFuture<String> fetchOnce(String id) {
        Client own = newClient();
        try {
            return own.fetch(id); // expect: future-escapes-scope
        } finally {
            own.shutdown();
        }
    }

    // case+ future-escapes-scope | a catch that was meant for the future's failure
    CompletableFuture<String> fetchOrFallback(String id) {
        try {
            return client.fetch(id).thenApply(String::trim); // expect: future-escapes-scope
        } catch (CompletionException e) {
            log.warn("fetching {} failed", id, e);
            return CompletableFuture.completedFuture(fallback(id));
        }
    }

    // case+ future-escapes-scope | the future starts in a local, used resource, returned inside the try
    CompletionStage<Void> export(Path target) {
        try (Session session = open()) {
            CompletionStage<Void> copied = session.copyTo(target); // expect-oneof(copied): future-escapes-scope
            log.info("copying to {}", target);
            return copied; // expect-oneof(copied): future-escapes-scope
        }
    }

    // case- future-escapes-scope | joined inside, its value returned in a finished future
    CompletableFuture<String> firstRowNow(String sql) {
        try (Session session = open()) {
            String row = session.query(sql).join();
            return CompletableFuture.completedFuture(row);
        }
    }

    // case- future-escapes-scope | the resource is not used by the future
    CompletableFuture<String> fetchTraced(String id) {
        try (Span span = startSpan("fetch")) {
            return client.fetch(id);
        }
    }

    // case- future-escapes-scope | the resource is read to its end before the future starts
    CompletableFuture<Void> uploadFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] body = in.readAllBytes();
            return client.upload(body);
        }
    }

    // case- future-escapes-scope | the catch is for the blocking part, before the future starts
    CompletableFuture<Void> uploadOrFail(Path file) {
        try {
            byte[] body = Files.readAllBytes(file);
            return client.upload(body);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    // case- future-escapes-scope | the finally touches nothing that the future uses
    CompletableFuture<String> fetchCounted(String id) {
        try {
            return client.fetch(id);
        } finally {
            count("fetch");
        }
    }

    // case- future-escapes-scope | closed when the future ends
    CompletableFuture<String> firstRowLater(String sql) {
        Session session = open();
        return session.query(sql).whenComplete((row, t) -> session.close());
    }

    // case- future-escapes-scope | a lambda declared in the try returns a future of its own to another caller
    String firstRowBy(Client other, String sql) {
        try (Session session = open()) {
            return session.query(sql).thenCompose(row -> {
                return other.fetch(row);
            }).join();
        }
    }
}
