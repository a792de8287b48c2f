package io.vertx.core;

public interface Promise<T> {
    static <T> Promise<T> promise() { throw new UnsupportedOperationException(); }
    void complete(T value);
    void fail(Throwable cause);
    Future<T> future();
}
