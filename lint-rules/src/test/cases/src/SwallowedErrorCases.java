package cases;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** swallowed-error. */
public abstract class SwallowedErrorCases {
    private static final Logger log = LoggerFactory.getLogger(SwallowedErrorCases.class);

    abstract CompletableFuture<String> fetch(String id);

    abstract String recover(Throwable t);

    abstract void stop(String timer);

    // case+ swallowed-error | exceptionally(t -> null)
    CompletableFuture<String> fetchOrNull(String id) {
        return fetch(id)
                .thenApply(String::trim)
                .exceptionally(t -> null); // expect: swallowed-error
    }

    // case+ swallowed-error | exceptionally with another constant, in the middle of a chain
    CompletionStage<Integer> lengthOrZero(String id) {
        return fetch(id)
                .thenApply(Optional::of)
                .exceptionally(failure -> Optional.empty()) // expect: swallowed-error
                .thenApply(text -> text.map(String::length).orElse(0));
    }

    // case+ swallowed-error | handle((v, t) -> v)
    CompletableFuture<String> fetchAnyhow(String id) {
        return fetch(id).handle((value, t) -> value); // expect: swallowed-error
    }

    // case+ swallowed-error | an empty catch of ExecutionException
    String poll(Future<String> f) throws InterruptedException {
        try {
            return f.get();
        } catch (ExecutionException e) { // expect: swallowed-error
        }
        return "";
    }

    // case- swallowed-error | the throwable is used: logged
    CompletableFuture<String> fetchOrNullLogged(String id) {
        return fetch(id).exceptionally(t -> {
            log.warn("fetching {} failed", id, t);
            return null;
        });
    }

    // case- swallowed-error | the throwable is used: by a method reference
    CompletableFuture<String> fetchOrRecover(String id) {
        return fetch(id).exceptionally(this::recover);
    }

    // case- swallowed-error | the throwable is used: in a condition
    CompletableFuture<Boolean> exists(String id) {
        return fetch(id).handle((value, t) -> t == null && !value.isEmpty());
    }

    // case- swallowed-error | whenComplete passes the failure on, though its handler ignores it
    CompletableFuture<String> fetchTimed(String id) {
        return fetch(id).whenComplete((value, t) -> stop(id));
    }

    // case- swallowed-error | a catch of ExecutionException that throws on
    String pollStrict(Future<String> f) throws InterruptedException {
        try {
            return f.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
