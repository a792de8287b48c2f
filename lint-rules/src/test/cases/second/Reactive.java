package cases.second;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The types recognised by name. */
abstract class Reactive {

    record Row(String id, int n) {}

    interface MonoRepo {
        Mono<Row> find(String id);
        Mono<Void> delete(String id);
        Flux<Row> all();
        Publisher<Row> changes();
    }

    interface VertxDb {
        Future<Row> query(String q);
        Future<Void> execute(String q);
    }

    interface UniRepo {
        Uni<Row> find(String id);
        Uni<Void> delete(String id);
    }

    interface RxRepo {
        Single<Row> find(String id);
        Completable delete(String id);
    }

    protected MonoRepo monos;
    protected VertxDb db;
    protected UniRepo unis;
    protected RxRepo rx;
    protected Vertx vertx;
    private Mono<Void> shutdown;

    protected abstract void log(Object o);

    // ------------------------------------------------------------------ Reactor

    void monoDropped(String id) {
        monos.delete(id); // expect: un-awaited
        monos.find(id).flatMap(r -> monos.delete(r.id())); // expect: un-awaited
        monos.find(id).doOnNext(r -> log(r)); // expect: un-awaited
        monos.all().then(); // expect: un-awaited
        Mono<Void> m = monos.delete(id); // expect: un-awaited
        monos.changes(); // expect: un-awaited
    }

    void fluxDropped(List<String> ids) {
        Flux.fromIterable(ids)
            .flatMap(monos::delete)
            .then(); // expect: un-awaited
        ids.forEach(monos::delete); // expect: un-awaited
        ids.forEach(id -> monos.delete(id)); // expect: un-awaited
    }

    Mono<Row> insideOperator(String id) {
        return monos.find(id).doOnNext(r -> monos.delete(r.id())); // expect: un-awaited
    }

    Mono<Row> insideSuccess(String id) {
        return monos.find(id).doOnSuccess(r -> {
            log(r);
            monos.delete(r.id()); // expect: un-awaited
        });
    }

    void subscribedButInnerDropped(String id) {
        monos.find(id).subscribe(r -> monos.delete(r.id()), e -> log(e)); // expect: un-awaited
    }

    void monoSeen(String id, Subscriber<Row> s) {
        monos.delete(id).subscribe(); // ok: un-awaited
        monos.find(id).subscribe(r -> log(r), e -> log(e)); // ok: un-awaited
        monos.all().subscribe(r -> log(r), e -> log(e)); // ok: un-awaited
        monos.changes().subscribe(s); // ok: un-awaited
        monos.delete(id).block(); // ok: un-awaited
        shutdown = monos.delete(id); // ok: un-awaited
        log(monos.find(id).map(Row::n).block()); // ok: un-awaited
    }

    Mono<Void> monoReturned(String id) {
        return monos.find(id).flatMap(r -> monos.delete(r.id())); // ok: un-awaited
    }

    Mono<Row> monoDelayed(String id) {
        return monos.find(id).delayUntil(r -> monos.delete(r.id())); // ok: un-awaited
    }

    Mono<Void> monoThen(String id) {
        Mono<Void> cleanup = monos.delete(id); // ok: un-awaited
        return monos.find(id).then(cleanup); // ok: un-awaited
    }

    Mono<Void> monoDeferred(String id) {
        return Mono.defer(() -> monos.delete(id)); // ok: un-awaited
    }

    Mono<Void> monoReassigned(List<String> ids) {
        Mono<Void> m = Mono.empty();
        for (String id : ids) {
            m = m.then(monos.delete(id)); // ok: un-awaited
        }
        return m;
    }

    Mono<Void> monoOptional(Optional<String> id) {
        return id.map(monos::delete).orElseGet(Mono::empty); // ok: un-awaited
    }

    // ------------------------------------------------------------------ Vert.x

