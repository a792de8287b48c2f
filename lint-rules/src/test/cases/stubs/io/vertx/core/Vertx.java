package io.vertx.core;

public interface Vertx {
    void runOnContext(Handler<Void> action);
    long setTimer(long delay, Handler<Long> handler);
    Future<Void> close();
}
