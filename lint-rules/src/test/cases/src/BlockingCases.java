package cases;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

public abstract class BlockingCases {
    private final Executor executor;
    private final AsyncToSync bridge = AsyncToSync.create();

    protected BlockingCases(Executor executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<String> fetch(String id);

    abstract CompletionStage<Integer> price(String item);

    abstract void show(String text);

    abstract String transform(String text);

    // case+ blocking-in-async | join inside a stage callback
    CompletableFuture<Integer> pricedLength(String id) {
        return fetch(id)
                .thenApply(text -> text.length() * price(text).toCompletableFuture().join()); // expect: blocking-in-async
    }

    // case+ blocking-in-async | Thread.sleep inside a stage callback
    CompletableFuture<String> slowly(String id) {
        return fetch(id).thenApply(text -> {
            try {
                Thread.sleep(250); // expect: blocking-in-async
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return text;
        });
    }

    // case+ blocking-in-async | as a method reference
    CompletionStage<String> unwrapped(CompletionStage<CompletableFuture<String>> nested) {
        return nested.thenApply(CompletableFuture::join); // expect: blocking-in-async
    }

    // case- blocking-in-async | thenCompose instead
    CompletionStage<String> flattened(CompletionStage<CompletableFuture<String>> nested) {
        return nested.thenCompose(f -> f);
    }

    // case+ blocking-in-async | JDBC inside a stage callback
    CompletableFuture<Integer> store(Statement statement, String id) {
        return fetch(id).thenApply(text -> {
            try {
                return statement.executeUpdate("insert into t values (1)"); // expect: blocking-in-async
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    // case+ blocking-in-async | inside a default-executor supplier
    CompletableFuture<Integer> lengths(String a, String b) {
        return CompletableFuture.supplyAsync(() -> { // expect: default-executor
            int length = fetch(a).join().length(); // expect: blocking-in-async
            return length + b.length();
        });
    }

    // case+ blocking-in-async | code on a loop
    void showOn(EventLoop loop, CountDownLatch shown) {
        loop.execute(() -> {
            show("waiting");
            try {
                shown.await(); // expect: blocking-in-async
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    // case+ blocking-in-async | AsyncToSync inside a stage callback
    CompletableFuture<String> bridged(String id) {
        return fetch(id).thenApply(text -> bridge.call(() -> fetch(text))); // expect: blocking-in-async
    }

    // case+ blocking-in-async | a queue inside a callback of whenComplete
    CompletableFuture<String> queued(String id, BlockingQueue<String> queue) {
        return fetch(id).whenComplete((text, t) -> {
            try {
                queue.put(t == null ? text : t.toString()); // expect: blocking-in-async
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    // case- blocking-in-async | the same queue without waiting
    CompletableFuture<String> offered(String id, BlockingQueue<String> queue) {
        return fetch(id).whenComplete((text, t) -> {
            if (!queue.offer(t == null ? text : t.toString())) {
                show("queue full");
            }
        });
    }

    // case- blocking-in-async | thenXAsync(f, executor) with an executor named
    CompletableFuture<Integer> pricedElsewhere(String id) {
        return fetch(id).thenApplyAsync(text -> price(text).toCompletableFuture().join(), executor);
    }

    // case- blocking-in-async | supplyAsync with an executor named
    CompletableFuture<String> awaited(CountDownLatch latch, String id) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                latch.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return transform(id);
        }, executor);
    }

    // case- blocking-in-async | join on what is known complete: after allOf of it
    CompletableFuture<String> both(String a, String b) {
        CompletableFuture<String> left = fetch(a);
        CompletableFuture<String> right = fetch(b);
        return CompletableFuture.allOf(left, right).thenApply(v -> left.join() + right.join());
    }

    // case- blocking-in-async | join on what is known complete: after allOf of a list
    CompletableFuture<List<String>> all(List<String> ids) {
        List<CompletableFuture<String>> texts = ids.stream().map(this::fetch).toList();
        return CompletableFuture.allOf(texts.toArray(new CompletableFuture<?>[0]))
                .thenApply(v -> texts.stream().map(CompletableFuture::join).toList());
    }

    // case- blocking-in-async | join on what is known complete: inside its own callback
    CompletableFuture<Void> shown(String id) {
        CompletableFuture<String> text = fetch(id);
        return text.thenRun(() -> show(text.join()));
    }

    // case- blocking-in-async | join on what is known complete: after isDone
    CompletableFuture<String> withHint(String id, CompletableFuture<String> hint) {
        return fetch(id).thenApply(text -> {
            if (hint.isDone()) {
                return text + hint.join();
            }
            return text;
        });
    }

    // case- blocking-in-async | nested lambdas that run elsewhere
    CompletableFuture<Void> shownElsewhere(String id, Semaphore turn) {
        return fetch(id).thenAccept(text -> executor.execute(() -> {
            turn.acquireUninterruptibly();
            try {
                show(text);
            } finally {
                turn.release();
            }
        }));
    }

    // case- blocking-in-async | plain blocking code may block
    String now(String id) {
        return transform(fetch(id).join());
    }
}
