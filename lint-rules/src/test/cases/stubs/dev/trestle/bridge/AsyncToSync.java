package dev.trestle.bridge;

import dev.trestle.threadsensitive.CheckedFunction;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

public final class AsyncToSync {
    public static AsyncToSync create() { throw new UnsupportedOperationException(); }
    public static AsyncToSync on(EventLoop loop) { throw new UnsupportedOperationException(); }
    public <R> R call(Callable<? extends CompletionStage<R>> task) { throw new UnsupportedOperationException(); }
    public <T, R> Function<T, R> wrap(CheckedFunction<? super T, ? extends CompletionStage<R>> function) { throw new UnsupportedOperationException(); }
}
