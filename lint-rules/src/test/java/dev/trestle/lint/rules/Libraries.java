package dev.trestle.lint.rules;

/** Stand-ins for the types of libraries that the rules know by name. */
final class Libraries {
  static final String EVENT_LOOP =
      "package dev.trestle.bridge; import java.util.concurrent.*; public interface EventLoop extends"
          + " Executor { void execute(Runnable r);"
          + " default <R> CompletableFuture<R> start(Callable<? extends R> t) { throw new Error(); } }";
  static final String TASKS =
      "package dev.trestle.bridge; import java.util.concurrent.*; public class Tasks {"
          + " public static <T> T await(CompletionStage<? extends T> s) { throw new Error(); }"
          + " public static void sleep(java.time.Duration d) {}"
          + " public static <R> CompletableFuture<R> start(Callable<? extends R> t) { throw new Error(); } }";
  static final String ASYNC_TO_SYNC =
      "package dev.trestle.bridge; import java.util.concurrent.*; public class AsyncToSync {"
          + " public static AsyncToSync create() { throw new Error(); }"
          + " public <R> R call(Callable<? extends CompletionStage<? extends R>> c) { throw new Error(); } }";
  static final String SYNC_TO_ASYNC =
      "package dev.trestle.bridge; import java.util.concurrent.*; public class SyncToAsync {"
          + " public static SyncToAsync concurrent() { throw new Error(); }"
          + " public <R> CompletableFuture<R> call(Callable<? extends R> c) { throw new Error(); } }";
  static final String CONTEXT =
      "package dev.trestle.context; import java.util.function.*; import java.util.concurrent.*;"
          + " public class Context { public static Context capture() { throw new Error(); }"
          + " public void run(Runnable r) {} public Runnable wrap(Runnable r) { return r; }"
          + " public <T, R> Function<T, R> wrapFunction(Function<T, R> f) { return f; }"
          + " public <R> Supplier<R> wrapSupplier(Supplier<R> s) { return s; }"
          + " public Scope enter() { throw new Error(); }"
          + " public static Executor wrapExecutor(Executor e) { return e; }"
          + " public static class Scope implements AutoCloseable { public void close() {} } }";
  static final String NETTY_FUTURE =
      "package io.netty.util.concurrent; public interface Future<V> extends java.util.concurrent.Future<V> {"
          + " Future<V> addListener(java.util.function.Consumer<Future<V>> l);"
          + " Future<V> sync() throws InterruptedException; Future<V> await() throws InterruptedException; }";
  static final String NETTY_LOOP =
      "package io.netty.channel; public interface EventLoop extends java.util.concurrent.ScheduledExecutorService {}";
  static final String VERTX_HANDLER =
      "package io.vertx.core; public interface Handler<E> { void handle(E event); }";
  static final String VERTX_FUTURE =
      "package io.vertx.core; import java.util.function.*; public interface Future<T> {"
          + " Future<T> onSuccess(Handler<T> h); <R> Future<R> map(Function<T, R> f); }";
  static final String VERTX =
      "package io.vertx.core; import java.util.concurrent.*; public interface Vertx {"
          + " void runOnContext(Handler<Void> h); long setTimer(long delay, Handler<Long> h);"
          + " <T> Future<T> executeBlocking(Callable<T> c);"
          + " <T> Future<T> executeBlocking(Handler<T> c, boolean ordered); }";
  static final String MONO =
      "package reactor.core.publisher; import java.util.function.*; public abstract class Mono<T> {"
          + " public static <T> Mono<T> fromCallable(java.util.concurrent.Callable<T> c) { throw new Error(); }"
          + " public abstract <R> Mono<R> map(Function<T, R> f); public abstract T block(); }";
  static final String MDC =
      "package org.slf4j; public class MDC { public static String get(String k) { return k; }"
          + " public static void put(String k, String v) {} public static void remove(String k) {}"
          + " public static void clear() {} public static void setContextMap(java.util.Map<String, String> m) {}"
          + " public static java.util.Map<String, String> getCopyOfContextMap() { return null; } }";

  private Libraries() {}
}
