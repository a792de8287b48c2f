package io.vertx.core;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

public interface Future<T> extends AsyncResult<T> {
    static <T> Future<T> succeededFuture(T value) { throw new UnsupportedOperationException(); }
    static <T> Future<T> failedFuture(Throwable cause) { throw new UnsupportedOperationException(); }
    boolean isComplete();
    Future<T> onComplete(Handler<AsyncResult<T>> handler);
    Future<T> onSuccess(Handler<T> handler);
    Future<T> onFailure(Handler<Throwable> handler);
    Future<T> andThen(Handler<AsyncResult<T>> handler);
    <U> Future<U> compose(Function<T, Future<U>> mapper);
    <U> Future<U> map(Function<T, U> mapper);
    Future<T> recover(Function<Throwable, Future<T>> mapper);
    <U> Future<T> eventually(Supplier<Future<U>> supplier);
    CompletionStage<T> toCompletionStage();
}
