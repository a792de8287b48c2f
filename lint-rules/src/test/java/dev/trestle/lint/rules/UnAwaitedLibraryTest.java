package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Future types of other libraries, known by name; the sources here stand in for them. */
class UnAwaitedLibraryTest {
  private static final String PUBLISHER =
      "package org.reactivestreams; public interface Publisher<T> {}";
  private static final String MONO =
      "package reactor.core.publisher; import java.util.function.*;"
          + " public abstract class Mono<T> implements org.reactivestreams.Publisher<T> {"
          + " public static <T> Mono<T> fromCallable(java.util.concurrent.Callable<T> c) { throw new Error(); }"
          + " public static <T> Mono<T> error(Throwable t) { throw new Error(); }"
          + " public abstract <R> Mono<R> map(Function<T, R> f);"
          + " public abstract <R> Mono<R> flatMap(Function<T, Mono<R>> f);"
          + " public abstract Mono<T> doOnError(Consumer<Throwable> c);"
          + " public abstract Runnable subscribe(); public abstract T block();"
          + " public abstract java.util.concurrent.CompletableFuture<T> toFuture(); }";
  private static final String UNI =
      "package io.smallrye.mutiny; public interface Uni<T> { Uni<T> onItem(); Subscribe<T> subscribe();"
          + " interface Subscribe<T> { Runnable with(java.util.function.Consumer<T> c); } }";
  private static final String SINGLE =
      "package io.reactivex.rxjava3.core; public abstract class Single<T> {"
          + " public abstract Runnable subscribe(); public abstract Single<T> cache(); }";
  private static final String VERTX =
      "package io.vertx.core; import java.util.function.*; public interface Future<T> {"
          + " Future<T> onComplete(Consumer<AsyncResult<T>> h); Future<T> onSuccess(Consumer<T> h);"
          + " Future<T> onFailure(Consumer<Throwable> h); <R> Future<R> map(Function<T, R> f);"
          + " <R> Future<R> compose(Function<T, Future<R>> f); Future<T> otherwise(T value);"
          + " Future<T> recover(Function<Throwable, Future<T>> f);"
          + " static <T> Future<T> succeededFuture() { throw new Error(); }"
          + " static <T> Future<T> failedFuture(Throwable t) { throw new Error(); }"
          + " java.util.concurrent.CompletionStage<T> toCompletionStage();"
          + " interface AsyncResult<T> { boolean succeeded(); } }";
  private static final String NETTY =
      "package io.netty.util.concurrent; public interface Future<V> extends java.util.concurrent.Future<V> {"
          + " Future<V> addListener(java.util.function.Consumer<Future<V>> l); Future<V> sync(); Future<V> await(); }";

  @Test
  void lazyTypesAreNeverSubscribed() {
    MarkedSource source =
        MarkedSource.members(
                """
                abstract reactor.core.publisher.Mono<String> mono(int n);
                reactor.core.publisher.Mono<String> heldMono;
                abstract io.smallrye.mutiny.Uni<String> uni(int n);
                abstract io.reactivex.rxjava3.core.Single<String> single(int n);
                abstract java.util.concurrent.Flow.Publisher<String> publisher(int n);
                abstract org.reactivestreams.Publisher<String> reactive(int n);
                void snippet() {
                  mono(1); // finding: un-awaited
                  mono(1).map(x -> x); // finding: un-awaited
                  heldMono.map(x -> x); // finding: un-awaited
                  mono(1).doOnError(t -> use(t)); // finding: un-awaited
                  reactor.core.publisher.Mono.fromCallable(() -> 1); // finding: un-awaited
                  reactor.core.publisher.Mono.error(new Exception()); // finding: un-awaited
                  mono(1).toFuture(); // finding: un-awaited
                  uni(1); // finding: un-awaited
                  uni(1).onItem(); // finding: un-awaited
                  single(1); // finding: un-awaited
                  publisher(1); // finding: un-awaited
                  reactive(1); // finding: un-awaited
                  Runnable r = () -> mono(2); // finding: un-awaited
                  items.forEach(x -> mono(3)); // finding: un-awaited
                  var m = mono(4); // finding: un-awaited
                  mono(1).subscribe();
                  mono(1).block();
                  mono(1).flatMap(x -> mono(2)).subscribe();
                  heldMono.subscribe();
                  uni(1).subscribe().with(x -> use(x));
                  single(1).cache().subscribe();
                  use(publisher(1), reactive(1));
                  mono(1).toFuture().join();
                }
                """)
            .with(PUBLISHER)
            .with(MONO)
            .with(UNI)
            .with(SINGLE);
    source.check();
    assertThat(source.messages().get(0)).contains("never subscribed, so nothing happens");
  }

