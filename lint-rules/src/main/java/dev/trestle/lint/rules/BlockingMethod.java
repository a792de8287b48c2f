package dev.trestle.lint.rules;

import dev.trestle.lint.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Methods that hold their thread, and what to call instead. The page of {@code blocking-in-async}
 * shows the same table.
 *
 * @param owner the class or interface that declares them; a subtype's override counts as well
 * @param names their names; after one with {@code (timeout)} only the forms that take a time count
 * @param alternative what does not block
 */
record BlockingMethod(String owner, List<String> names, String alternative) {
  private static final String COMPOSE = "chain with thenCompose or thenCombine";
  private static final String DRIVER = "an asynchronous driver, or SyncToAsync";
  private static final String QUEUE = "a queue that hands out futures, or SyncToAsync";
  private static final String TASKS = "CompletableFuture.allOf over supplyAsync";

  /** The table. */
  static final List<BlockingMethod> ALL =
      List.of(
          of("java.util.concurrent.Future", COMPOSE, "get"),
          of("java.util.concurrent.CompletableFuture", COMPOSE, "join"),
          of("com.google.common.util.concurrent.Futures", COMPOSE, "getUnchecked"),
          of(
              "com.google.common.util.concurrent.Uninterruptibles",
              COMPOSE,
              "getUninterruptibly",
              "sleepUninterruptibly",
              "awaitUninterruptibly",
              "takeUninterruptibly",
              "putUninterruptibly",
              "joinUninterruptibly"),
          of(
              "io.netty.util.concurrent.Future",
              "addListener",
              "sync",
              "syncUninterruptibly",
              "await",
              "awaitUninterruptibly"),
          of("reactor.core.publisher.Mono", "flatMap or toFuture", "block", "blockOptional"),
          of("reactor.core.publisher.Flux", "flatMap or collectList", "blockFirst", "blockLast"),
          of(
              "io.smallrye.mutiny.groups.UniAwait",
              "chain or subscribeAsCompletionStage",
              "indefinitely",
              "atMost"),
          of(
              "dev.trestle.bridge.AsyncToSync",
              "return the stage instead of waiting for it",
              "call"),
          of(Waits.TASKS, "return the stage, or start a task", "await", "sleep"),
          of(
              "java.lang.Thread",
              "CompletableFuture.delayedExecutor, or a scheduler",
              "sleep",
              "join"),
          of(
              "java.util.concurrent.TimeUnit",
              "CompletableFuture.delayedExecutor, or a scheduler",
              "sleep",
              "timedJoin",
              "timedWait"),
          of("java.lang.Object", "a CompletableFuture that is completed instead", "wait"),
          of(
              "java.util.concurrent.CountDownLatch",
              "a CompletableFuture, or allOf of several",
              "await"),
          of(
              "java.util.concurrent.CyclicBarrier",
              "a CompletableFuture, or allOf of several",
              "await"),
          of(
              "java.util.concurrent.Phaser",
              "a CompletableFuture, or allOf of several",
              "arriveAndAwaitAdvance",
              "awaitAdvance",
              "awaitAdvanceInterruptibly"),
          of("java.util.concurrent.Exchanger", "a CompletableFuture each way", "exchange"),
          of(
              "java.util.concurrent.locks.Condition",
              "a CompletableFuture that is completed instead",
              "await",
              "awaitNanos",
              "awaitUninterruptibly",
              "awaitUntil"),
          of(
              "java.util.concurrent.Semaphore",
              "a limit that hands out futures, or SyncToAsync",
              "acquire",
              "acquireUninterruptibly",
              "tryAcquire(timeout)"),
          of(
              "java.util.concurrent.BlockingQueue",
              QUEUE,
              "put",
              "take",
              "offer(timeout)",
              "poll(timeout)"),
          of(
              "java.util.concurrent.BlockingDeque",
              QUEUE,
              "putFirst",
              "putLast",
              "takeFirst",
              "takeLast"),
          of("java.util.concurrent.TransferQueue", QUEUE, "transfer"),
          of(
              "java.util.concurrent.ExecutorService",
              TASKS,
              "invokeAll",
              "invokeAny",
              "awaitTermination",
              "close"),
          of("java.util.concurrent.CompletionService", TASKS, "take", "poll(timeout)"),
          of("java.lang.Process", "onExit", "waitFor"),
          of("java.net.http.HttpClient", "sendAsync", "send"),
          of("java.net.URL", "HttpClient.sendAsync", "openStream", "getContent"),
          of(
              "java.net.URLConnection",
              "HttpClient.sendAsync",
              "connect",
              "getInputStream",
              "getContent"),
          of("java.net.HttpURLConnection", "HttpClient.sendAsync", "getResponseCode"),
          of("java.net.ServerSocket", "AsynchronousServerSocketChannel.accept", "accept"),
          of("okhttp3.Call", "enqueue", "execute"),
          of("retrofit2.Call", "enqueue", "execute"),
          of("org.apache.http.client.HttpClient", "HttpAsyncClient.execute", "execute"),
          of(
              "org.springframework.web.client.RestOperations",
              "WebClient",
              "getForObject",
              "getForEntity",
              "postForObject",
              "postForEntity",
              "put",
              "delete",
              "exchange",
              "execute"),
          of("java.sql.DriverManager", DRIVER, "getConnection"),
          of("javax.sql.DataSource", DRIVER, "getConnection"),
          of("java.sql.Connection", DRIVER, "commit", "rollback"),
          of(
              "java.sql.Statement",
              DRIVER,
              "execute",
              "executeQuery",
              "executeUpdate",
              "executeLargeUpdate",
              "executeBatch",
              "executeLargeBatch"),
          of(
              "org.springframework.jdbc.core.JdbcOperations",
              DRIVER,
              "query",
              "queryForObject",
              "queryForList",
              "queryForMap",
              "queryForRowSet",
              "update",
              "batchUpdate",
              "execute"),
          of("jakarta.persistence.EntityManager", DRIVER, "find", "flush"),
          of(
              "jakarta.persistence.Query",
              DRIVER,
              "getResultList",
              "getSingleResult",
              "executeUpdate"),
          of("javax.persistence.EntityManager", DRIVER, "find", "flush"),
          of(
              "javax.persistence.Query",
              DRIVER,
              "getResultList",
              "getSingleResult",
              "executeUpdate"));

