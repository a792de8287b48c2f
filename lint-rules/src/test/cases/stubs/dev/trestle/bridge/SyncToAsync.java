package dev.trestle.bridge;

import dev.trestle.threadsensitive.CheckedFunction;
import dev.trestle.threadsensitive.CheckedRunnable;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

public final class SyncToAsync {
    public static SyncToAsync threadSensitive() { throw new UnsupportedOperationException(); }
    public static SyncToAsync concurrent() { throw new UnsupportedOperationException(); }
    public static SyncToAsync on(Executor executor) { throw new UnsupportedOperationException(); }
    public <R> CompletableFuture<R> call(Callable<? extends R> task) { throw new UnsupportedOperationException(); }
    public CompletableFuture<Void> run(CheckedRunnable task) { throw new UnsupportedOperationException(); }
    public <T, R> Function<T, CompletableFuture<R>> wrap(CheckedFunction<? super T, ? extends R> function) { throw new UnsupportedOperationException(); }
}
