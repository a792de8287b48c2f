package io.smallrye.mutiny;

import io.smallrye.mutiny.groups.UniOnItem;
import io.smallrye.mutiny.groups.UniSubscribe;
import java.util.concurrent.CompletableFuture;

public interface Uni<T> {
    UniOnItem<T> onItem();
    UniSubscribe<T> subscribe();
    CompletableFuture<T> subscribeAsCompletionStage();
}
