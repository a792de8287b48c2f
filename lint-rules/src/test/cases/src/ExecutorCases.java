package cases;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** default-executor. */
public abstract class ExecutorCases {
    private final Executor executor;

    protected ExecutorCases(Executor executor) {
        this.executor = executor;
    }

    abstract String render(String template);

    abstract void warm();

    abstract CompletionStage<String> fetch(String id);

    // case+ default-executor | supplyAsync without an executor
    CompletableFuture<String> rendered(String template) {
        return CompletableFuture.supplyAsync(() -> render(template)); // expect: default-executor
    }

    // case+ default-executor | runAsync by method reference, without an executor
    CompletableFuture<Void> warmed() {
        return CompletableFuture.runAsync(this::warm); // expect: default-executor
    }

    // case+ default-executor | thenApplyAsync without an executor, on a CompletionStage, in the middle of a chain
    CompletionStage<Integer> renderedLength(String id) {
        return fetch(id)
                .thenApply(String::trim)
                .thenApplyAsync(this::render) // expect: default-executor
                .thenApply(String::length);
    }

    // case+ default-executor | thenCombineAsync without an executor
    CompletionStage<String> joined(String a, String b) {
        return fetch(a).thenCombineAsync(fetch(b), (x, y) -> x + y); // expect: default-executor
    }

    // case- default-executor | an executor named
    CompletableFuture<String> renderedOn(String template) {
        return CompletableFuture.supplyAsync(() -> render(template), executor);
    }

    // case- default-executor | an executor named, as a lambda and by a method call
    CompletionStage<Void> acceptedOn(String id) {
        return fetch(id)
                .thenApplyAsync(this::render, command -> executor.execute(command))
                .thenAcceptAsync(text -> warm(), workers());
    }

    abstract Executor workers();

    abstract static class Tasks {
        abstract <T> CompletableFuture<T> supplyAsync(Supplier<T> body);

        abstract CompletableFuture<Void> runAsync(Runnable body);
    }

    // case- default-executor | home-made supplyAsync and runAsync that know their own executor
    CompletableFuture<Void> onTasks(Tasks tasks, String template) {
        return tasks.supplyAsync(() -> render(template)).thenCombine(tasks.runAsync(this::warm), (text, v) -> null);
    }

    // case- default-executor | stages that are not async
    CompletionStage<Integer> length(String id) {
        return fetch(id).thenApply(this::render).thenApply(String::length);
    }
}