  @Test
  void vertxFuturesAreHandledByTheirObservers() {
    MarkedSource.members(
            """
            abstract io.vertx.core.Future<String> fetch(int n);
            io.vertx.core.Future<String> kept;
            interface Promise { io.vertx.core.Future<String> future(); }
            void snippet(Promise promise) {
              promise.future().onComplete(r -> use(1));
              promise.future().map(x -> x); // finding: un-awaited
              fetch(1); // finding: un-awaited
              fetch(1).onSuccess(x -> use(x)); // finding: un-awaited
              fetch(1).map(x -> x); // finding: un-awaited
              kept.map(x -> x); // finding: un-awaited
              kept.compose(x -> fetch(2)); // finding: un-awaited
              fetch(1).onComplete(r -> use(1)); // finding: un-awaited
              fetch(1).onFailure(t -> use(t)).map(x -> x); // finding: un-awaited
              io.vertx.core.Future.failedFuture(new Exception()); // finding: un-awaited
              fetch(1).onFailure(t -> use(t));
              fetch(1).onFailure(this::use);
              fetch(1).onComplete(r -> use(r.succeeded()));
              fetch(1).onSuccess(x -> use(x)).onFailure(t -> use(t));
              fetch(1).onFailure(t -> use(t)).onSuccess(x -> use(x));
              fetch(1).map(x -> x).onFailure(t -> use(t));
              fetch(1).otherwise("default");
              fetch(1).recover(t -> fetch(2));
              kept.onSuccess(x -> use(x));
              var observed = fetch(3);
              observed.onComplete(r -> use(r.succeeded()));
              var failing = fetch(4);
              failing.onSuccess(x -> use(x)).onFailure(t -> use(t));
              var mapped = fetch(5);
              mapped.map(x -> x); // finding: un-awaited
              var alone = fetch(6); // finding: un-awaited
              kept.onComplete(r -> use(1));
              io.vertx.core.Future.succeededFuture();
              fetch(1).toCompletionStage().toCompletableFuture().join();
              use(fetch(1));
            }
            """)
        .with(VERTX)
        .check();
  }

  @Test
  void nettysOwnFuturesHaveTheirReason() {
    MarkedSource.members(
            """
            interface Channel { io.netty.util.concurrent.Future<Void> write(Object o); }
            io.netty.util.concurrent.Future<Void> last;
            void snippet(Channel channel) {
              channel.write(1); // finding: un-awaited/netty
              channel.write(1).addListener(f -> use(f)); // finding: un-awaited/netty
              var f = channel.write(2); // finding: un-awaited/netty
              var waited = channel.write(2);
              waited.sync();
              var listened = channel.write(2);
              listened.addListener(x -> use(x)).await();
              Runnable r = () -> channel.write(3); // finding: un-awaited/netty
              items.forEach(channel::write); // finding: un-awaited/netty
              last.addListener(x -> use(x));
              last.sync();
              last = channel.write(4);
              use(channel.write(5));
            }
            """)
        .with(NETTY)
        .check();
    MarkedSource.members(
            """
            interface Channel { io.netty.util.concurrent.Future<Void> write(Object o); }
            void snippet(Channel channel) { channel.write(1); save(1); } // finding: un-awaited/statement
            """)
        .with(NETTY)
        .rules("-un-awaited/netty")
        .check();
  }

