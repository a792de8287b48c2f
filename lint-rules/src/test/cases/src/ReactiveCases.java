package cases;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** un-awaited: futures known by name, and the lazy ones that are never subscribed. */
public abstract class ReactiveCases {
    private static final Logger log = LoggerFactory.getLogger(ReactiveCases.class);

    record User(String id, String mail) {
        User withMail(String mail) {
            return new User(id, mail);
        }
    }

    interface MonoRepository {
        Mono<User> save(User user);

        Mono<User> findById(String id);

        Mono<Void> deleteById(String id);

        Flux<User> findAll();
    }

    interface Bus {
        Future<Void> send(String address, Object body);

        Future<String> request(String address, Object body);
    }

    interface Pool {
        Future<Connection> connect();
    }

    interface Connection {
        Future<Integer> execute(String sql);

        Future<Void> close();
    }

    abstract Uni<Void> index(User user);

    abstract Uni<User> persist(User user);

    abstract Completable purge(String id);

    abstract Single<Integer> size(String id);

    abstract Flow.Publisher<String> replay(String topic);

    abstract Publisher<User> export(User user);

    abstract Multi<User> users();

    // case+ un-awaited | Reactor Mono: a statement, never subscribed, so nothing happens
    void rename(MonoRepository repository, User user, String mail) {
        repository.save(user.withMail(mail)); // expect: un-awaited
    }

    // case- un-awaited | Reactor: subscribe with an error handler
    void renameAndSubscribe(MonoRepository repository, User user, String mail) {
        repository.save(user.withMail(mail)).subscribe(u -> log.info("saved {}", u), t -> log.warn("not saved", t));
    }

    // case+ un-awaited | Reactor: void callback doOnNext(x -> saveAsync(x)) in a pipeline that is returned
    Mono<User> findAndTouch(MonoRepository repository, String id) {
        return repository
                .findById(id)
                .doOnNext(user -> repository.save(user)); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | Reactor: delayUntil takes a function of a publisher
    Mono<User> findAndTouchInOrder(MonoRepository repository, String id) {
        return repository
                .findById(id)
                .delayUntil(user -> repository.save(user))
                .flatMap(repository::save);
    }

    // case+ un-awaited | Reactor: a local never read; another Mono is returned
    Mono<Void> replace(MonoRepository repository, User user) {
        Mono<Void> deleted = repository.deleteById(user.id()); // expect: un-awaited/local-unread
        return repository.save(user).then();
    }

    // case- un-awaited | Reactor: the local is part of what is returned
    Mono<User> replaceInOrder(MonoRepository repository, User user) {
        Mono<Void> deleted = repository.deleteById(user.id());
        return deleted.then(repository.save(user));
    }

    // case+ un-awaited | Reactor Flux: a void method reference in forEach
    void deleteAll(MonoRepository repository, List<String> ids) {
        ids.forEach(repository::deleteById); // expect: un-awaited/method-ref
    }

    // case- un-awaited | Reactor Flux: flatMap by method reference, returned
    Mono<Void> deleteAllInOrder(MonoRepository repository, List<String> ids) {
        return Flux.fromIterable(ids).flatMap(repository::deleteById).then();
    }

    // case+ un-awaited | Reactor: a Mono built up by a statement; operators return a new one, held receiver
    Mono<User> withLog(Mono<User> user) {
        user.doOnNext(u -> log.info("{}", u)); // expect: un-awaited
        return user;
    }

    // case+ un-awaited | Mutiny: invoke takes a Consumer
    Uni<User> persistAndIndex(User user) {
        return persist(user).onItem().invoke(saved -> index(saved)); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | Mutiny: call takes a Function of a Uni
    Uni<User> persistThenIndex(User user) {
        return persist(user).onItem().call(saved -> index(saved));
    }

    // case+ un-awaited | Mutiny Uni: a statement
    void persistSoon(User user) {
        persist(user); // expect: un-awaited
        log.info("persisting {}", user.id());
    }

    // case- un-awaited | Mutiny: subscribe().with(..); Multi collected and returned
    Uni<List<User>> persistNow(User user) {
        persist(user).subscribe().with(saved -> log.info("{}", saved), t -> log.warn("not persisted", t));
        return users().collectAsList();
    }

    // case+ un-awaited | RxJava Completable: a statement in a branch
    void purgeOld(String id, boolean old) {
        if (old) {
            purge(id); // expect: un-awaited
        }
    }

    // case+ un-awaited | RxJava: doOnComplete takes an Action (void)
    Completable purgeTwice(String id) {
        return purge(id).doOnComplete(() -> purge(id + "-copy")); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | RxJava: andThen, subscribe, blockingAwait
    Completable purgeBoth(String id) {
        size(id).subscribe(n -> log.info("{} rows", n), t -> log.warn("no size", t));
        purge("tmp").blockingAwait();
        return purge(id).andThen(purge(id + "-copy"));
    }

    // case+ un-awaited | Vert.x Future: a statement
    void announce(Bus bus, User user) {
        bus.send("users", user.id()); // expect: un-awaited
        log.info("announced {}", user.id());
    }

    // case- un-awaited | Vert.x Future: returned through compose and map
    Future<String> announceAndAsk(Bus bus, User user) {
        return bus.send("users", user.id()).compose(v -> bus.request("ask", user.id())).map(String::trim);
    }

    // case+ un-awaited | Vert.x: andThen takes a Handler (void), the close is not awaited
    Future<Integer> update(Pool pool, String sql) {
        return pool.connect()
                .compose(connection -> connection
                        .execute(sql)
                        .andThen(done -> connection.close())); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | Vert.x: eventually takes a supplier of a future
    Future<Integer> updateAndClose(Pool pool, String sql) {
        return pool.connect()
                .compose(connection -> connection
                        .execute(sql)
                        .eventually(() -> connection.close()));
    }

    // case+ un-awaited | Vert.x: a compose chain that is dropped, the finding stands on the last link
    void migrate(Pool pool) {
        pool.connect()
                .compose(connection -> connection.execute("alter table t"))
                .map(n -> n > 0); // expect: un-awaited
    }

    // case- un-awaited | Vert.x: turned into a CompletionStage and joined
    int migrateNow(Pool pool, String sql) {
        return pool.connect()
                .compose(connection -> connection.execute(sql))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    // case+ un-awaited | Vert.x: a timer's handler returns void
    void closeLater(Vertx vertx, Connection connection) {
        vertx.setTimer(1_000, tick -> connection.close()); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | Vert.x Promise: complete returns void, future() is returned
    Future<String> later(Vertx vertx, String value) {
        Promise<String> promise = Promise.promise();
        vertx.setTimer(1_000, tick -> promise.complete(value));
        return promise.future();
    }

    // case+ un-awaited | Flow.Publisher: a statement
    void replayTopic(String topic) {
        replay(topic); // expect: un-awaited
    }

    // case+ un-awaited | Reactive Streams Publisher: a local never read
    void exportUser(User user) {
        var exported = export(user); // expect: un-awaited/local-unread
        log.info("exporting {}", user.id());
    }

    // case- un-awaited | Reactive Streams Publisher: subscribe
    void exportTo(User user, Subscriber<User> target) {
        export(user).subscribe(target);
    }

    // case- un-awaited | Uni as a CompletionStage, its last link handles
    void persistAsStage(User user) {
        CompletableFuture<User> stage = persist(user).subscribeAsCompletionStage();
        stage.whenComplete((saved, t) -> {
            if (t != null) {
                log.warn("not persisted", t);
            }
        });
    }
}
