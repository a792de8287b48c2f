package reactor.core.publisher;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;

public abstract class Mono<T> implements Publisher<T> {
    public static <T> Mono<T> just(T value) { throw new UnsupportedOperationException(); }
    public static <T> Mono<T> empty() { throw new UnsupportedOperationException(); }
    public static <T> Mono<T> error(Throwable t) { throw new UnsupportedOperationException(); }
    public static <T> Mono<T> defer(Supplier<? extends Mono<? extends T>> supplier) { throw new UnsupportedOperationException(); }
    public abstract <R> Mono<R> map(Function<? super T, ? extends R> mapper);
    public abstract <R> Mono<R> flatMap(Function<? super T, ? extends Mono<? extends R>> mapper);
    public abstract Mono<T> doOnNext(Consumer<? super T> c);
    public abstract Mono<T> doOnSuccess(Consumer<? super T> c);
    public abstract Mono<T> delayUntil(Function<? super T, ? extends Publisher<?>> trigger);
    public abstract <V> Mono<V> then(Mono<V> other);
    public abstract Mono<Void> then();
    public abstract Disposable subscribe();
    public abstract Disposable subscribe(Consumer<? super T> onNext, Consumer<? super Throwable> onError);
    public abstract T block();
}