  @Test
  void whatIsToldElsewhereIsFine() {
    MarkedSource.members(
            """
            interface Stream { CompletableFuture<Void> whenComplete(); }
            boolean failed(Stream stream) { return stream.whenComplete().isCompletedExceptionally(); }
            interface Response {
              default CompletableFuture<?> whenComplete() {
                if (this instanceof Stream) { return ((Stream) this).whenComplete(); }
                throw new IllegalStateException();
              }
              default CompletableFuture<?> complete() { return ((Stream) this).whenComplete(); }
              default CompletableFuture<?> whenSent(String to) { return ((Stream) this).whenComplete(); }
            }
            void released(Response response) {
              response.whenComplete().handle((v, t) -> { use(1); return null; });
              response.whenComplete().thenRun(() -> use(1)); // finding: un-awaited/dependent
              response.complete(); // finding: un-awaited/statement
              response.whenSent("x"); // finding: un-awaited/statement
            }
            interface Encoder {
              io.netty.util.concurrent.Future<Void> encode(Object o, io.netty.channel.ChannelPromise p);
              CompletableFuture<Void> count(io.netty.channel.ChannelPromise p);
            }
            void written(io.netty.channel.Channel channel, io.netty.channel.ChannelPromise told, Encoder encoder) {
              channel.write("x", told);
              encoder.encode("x", told);
              encoder.count(told); // finding: un-awaited/statement
            }
            """)
        .with(
            "package io.netty.channel; public interface Channel {"
                + " java.util.concurrent.Future<Void> write(Object o, ChannelPromise p); }")
        .with(
            "package io.netty.channel; public interface ChannelPromise extends"
                + " io.netty.util.concurrent.Future<Void> {}")
        .with(NETTY)
        .check();
  }

  @Test
  void aFluentSetterOfALazyTypeGivesBackItself() {
    MarkedSource.members(
            """
            interface Bytes extends org.reactivestreams.Publisher<Byte> {
              Bytes range(int from, int to);
              Bytes part(int from);
            }
            static class File implements Bytes {
              public Bytes range(int from, int to) { if (from > to) { throw new IllegalArgumentException(); } return this; }
              public Bytes part(int from) { return this; }
            }
            static abstract class Wrapped<T> implements Bytes {}
            static class Stream extends Wrapped<String> {
              Bytes source;
              public Bytes range(int from, int to) { source.range(from, to); return this; }
              public Bytes part(int from) { return new Stream(); }
            }
            interface Unseen extends org.reactivestreams.Publisher<Byte> { Unseen range(int from, int to); }
            void snippet(Bytes bytes, Unseen unseen) {
              bytes.range(1, 2);
              bytes.part(1); // finding: un-awaited
              unseen.range(1, 2); // finding: un-awaited
            }
            """)
        .with(PUBLISHER)
        .check();
  }

  @Test
  void aStoreThatKeepsNothingDoesNotMakeTheOthersFine() {
    MarkedSource.members(
            """
            interface Store { CompletableFuture<Void> write(String s); CompletableFuture<Void> flush(); }
            static class Nowhere implements Store {
              CompletableFuture<Void> done;
              public CompletableFuture<Void> write(String s) { return CompletableFuture.completedFuture(null); }
              public CompletableFuture<Void> flush() { return done; }
            }
            void snippet(Store store) {
              store.write("a"); // finding: un-awaited
              store.flush(); // finding: un-awaited
            }
            """)
        .check();
  }

  @Test
  void aGetterThatAsksAnotherIsAGetter() {
    MarkedSource.members(
            """
            interface Channel { io.netty.util.concurrent.Future<Void> closeFuture(); }
            interface Wire { CompletableFuture<Void> closeFuture(); CompletableFuture<Void> flush(); Wire open(); }
            static class Driver {
              Channel channel;
              Wire wire;
              io.netty.util.concurrent.Future<Void> closeFuture() { return channel.closeFuture(); }
              CompletableFuture<Void> flush() { return wire.flush(); }
              CompletableFuture<Void> openFuture() { return wire.closeFuture(); }
            }
            static class Other {
              Wire wire;
              CompletableFuture<Void> closeFuture() { return wire.open().closeFuture(); }
            }
            void snippet(Driver driver, Other other) {
              test(driver.closeFuture().isDone());
              test(driver.flush().isDone()); // finding: un-awaited
              driver.flush(); // finding: un-awaited
              driver.openFuture(); // finding: un-awaited
              other.closeFuture(); // finding: un-awaited
            }
            abstract void test(boolean b);
            """)
        .with(NETTY)
        .check();
  }

