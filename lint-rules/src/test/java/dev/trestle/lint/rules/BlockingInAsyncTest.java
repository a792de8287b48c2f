package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Blocking calls where a thread must not be held, and where it may be. */
class BlockingInAsyncTest {
  private static final String RULE = "blocking-in-async";

  @Test
  void aCallbackThatWaitsForAnotherFutureBlocksWhoeverCompletesItsOwn() {
    MarkedSource.method(
            """
            use(held.thenApply(x -> save(x).join())); // finding: blocking-in-async/callback
            use(held.thenCompose(x -> { save(x).join(); return log(x); })); // finding: blocking-in-async
            use(held.thenAccept(x -> use(load().toCompletableFuture().join()))); // finding: blocking-in-async
            use(held.thenRun(() -> { try { save(1).get(); } catch (Exception e) { use(e); } })); // finding: blocking-in-async
            use(held.handle((v, t) -> save(v).join())); // finding: blocking-in-async
            use(held.whenComplete((v, t) -> save(t).join())); // finding: blocking-in-async
            use(held.exceptionally(t -> save(t).join())); // finding: blocking-in-async
            use(held.exceptionallyCompose(t -> { save(t).join(); return held; })); // finding: blocking-in-async
            use(held.thenCombine(load(), (a, b) -> save(a).join())); // finding: blocking-in-async
            use(held.applyToEither(save(1), x -> save(x).join())); // finding: blocking-in-async
            use(heldStage.thenAccept(x -> save(x).join())); // finding: blocking-in-async
            use(held.thenAccept(x -> { if (test()) { save(x).join(); } })); // finding: blocking-in-async
            use(held.thenAccept(x -> items.forEach(i -> save(i).join()))); // finding: blocking-in-async
            use(held.thenApply(x -> items.stream().map(i -> save(i).join()).toList())); // finding: blocking-in-async
            use(held.thenApply(x -> pending.stream().map(CompletableFuture::join).toList())); // finding: blocking-in-async
            use(held.thenApply(x -> Optional.of(x).map(i -> save(i).join()))); // finding: blocking-in-async
            use(held.thenApply(this::save).thenApply(CompletableFuture::join)); // finding: blocking-in-async
            use(held.thenAccept(new Consumer<String>() {
              @Override public void accept(String x) { save(x).join(); } // finding: blocking-in-async
            }));
            """)
        .only(RULE)
        .check();
  }

