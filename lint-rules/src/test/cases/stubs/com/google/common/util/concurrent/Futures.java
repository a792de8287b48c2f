package com.google.common.util.concurrent;

import java.util.concurrent.Executor;
import java.util.function.Function;

public final class Futures {
    public static <V> void addCallback(ListenableFuture<V> f, FutureCallback<? super V> c, Executor e) { throw new UnsupportedOperationException(); }
    public static <I, O> ListenableFuture<O> transform(ListenableFuture<I> f, Function<? super I, ? extends O> fn, Executor e) { throw new UnsupportedOperationException(); }
}
