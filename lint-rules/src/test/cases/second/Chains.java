package cases.second;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The last link decides. */
abstract class Chains extends Svc {

    private CompletableFuture<Void> ready;
    private final BiConsumer<Object, Throwable> report = (v, t) -> log("done", t);

    protected abstract void fail(Throwable t);
    protected abstract String recover(Throwable t);
    protected abstract String merge(String v, Throwable t);
    protected abstract void finish(String v, Throwable t);

    void dependents(String id, CompletionStage<String> held) {
        fetch(id).thenAccept(v -> log(v)); // expect: un-awaited
        fetch(id).thenApply(String::trim); // expect: un-awaited
        held.thenAccept(this::log); // expect: un-awaited
        held.thenRun(this::done); // expect: un-awaited
        held.thenCombine(load(id), (a, b) -> a + b); // expect: un-awaited
        ready.thenRun(() -> log("ready")); // expect: un-awaited
        ready.thenComposeAsync(v -> store.save(id), pool); // expect: un-awaited
        load(id).toCompletableFuture(); // expect: un-awaited
        load(id).toCompletableFuture().thenAccept(this::log); // expect: un-awaited
    }

    void dependentAfterHandled(String id, CompletionStage<String> held) {
        fetch(id).exceptionally(t -> recover(t)).thenAccept(v -> log(v)); // expect: un-awaited
        fetch(id).handle((v, t) -> merge(v, t)).thenCompose(v -> store.save(v)); // expect: un-awaited
        held.whenComplete((v, t) -> finish(v, t)).thenRun(this::done); // expect: un-awaited
        fetch(id)
            .thenApply(String::trim)
            .exceptionally(this::recover)
            .thenCompose(store::save); // expect: un-awaited
    }

    void ignoringThrowable(String id) {
        fetch(id).whenComplete((v, t) -> done()); // expect: un-awaited
        fetch(id).thenApply(String::trim).whenComplete((v, t) -> log(v)); // expect: un-awaited
        load(id).whenComplete((value, error) -> log("loaded " + value)); // expect: un-awaited
    }

    void alwaysThrowing(String id) {
        fetch(id).exceptionally(t -> { throw new CompletionException(t); }); // expect: un-awaited
        store.save(id).exceptionally(e -> { log("failed", e); throw new IllegalStateException("save", e); }); // expect: un-awaited
    }

    void handled(String id) {
        fetch(id).thenAccept(v -> log(v)).exceptionally(t -> { log("fetch", t); return null; }); // ok: un-awaited
        fetch(id).whenComplete((v, t) -> { if (t != null) fail(t); }); // ok: un-awaited
        fetch(id).whenComplete(this::finish); // ok: un-awaited
        fetch(id).whenComplete(report); // ok: un-awaited
        fetch(id).whenCompleteAsync(this::finish, pool); // ok: un-awaited
        fetch(id).handle(this::merge); // ok: un-awaited
        fetch(id).handle((v, t) -> t == null ? v : recover(t)); // ok: un-awaited
        fetch(id).handleAsync((v, t) -> merge(v, t), pool); // ok: un-awaited
        fetch(id).exceptionally(this::recover); // ok: un-awaited
        fetch(id).thenCompose(store::save).thenRun(this::done).exceptionally(t -> { fail(t); return null; }); // ok: un-awaited
        load(id).thenAccept(this::log).whenComplete((v, t) -> { if (t instanceof CompletionException) fail(t.getCause()); }); // ok: un-awaited
        load(id).whenComplete((v, t) -> log("done", t)).toCompletableFuture(); // ok: un-awaited
        store.audit(id).toCompletableFuture().exceptionally(t -> { log("audit", t); return null; }); // ok: un-awaited
    }

    void handledAcrossLines(String id) {
        fetch(id)
            .thenApply(String::trim)
            .thenCompose(store::save)
            .whenComplete((v, t) -> { // ok: un-awaited
                if (t != null) {
                    log("save " + id, t);
                }
            });
        fetch(id)
            .thenApply(v -> v + "!")
            .handle((v, t) -> { // ok: un-awaited
                if (t != null) {
                    fail(t);
                    return "none";
                }
                return v;
            });
    }

    void handledByVariable(String id, BiFunction<String, Throwable, String> h, Function<Throwable, String> e) {
        fetch(id).handle(h); // ok: un-awaited
        fetch(id).exceptionally(e); // ok: un-awaited
    }

    void onTheSide(CompletableFuture<String> held, CompletionStage<Void> stage, Runnable timer) {
        held.whenComplete((v, t) -> timer.run()); // ok: un-awaited
        stage.whenComplete((v, t) -> done()); // ok: un-awaited
        ready.whenComplete((v, t) -> timer.run()); // ok: un-awaited
        this.ready.whenComplete((v, t) -> log("ready")); // ok: un-awaited
    }

    CompletableFuture<String> onTheSideOfALocal(String id, Runnable timer) {
        CompletableFuture<String> f = fetch(id);
        f.whenComplete((v, t) -> timer.run()); // ok: un-awaited
        return f;
    }

    CompletionStage<String> passedOn(CompletionStage<String> s) {
        return s.thenApply(String::trim); // ok: un-awaited
    }

    CompletableFuture<String> converted(CompletionStage<String> s) {
        return s.toCompletableFuture(); // ok: un-awaited
    }

    CompletableFuture<Void> returned(String id) {
        return fetch(id).whenComplete((v, t) -> done()).thenCompose(store::save); // ok: un-awaited
    }

    void reassigned(String id) {
        ready = ready.thenCompose(v -> store.save(id)); // ok: un-awaited
        ready = ready.exceptionally(t -> { log("x", t); return null; }).thenCompose(v -> flush()); // ok: un-awaited
    }

    void giveBacks(String id, CompletableFuture<String> held) {
        fetch(id).orTimeout(1, TimeUnit.SECONDS); // expect: un-awaited/give-back
        fetch(id).completeOnTimeout("late", 1, TimeUnit.SECONDS); // expect: un-awaited/give-back
        load(id).toCompletableFuture().orTimeout(2, TimeUnit.SECONDS); // expect: un-awaited/give-back
        held.orTimeout(1, TimeUnit.SECONDS); // ok: un-awaited
        held.completeOnTimeout("late", 1, TimeUnit.SECONDS); // ok: un-awaited
        held.completeAsync(() -> compute(id), pool); // ok: un-awaited
        ready.orTimeout(5, TimeUnit.SECONDS); // ok: un-awaited
        this.ready.completeOnTimeout(null, 5, TimeUnit.SECONDS); // ok: un-awaited
        fetch(id).orTimeout(1, TimeUnit.SECONDS).join(); // ok: un-awaited
    }

    CompletableFuture<String> giveBackOfALocal(String id) {
        CompletableFuture<String> f = fetch(id);
        f.orTimeout(1, TimeUnit.SECONDS); // ok: un-awaited
        return f;
    }

    CompletableFuture<String> giveBackOfAPromise(String id) {
        CompletableFuture<String> p = new CompletableFuture<>();
        p.completeAsync(() -> compute(id), pool); // ok: un-awaited
        return p;
    }
}