  @Test
  void whatSubscribesStartsSomethingNew() {
    MarkedSource.members(
            """
            abstract io.smallrye.mutiny.Uni<String> delete(int n);
            io.smallrye.mutiny.Uni<String> kept;
            abstract io.reactivex.rxjava3.core.Single<String> single(int n);
            interface Feed extends org.reactivestreams.Publisher<String> { CompletableFuture<Void> closeFuture(); }
            void snippet(Feed feed, List<io.smallrye.mutiny.Uni<String>> unis, List<io.reactivex.rxjava3.core.Single<String>> singles) {
              delete(1).subscribeAsCompletionStage(); // finding: un-awaited/statement
              kept.subscribeAsCompletionStage(); // finding: un-awaited/statement
              delete(1).subscribe().asCompletionStage(); // finding: un-awaited/statement
              single(1).toCompletionStage(); // finding: un-awaited/statement
              unis.forEach(io.smallrye.mutiny.Uni::subscribeAsCompletionStage); // finding: un-awaited/method-ref
              singles.forEach(io.reactivex.rxjava3.core.Single::toCompletionStage); // finding: un-awaited/method-ref
              delete(1).subscribeAsCompletionStage().join();
              kept.subscribe().asCompletionStage().join();
              use(single(1).toCompletionStage());
              held = kept.subscribeAsCompletionStage();
              feed.closeFuture();
            }
            """)
        .with(
            "package io.smallrye.mutiny; import java.util.concurrent.*; public interface Uni<T> {"
                + " CompletableFuture<T> subscribeAsCompletionStage(); Subscribe<T> subscribe();"
                + " interface Subscribe<T> { CompletableFuture<T> asCompletionStage(); } }")
        .with(
            "package io.reactivex.rxjava3.core; public abstract class Single<T> {"
                + " public abstract java.util.concurrent.CompletionStage<T> toCompletionStage(); }")
        .with(PUBLISHER)
        .check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reactor.core.publisher.Mono",
        "reactor.core.publisher.Flux",
        "io.smallrye.mutiny.Uni",
        "io.smallrye.mutiny.Multi",
        "io.reactivex.Completable",
        "io.reactivex.Flowable",
        "io.reactivex.Maybe",
        "io.reactivex.Observable",
        "io.reactivex.Single",
        "io.reactivex.rxjava3.core.Completable",
        "io.reactivex.rxjava3.core.Flowable",
        "io.reactivex.rxjava3.core.Maybe",
        "io.reactivex.rxjava3.core.Observable",
        "io.reactivex.rxjava3.core.Single",
        "rx.Completable",
        "rx.Observable",
        "rx.Single",
        "org.reactivestreams.Publisher",
        "acme.Flow" // no future: the same code must be silent
      })
  void everyLazyTypeIsKnownByItsName(String name) {
    int dot = name.lastIndexOf('.');
    String type = name.substring(dot + 1);
    String source =
        """
        abstract TYPE<String> make(int n);
        TYPE<String> kept;
        void snippet() {
          make(1); // finding: un-awaited/statement
          make(2).cache(); // finding: un-awaited/statement
          Runnable r = () -> make(3); // finding: un-awaited/void-lambda
          make(4).subscribe();
          kept = make(5);
          use(make(6));
          var later = make(7);
          later.subscribe();
        }
        """;
    String marked = name.startsWith("acme") ? source.replaceAll("// finding.*", "") : source;
    MarkedSource.members(marked.replace("TYPE", name))
        .with(
            "package %s; public abstract class %s<T> { public abstract %s<T> cache(); public abstract Runnable subscribe(); }"
                .formatted(name.substring(0, dot), type, type))
        .check();
  }

  @Test
  void publishersOfTheJdkAreLazy() {
    MarkedSource source =
        MarkedSource.members(
            """
            abstract Flow.Publisher<String> publish(int n);
            Flow.Publisher<String> kept;
            Flow.Subscriber<String> subscriber;
            void snippet() {
              publish(1); // finding: un-awaited/statement
              items.forEach(x -> publish(2)); // finding: un-awaited/void-lambda
              var p = publish(3); // finding: un-awaited/local-unread
              publish(4).subscribe(subscriber);
              kept.subscribe(subscriber);
              kept = publish(5);
            }
            """);
    source.check();
    assertThat(source.messages())
        .allSatisfy(message -> assertThat(message).contains("never subscribed"));
  }
}
