package io.smallrye.mutiny.groups;

import io.smallrye.mutiny.subscription.Cancellable;
import java.util.function.Consumer;

public interface UniSubscribe<T> {
    Cancellable with(Consumer<? super T> onItem, Consumer<? super Throwable> onFailure);
}
