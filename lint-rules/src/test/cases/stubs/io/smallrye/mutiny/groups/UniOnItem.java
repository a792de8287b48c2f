package io.smallrye.mutiny.groups;

import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;
import java.util.function.Function;

public interface UniOnItem<T> {
    Uni<T> invoke(Consumer<? super T> callback);
    Uni<T> call(Function<? super T, Uni<?>> action);
    <R> Uni<R> transform(Function<? super T, ? extends R> mapper);
    <R> Uni<R> transformToUni(Function<? super T, Uni<? extends R>> mapper);
}
