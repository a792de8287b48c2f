package cases;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** future-as-value. */
public abstract class FutureAsValueCases {
    private static final Logger log = LoggerFactory.getLogger(FutureAsValueCases.class);

    private CompletableFuture<String> latest;

    abstract CompletableFuture<String> fetch(String id);

    // case+ future-as-value | f.equals(s) with a non-future
    boolean isReady(CompletionStage<String> state) {
        return state.equals("READY"); // expect: future-as-value
    }

    // case+ future-as-value | "v: " + f
    CompletableFuture<String> traced(String id) {
        CompletableFuture<String> name = fetch(id);
        log.debug("loaded " + name); // expect: future-as-value
        return name;
    }

    // case+ future-as-value | Objects.equals(f, s) with a non-future, the future second, in a stream
    long countOf(List<CompletableFuture<String>> names, String wanted) {
        return names.stream().filter(name -> Objects.equals(wanted, name)).count(); // expect: future-as-value
    }

    // case+ future-as-value | compound concatenation with a field
    String describe(String prefix) {
        String text = prefix;
        text += latest; // expect: future-as-value
        return text;
    }

    // case- future-as-value | identity of two futures
    boolean same(CompletableFuture<String> a, CompletionStage<String> b) {
        return a.equals(b) || Objects.equals(latest, a) || latest == a;
    }

    // case- future-as-value | compared and concatenated with what the future gives
    boolean isReadyNow(CompletableFuture<String> state) {
        log.debug("state " + state.join() + ", done " + state.isDone());
        return state.join().equals("READY") && Objects.equals(state.join(), "READY");
    }

    // case- future-as-value | sets of futures compare by identity
    boolean forget(Set<CompletableFuture<String>> live, CompletableFuture<String> f) {
        return live.contains(f) && live.remove(f);
    }

    // case- future-as-value | compared inside a callback: the value, not the future
    CompletableFuture<Boolean> isReadyLater(CompletableFuture<String> state, String ready) {
        return state.thenApply(value -> value.equals(ready) || Objects.equals(value, "r:" + ready));
    }
}