    void vertxDropped(String q) {
        db.execute(q); // expect: un-awaited
        db.query(q).compose(r -> db.execute("delete " + r.id())); // expect: un-awaited
        db.query(q).map(Row::n); // expect: un-awaited
        vertx.close(); // expect: un-awaited
        vertx.setTimer(10, t -> db.execute(q)); // expect: un-awaited
        vertx.runOnContext(v -> vertx.close()); // expect: un-awaited
        Future<Row> f = db.query(q); // expect: un-awaited
    }

    Future<Void> vertxForgottenReturn(String q) {
        if (q == null) {
            Future.failedFuture(new IllegalArgumentException("no query")); // expect: un-awaited
        }
        return db.execute(q);
    }

    Future<Row> vertxInner(String q) {
        return db.query(q).onSuccess(r -> db.execute("touch " + r.id())); // expect: un-awaited
    }

    void vertxSeen(String q, Promise<Row> p) {
        vertx.setTimer(10, t -> log(t)); // ok: un-awaited
        vertx.runOnContext(v -> p.complete(new Row(q, 1))); // ok: un-awaited
        db.query(q).toCompletionStage().toCompletableFuture().join(); // ok: un-awaited
        p.complete(new Row(q, 2)); // ok: un-awaited
    }

    Future<Void> vertxReturned(String q) {
        return db.query(q).compose(r -> db.execute(r.id())); // ok: un-awaited
    }

    Future<Row> vertxPromise() {
        Promise<Row> p = Promise.promise(); // ok: un-awaited
        vertx.setTimer(5, t -> p.complete(new Row("x", 1))); // ok: un-awaited
        return p.future(); // ok: un-awaited
    }

    Future<Row> vertxEventually(String q) {
        return db.query(q).eventually(() -> db.execute("release")); // ok: un-awaited
    }

    Future<Integer> vertxLocal(String q) {
        Future<Row> f = db.query(q); // ok: un-awaited
        return f.map(Row::n); // ok: un-awaited
    }

    // ------------------------------------------------------------------ Mutiny

    void uniDropped(String id) {
        unis.delete(id); // expect: un-awaited
        unis.find(id).onItem().call(r -> unis.delete(r.id())); // expect: un-awaited
        unis.delete(id).subscribeAsCompletionStage(); // expect: un-awaited
    }

    Uni<Row> uniInner(String id) {
        return unis.find(id).onItem().invoke(r -> unis.delete(r.id())); // expect: un-awaited
    }

    void uniSeen(String id) {
        unis.delete(id).subscribe().with(v -> log("deleted"), e -> log(e)); // ok: un-awaited
        unis.delete(id).subscribeAsCompletionStage().join(); // ok: un-awaited
    }

    Uni<Row> uniReturned(String id) {
        return unis.find(id).onItem().call(r -> unis.delete(r.id())); // ok: un-awaited
    }

    Uni<Void> uniFlat(String id) {
        return unis.find(id).onItem().transformToUni(r -> unis.delete(r.id())); // ok: un-awaited
    }

    // ------------------------------------------------------------------ RxJava

    void rxDropped(String id) {
        rx.delete(id); // expect: un-awaited
        rx.find(id).flatMapCompletable(r -> rx.delete(r.id())); // expect: un-awaited
        rx.delete(id).andThen(rx.delete("x")); // expect: un-awaited
    }

    Completable rxInner(String id) {
        return rx.delete(id).doOnComplete(() -> rx.delete("children of " + id)); // expect: un-awaited
    }

    void rxSeen(String id) {
        rx.delete(id).subscribe(() -> log("deleted"), e -> log(e)); // ok: un-awaited
        rx.find(id).subscribe(r -> log(r), e -> log(e)); // ok: un-awaited
        rx.delete(id).blockingAwait(); // ok: un-awaited
    }

    Completable rxReturned(String id) {
        return rx.find(id).flatMapCompletable(r -> rx.delete(r.id())); // ok: un-awaited
    }
}