  private static final String TIMED = "(timeout)";

  /** The entries that have a name, with or without a time, in the order of the table. */
  private static final Map<String, List<BlockingMethod>> BY_NAME = byName();

  /** They have the methods of a blocking queue, and never block in them. */
  private static final Set<String> UNBOUNDED =
      Set.of(
          "java.util.concurrent.PriorityBlockingQueue",
          "java.util.concurrent.DelayQueue",
          "java.util.concurrent.LinkedTransferQueue");

  private static BlockingMethod of(String owner, String alternative, String... names) {
    return new BlockingMethod(owner, List.of(names), alternative);
  }

  private static Map<String, List<BlockingMethod>> byName() {
    Map<String, List<BlockingMethod>> byName = new HashMap<>();
    for (BlockingMethod entry : ALL) {
      for (String name : entry.names) {
        byName.computeIfAbsent(plain(name), unused -> new ArrayList<>()).add(entry);
      }
    }
    return Map.copyOf(byName);
  }

  /** The entry for a method, or null if it does not block as far as the table knows. */
  static @Nullable BlockingMethod find(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    List<BlockingMethod> entries = BY_NAME.get(name);
    TypeElement owner = entries == null ? null : TypeNames.enclosingType(method);
    if (entries == null || owner == null || isUnboundedPut(name, owner)) {
      return null;
    }
    for (BlockingMethod entry : entries) {
      if ((entry.names.contains(name) || takesTime(method))
          && TypeNames.anySuper(owner, entry.owner::equals)) {
        return entry;
      }
    }
    return null;
  }

  private static boolean isUnboundedPut(String name, TypeElement owner) {
    return (name.equals("put") || name.equals("offer"))
        && UNBOUNDED.contains(owner.getQualifiedName().toString());
  }

  private static String plain(String name) {
    return name.endsWith(TIMED) ? name.substring(0, name.length() - TIMED.length()) : name;
  }

  private static boolean takesTime(ExecutableElement method) {
    return method.getParameters().stream()
        .anyMatch(p -> p.asType().toString().equals("java.util.concurrent.TimeUnit"));
  }

  /** The row of the page's table. */
  String row() {
    String simple = owner.substring(owner.lastIndexOf('.') + 1);
    return "| "
        + names.stream()
            .map(name -> "`" + simple + "." + name + "`")
            .collect(Collectors.joining(", "))
        + " | `"
        + owner
        + "` | "
        + alternative
        + " |";
  }
}
