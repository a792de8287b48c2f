package io.vertx.core;

public interface AsyncResult<T> {
    T result();
    Throwable cause();
    boolean succeeded();
    boolean failed();
}
