package io.smallrye.mutiny.subscription;

public interface Cancellable {
    void cancel();
}
