package cases.second;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** nested-future and null-future. */
abstract class NestedAndNull extends Svc {

    // ------------------------------------------------------------------ nested-future

    CompletableFuture<CompletableFuture<Void>> n1(String id) {
        return fetch(id).thenApply(v -> store.save(v)); // expect: nested-future
    }

    CompletionStage<?> n2(String id) {
        return load(id).thenApply(v -> publish("loaded", v)); // expect: nested-future
    }

    CompletableFuture<Object> n3(String id) {
        return fetch(id).thenApply(v -> store.fetch(v)); // expect: nested-future
    }

    CompletableFuture<?> n4(String id) {
        return fetch(id).handle((v, t) -> t == null ? store.save(v) : flush()); // expect: nested-future
    }

    CompletableFuture<CompletableFuture<String>> n5(String id) {
        return CompletableFuture.supplyAsync(() -> fetch(id), pool); // expect: nested-future
    }

    java.util.concurrent.Future<CompletableFuture<Void>> n6(String id) {
        return pool.submit(() -> store.save(id)); // expect: nested-future
    }

    CompletableFuture<CompletableFuture<Boolean>> n7(String a, String b) {
        return fetch(a).thenCombine(fetch(b), (x, y) -> store.move(x, y)); // expect: nested-future
    }

    CompletionStage<CompletionStage<Void>> n8(String id) {
        return load(id).thenApplyAsync(v -> store.audit(v), pool); // expect: nested-future
    }

    CompletableFuture<?> n9(String id) {
        return fetch(id).thenApply(store::save); // expect: nested-future
    }

    void n10(List<CompletableFuture<?>> sink, String id) {
        sink.add(fetch(id).thenCombine(fetch("b"), store::move)); // expect: nested-future
    }

    CompletableFuture<Void> o1(String id) {
        return fetch(id).thenCompose(v -> store.save(v)); // ok: nested-future
    }

    CompletableFuture<Void> o2(String id) {
        return fetch(id).thenApply(v -> store.save(v)).thenCompose(f -> f); // ok: nested-future
    }

    CompletableFuture<String> o3(String id) {
        return fetch(id).handle((v, t) -> t == null ? CompletableFuture.completedFuture(v) : fetch("fallback")).thenCompose(x -> x); // ok: nested-future
    }

    CompletableFuture<Supplier<CompletableFuture<Void>>> o4(String id) {
        return fetch(id).thenApply(v -> () -> store.save(v)); // ok: nested-future
    }

    CompletableFuture<Callable<CompletableFuture<Void>>> o5(String id) {
        return fetch(id).thenApply(v -> () -> store.save(v)); // ok: nested-future
    }

    CompletableFuture<List<CompletableFuture<Void>>> o6() {
        return list("a").thenApply(ids -> ids.stream().map(store::save).toList()); // ok: nested-future
    }

    CompletableFuture<Void> o7() {
        return list("a").thenApply(ids -> ids.stream().map(store::save).toArray(CompletableFuture[]::new)).thenCompose(CompletableFuture::allOf); // ok: nested-future
    }

    CompletableFuture<String> o8(String id) {
        return CompletableFuture.supplyAsync(() -> compute(id), pool); // ok: nested-future
    }

    java.util.concurrent.Future<String> o9(String id) {
        return pool.submit(() -> compute(id)); // ok: nested-future
    }

    CompletableFuture<String> o10(String a, String b) {
        return fetch(a).thenCombine(fetch(b), (x, y) -> x + y); // ok: nested-future
    }

    CompletableFuture<Integer> o11(String a) {
        return fetch(a).thenApply(String::length); // ok: nested-future
    }

    CompletableFuture<Void> o12(String id) {
        return CompletableFuture.supplyAsync(() -> store.save(id), pool).thenCompose(f -> f); // ok: nested-future
    }

    CompletableFuture<Boolean> o13(String a, String b) {
        return fetch(a).thenCombine(fetch(b), (x, y) -> store.move(x, y)).thenCompose(f -> f); // ok: nested-future
    }

    CompletableFuture<String> o14(String a) {
        return fetch(a).exceptionallyCompose(t -> fetch("fallback " + t.getMessage())); // ok: nested-future
    }

    // ------------------------------------------------------------------ null-future