  @Test
  void whatBlocksIsInTheTable() {
    MarkedSource.method(
            """
            CountDownLatch latch = new CountDownLatch(1);
            BlockingQueue<String> queue = new LinkedBlockingQueue<>();
            Semaphore semaphore = new Semaphore(1);
            Process process = new ProcessBuilder("ls").start();
            var client = java.net.http.HttpClient.newHttpClient();
            java.net.http.HttpRequest request = null;
            java.sql.PreparedStatement statement = null;
            javax.sql.DataSource source = null;
            use(held.thenAccept(x -> { try {
              Thread.sleep(10); // finding: blocking-in-async
              TimeUnit.SECONDS.sleep(1); // finding: blocking-in-async
              latch.await(); // finding: blocking-in-async
              latch.await(1, TimeUnit.SECONDS); // finding: blocking-in-async
              queue.take(); // finding: blocking-in-async
              queue.put(x); // finding: blocking-in-async
              queue.poll(1, TimeUnit.SECONDS); // finding: blocking-in-async
              semaphore.acquire(); // finding: blocking-in-async
              semaphore.tryAcquire(1, TimeUnit.SECONDS); // finding: blocking-in-async
              process.waitFor(); // finding: blocking-in-async
              client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()); // finding: blocking-in-async
              statement.executeQuery(); // finding: blocking-in-async
              source.getConnection() // finding: blocking-in-async
                  .createStatement().execute(x); // finding: blocking-in-async
              executor.invokeAll(List.<Callable<String>>of()); // finding: blocking-in-async
              executor.awaitTermination(1, TimeUnit.SECONDS); // finding: blocking-in-async
              new Thread(() -> {}).join(); // finding: blocking-in-async
              synchronized (this) { wait(); } // finding: blocking-in-async
              latch.countDown();
              queue.offer(x);
              queue.poll();
              queue.add(x);
              semaphore.release();
              semaphore.tryAcquire();
              process.onExit();
              client.sendAsync(request, java.net.http.HttpResponse.BodyHandlers.ofString());
              new PriorityBlockingQueue<String>().put(x);
              queue.poll(0, TimeUnit.SECONDS);
              String.join(",", items);
              held.getNow("");
              held.complete("x");
              map.get(x);
              executor.shutdown();
            } catch (Exception e) { use(e); } }));
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theDefaultExecutorHasFewThreads() {
    MarkedSource.method(
            """
            use(CompletableFuture.supplyAsync(() -> save(1).join())); // finding: blocking-in-async/default-executor
            use(CompletableFuture.runAsync(() -> { save(1).join(); })); // finding: blocking-in-async/default-executor
            use(held.thenApplyAsync(x -> save(x).join())); // finding: blocking-in-async/default-executor
            use(held.thenComposeAsync(x -> { save(x).join(); return held; })); // finding: blocking-in-async
            use(new CompletableFuture<String>().completeAsync(() -> save(1).join())); // finding: blocking-in-async
            use(CompletableFuture.supplyAsync(held::join)); // finding: blocking-in-async/default-executor
            use(CompletableFuture.supplyAsync(() -> save(1).join(), executor));
            use(CompletableFuture.runAsync(() -> save(1).join(), executor));
            use(CompletableFuture.supplyAsync(held::join, executor));
            use(held.thenApplyAsync(x -> save(x).join(), executor));
            use(held.thenComposeAsync(x -> { save(x).join(); return held; }, executor));
            use(held.whenCompleteAsync((v, t) -> save(v).join(), executor));
            executor.execute(() -> save(1).join());
            use(executor.submit(() -> save(1).join()));
            new Thread(() -> save(1).join()).start();
            Runnable later = () -> save(1).join();
            save(1).join();
            Thread.sleep(1);
            """)
        .only(RULE)
        .check();
  }

  @Test
  void whatIsKnownCompleteDoesNotBlock() {
    MarkedSource.method(
            """
            var a = save(1);
            var b = save(2);
            var both = CompletableFuture.allOf(a, b);
            var made = List.of(save(3), save(4));
            use(a.thenRun(() -> use(a.join())));
            use(a.whenComplete((v, t) -> use(a.join())));
            use(a.thenApply(x -> x).thenAccept(x -> use(a.join())));
            use(a.thenCombine(b, (x, y) -> a.join() + b.join()));
            use(a.runAfterBoth(b, () -> use(a.join(), b.join())));
            use(CompletableFuture.allOf(a, b).thenApply(x -> a.join() + b.join()));
            use(both.thenApply(x -> a.join() + b.join()));
            use(CompletableFuture.allOf(pending.toArray(new CompletableFuture[0]))
                .thenApply(x -> pending.stream().map(CompletableFuture::join).toList()));
            use(CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(x -> pending.stream().map(f -> f.join()).toList()));
            use(CompletableFuture.allOf(made.toArray(new CompletableFuture[0])).thenAccept(x -> {
              for (CompletableFuture<String> f : made) { use(f.join()); }
              made.forEach(f -> use(f.join()));
              use(made.get(0).join());
              CompletableFuture<String> first = made.get(0);
              use(first.join());
            }));
            CompletableFuture<?>[] array = pending.toArray(new CompletableFuture<?>[0]);
            use(CompletableFuture.allOf(array).thenAccept(x -> pending.forEach(f -> use(f.join()))));
            var alias = made;
            use(CompletableFuture.allOf(made.toArray(array)).thenAccept(x -> alias.forEach(f -> use(f.join()))));
            List<CompletableFuture<String>> group = new ArrayList<>();
            group.add(a);
            use(CompletableFuture.allOf(group.toArray(array)).thenAccept(x -> use(a.join())));
            use(held.thenAccept(x -> { if (a.isDone()) { use(a.join()); } }));
            use(held.thenApply(x -> a.isDone() ? a.join() : ""));
            use(held.thenApply(x -> a.isDone() && a.join().isEmpty()));
            use(held.thenAccept(x -> { if (!a.isDone()) { return; } use(a.join()); }));
            use(held.thenAccept(x -> { if (!a.isDone() || test()) { return; } use(a.join()); }));
            use(held.thenAccept(x -> pending.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).forEach(this::use)));
            use(held.thenAccept(x -> use(CompletableFuture.completedFuture(1).join())));
            use(both.thenAccept(x -> use(held.join()))); // finding: blocking-in-async
            use(CompletableFuture.allOf(a).thenAccept(x -> use(b.join()))); // finding: blocking-in-async
            use(CompletableFuture.anyOf(a, b).thenAccept(x -> use(b.join()))); // finding: blocking-in-async
            use(a.runAfterEither(b, () -> use(b.join()))); // finding: blocking-in-async
            use(a.thenAccept(x -> { if (!b.isDone()) { use(b.join()); } })); // finding: blocking-in-async
            use(a.thenAccept(x -> pending.forEach(f -> use(f.join())))); // finding: blocking-in-async
            """)
        .only(RULE)
        .check();
  }

  @Test
  void nestedFunctionsThatRunElsewhereMayBlock() {
    MarkedSource.method(
            """
            use(held.thenAccept(x -> executor.execute(() -> save(x).join())));
            use(held.thenApply(x -> executor.submit(() -> save(x).join())));
            use(held.thenApply(x -> new Thread(() -> save(x).join())));
            use(held.thenApply(x -> (Supplier<String>) () -> save(x).join()));
            use(held.thenCompose(x -> CompletableFuture.supplyAsync(() -> save(x).join(), executor)));
            use(held.thenAccept(x -> new Object() { void later() { save(x).join(); } }));
            use(held.thenCompose(x -> CompletableFuture.supplyAsync(() -> save(x).join()))); // finding: blocking-in-async/default-executor
            executor.execute(() -> use(held.thenApply(x -> save(x).join()))); // finding: blocking-in-async/callback
            """)
        .only(RULE)
        .check();
  }

  @Test
  void codeOnALoopMustNotBlock() {
    MarkedSource.members(
            """
            void snippet(dev.trestle.bridge.EventLoop loop, io.netty.channel.EventLoop netty,
                io.vertx.core.Vertx vertx, io.netty.util.concurrent.Future<String> write,
                io.vertx.core.Future<String> query, reactor.core.publisher.Mono<String> mono) throws Exception {
              loop.execute(() -> save(1).join()); // finding: blocking-in-async/loop
              loop.execute(() -> items.forEach(x -> save(x).join())); // finding: blocking-in-async/loop
              use(held.thenAcceptAsync(x -> save(x).join(), loop)); // finding: blocking-in-async/loop
              use(CompletableFuture.supplyAsync(() -> save(1).join(), netty)); // finding: blocking-in-async/loop
              netty.execute(() -> save(1).join()); // finding: blocking-in-async/loop
              netty.submit(() -> { Thread.sleep(1); return 1; }); // finding: blocking-in-async/loop
              vertx.runOnContext(v -> save(1).join()); // finding: blocking-in-async/loop
              vertx.setTimer(1, t -> save(1).join()); // finding: blocking-in-async/loop
              query.onSuccess(x -> save(x).join()); // finding: blocking-in-async/callback
              use(query.map(x -> save(x).join())); // finding: blocking-in-async/callback
              write.addListener(f -> { try { use(save(1).get()); } catch (Exception e) { use(e); } }); // finding: blocking-in-async
              use(held.thenApply(x -> mono.block())); // finding: blocking-in-async
              write.addListener(f -> { try { use(f.get()); } catch (Exception e) { use(e); } });
              write.addListener(f -> { try { use(write.get()); } catch (Exception e) { use(e); } });
              use(vertx.executeBlocking(() -> save(1).join()));
              use(vertx.executeBlocking((String x) -> save(1).join(), true));
              use(reactor.core.publisher.Mono.fromCallable(() -> save(1).join()));
              loop.execute(() -> save(1).thenAccept(x -> use(x)));
              executor.execute(() -> mono.block());
            }
            """)
        .with(Libraries.EVENT_LOOP)
        .with(Libraries.NETTY_LOOP)
        .with(Libraries.NETTY_FUTURE)
        .with(Libraries.VERTX_HANDLER)
        .with(Libraries.VERTX_FUTURE)
        .with(Libraries.VERTX)
        .with(Libraries.MONO)
        .only(RULE)
        .check();
  }

  @Test
  void aTaskOfALoopMayAwaitButNotBlock() {
    MarkedSource.members(
            """
            void snippet(dev.trestle.bridge.EventLoop loop) throws Exception {
              use(loop.start(() -> dev.trestle.bridge.Tasks.await(save(1))));
              use(loop.start(() -> { dev.trestle.bridge.Tasks.sleep(java.time.Duration.ZERO); return 1; }));
              use(dev.trestle.bridge.Tasks.start(() -> dev.trestle.bridge.Tasks.await(save(1))));
              use(loop.start(() -> { items.forEach(x -> use(dev.trestle.bridge.Tasks.await(save(x)))); return 1; }));
              use(loop.start(() -> save(1).join())); // finding: blocking-in-async/loop
              use(loop.start(() -> { Thread.sleep(1); return 1; })); // finding: blocking-in-async/loop
              use(dev.trestle.bridge.Tasks.start(() -> save(1).get())); // finding: blocking-in-async/loop
              loop.execute(() -> use(dev.trestle.bridge.Tasks.await(save(1)))); // finding: blocking-in-async/loop
              loop.execute(() -> dev.trestle.bridge.Tasks.sleep(java.time.Duration.ZERO)); // finding: blocking-in-async/loop
              use(held.thenApply(x -> dev.trestle.bridge.Tasks.await(save(x)))); // finding: blocking-in-async/callback
              use(dev.trestle.bridge.Tasks.await(save(1)));
            }
            """)
        .with(Libraries.EVENT_LOOP)
        .with(Libraries.TASKS)
        .only(RULE)
        .check();
  }

  @Test
  void asyncToSyncBlocksItsCaller() {
    MarkedSource.method(
            """
            var sync = dev.trestle.bridge.AsyncToSync.create();
            use(held.thenApply(x -> sync.call(() -> save(x)))); // finding: blocking-in-async
            use(CompletableFuture.supplyAsync(() -> sync.call(() -> save(1)))); // finding: blocking-in-async
            use(sync.call(() -> save(1)));
            use(CompletableFuture.supplyAsync(() -> sync.call(() -> save(1)), executor));
            use(held.thenCompose(x -> dev.trestle.bridge.SyncToAsync.concurrent().call(() -> sync.call(() -> save(1)))));
            """)
        .with(Libraries.ASYNC_TO_SYNC)
        .with(Libraries.SYNC_TO_ASYNC)
        .only(RULE)
        .check();
  }

  @Test
  void aFutureWithAnExecutorOfItsOwnAndAForkJoinTaskMayBlock() {
    MarkedSource.members(
            """
            static class Own extends CompletableFuture<String> {
              @Override public Executor defaultExecutor() { return Runnable::run; }
            }
            void snippet(Own own, ForkJoinTask<String> task) {
              use(own.thenApplyAsync(x -> save(x).join()));
              use(held.thenApply(x -> task.join()));
              use(own.thenApply(x -> save(x).join())); // finding: blocking-in-async/callback
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theMessageNamesTheCallTheThreadAndTheAlternative() {
    assertThat(
            MarkedSource.method(
                    "use(held.thenAccept(x -> { try { Thread.sleep(1); } catch (Exception e) {} }));")
                .only(RULE)
                .messages())
        .singleElement()
        .asString()
        .contains("Thread.sleep", "thenAccept(..)", "delayedExecutor")
        .doesNotContain("\n");
  }

  @Test
  void thePageShowsTheTable() throws IOException {
    String page = Files.readString(Path.of("docs", RULE + ".md"));
    assertThat(
            page.lines()
                .dropWhile(line -> !line.startsWith("| method |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|")))
        .containsExactlyElementsOf(BlockingMethod.ALL.stream().map(BlockingMethod::row).toList());
  }

  @Test
  void eachOfTheTableBlocksElsewhereToo() {
    MarkedSource.members(
            """
            abstract <T> T quiet(Callable<T> c);
            void snippet(java.net.http.HttpClient client, java.net.http.HttpRequest request, Process process,
                java.sql.Statement sql, CountDownLatch latch, Semaphore semaphore, BlockingQueue<String> queue) {
              var body = java.net.http.HttpResponse.BodyHandlers.ofString();
              use(CompletableFuture.runAsync(() -> { try {
                client.send(request, body); // finding: blocking-in-async/default-executor
                process.waitFor(1, TimeUnit.SECONDS); // finding: blocking-in-async/default-executor
                sql.executeUpdate("x"); // finding: blocking-in-async/default-executor
                semaphore.acquireUninterruptibly(); // finding: blocking-in-async/default-executor
                save(1).get(); // finding: blocking-in-async/default-executor
              } catch (Exception e) { use(e); } }));
              use(CompletableFuture.runAsync(() -> { try {
                client.send(request, body);
                process.waitFor();
                sql.executeUpdate("x");
                semaphore.acquire();
                latch.await();
                queue.take();
                Thread.sleep(1);
                save(1).get();
              } catch (Exception e) { use(e); } }, executor));
              use(held.thenAccept(x -> client.sendAsync(request, body).thenAccept(y -> use(y)).exceptionally(t -> null)));
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theSameCallAgainIsAnotherFuture() {
    MarkedSource.members(
            """
            abstract CompletableFuture<String> getReady();
            void snippet(ExecutorService pool) {
              use(held.thenAccept(x -> { try {
                save(1).get(); // finding: blocking-in-async
                save(1).get(1, TimeUnit.SECONDS); // finding: blocking-in-async
                load().toCompletableFuture().join(); // finding: blocking-in-async
                load().toCompletableFuture().join(); // finding: blocking-in-async
                map.get(x).join(); // finding: blocking-in-async
                map.get(x).join();
                getReady().get(); // finding: blocking-in-async
                getReady().get();
              } catch (Exception e) { use(e); } }));
            }
            """)
        .only(RULE)
        .check();
  }
}