    private CompletableFuture<Void> cached = null; // ok: null-future
    private final Map<String, Supplier<CompletableFuture<Void>>> table = Map.of("save", this::flush);

    CompletableFuture<Void> u1(String id) {
        if (id.isEmpty()) {
            return null; // expect: null-future
        }
        return store.save(id);
    }

    CompletionStage<String> u2(String id) {
        return id.isEmpty() ? null : load(id); // expect: null-future
    }

    CompletableFuture<Void> u3() {
        return (CompletableFuture<Void>) null; // expect: null-future
    }

    CompletableFuture<Void> u4(int k) {
        return switch (k) {
            case 0 -> flush();
            case 1 -> {
                log("one");
                yield closeAsync();
            }
            default -> null; // expect: null-future
        };
    }

    CompletableFuture<Void> u5(String id) {
        return fetch(id).thenCompose(v -> null); // expect: null-future
    }

    CompletionStage<Void> u6(String id) {
        return load(id).thenCompose(v -> {
            if (v.isEmpty()) {
                return null; // expect: null-future
            }
            return store.save(v);
        });
    }

    Function<String, CompletableFuture<Void>> u7() {
        return s -> null; // expect: null-future
    }

    void u8(Map<String, Supplier<CompletableFuture<Void>>> t) {
        Supplier<CompletableFuture<Void>> none = () -> null; // expect: null-future
        t.put("none", none);
        BiFunction<String, Integer, CompletionStage<Void>> two = (a, n) -> n > 0 ? store.save(a) : null; // expect: null-future
        log("two" + two);
    }

    Mono<String> u9(String id) {
        if (id == null) return null; // expect: null-future
        return Mono.just(id);
    }

    Future<String> u10(String id) {
        try {
            return Future.succeededFuture(compute(id));
        } catch (IllegalStateException e) {
            log("compute", e);
            return null; // expect: null-future
        }
    }

    CompletableFuture<Void> u11(String id) {
        return fetch(id).thenCompose(v -> v.isEmpty() ? null : store.save(v)); // expect: null-future
    }

    interface Hook {
        default CompletionStage<Void> before(String id) {
            return null; // expect: null-future
        }

        default Object after(String id) {
            return null; // ok: null-future
        }
    }

    CompletableFuture<String> k1() {
        return CompletableFuture.completedFuture(null); // ok: null-future
    }

    CompletableFuture<String> k2(String id) {
        return fetch(id).thenApply(v -> null); // ok: null-future
    }

    CompletableFuture<String> k3(String id) {
        return fetch(id).thenApply(v -> {
            if (v.isEmpty()) {
                return null; // ok: null-future
            }
            return v;
        });
    }

    <T> T k4(Supplier<T> s) {
        if (s == null) {
            return null; // ok: null-future
        }
        return s.get();
    }

    <T> Function<String, T> k5() {
        return s -> null; // ok: null-future
    }

    String k6(String id) {
        CompletableFuture<String> f = null; // ok: null-future
        if (id.isEmpty()) {
            return null; // ok: null-future
        }
        f = fetch(id);
        return f.join();
    }

    List<CompletableFuture<Void>> k7(boolean b) {
        return b ? null : new ArrayList<>(); // ok: null-future
    }

    Optional<CompletableFuture<Void>> k8(String id) {
        return id.isEmpty() ? null : Optional.of(store.save(id)); // ok: null-future
    }

    Supplier<CompletableFuture<Void>> k9(String k) {
        return table.isEmpty() ? null : table.get(k); // ok: null-future
    }

    CompletableFuture<Void> k10(String id) {
        return store.save(id).exceptionally(t -> { log("save", t); return null; }); // ok: null-future
    }

    CompletableFuture<String> k11(String id) {
        return CompletableFuture.supplyAsync(() -> {
            if (id.isEmpty()) {
                return null; // ok: null-future
            }
            return compute(id);
        }, pool);
    }

    CompletableFuture<Void> k12(String id) {
        Runnable after = new Runnable() {
            private Object last() {
                return null; // ok: null-future
            }

            @Override
            public void run() {
                log("after " + last());
            }
        };
        cached = null; // ok: null-future
        return store.save(id).thenRun(after);
    }

    CompletableFuture<Void> k13(String id) {
        Function<String, String> f = s -> s.isEmpty() ? null : s; // ok: null-future
        return store.save(f.apply(id));
    }
}
