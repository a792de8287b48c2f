package reactor.core.publisher;

import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;

public abstract class Flux<T> implements Publisher<T> {
    public static <T> Flux<T> fromIterable(Iterable<? extends T> it) { throw new UnsupportedOperationException(); }
    public abstract <R> Flux<R> map(Function<? super T, ? extends R> mapper);
    public abstract <R> Flux<R> flatMap(Function<? super T, ? extends Publisher<? extends R>> mapper);
    public abstract Flux<T> doOnNext(Consumer<? super T> c);
    public abstract Mono<Void> then();
    public abstract Disposable subscribe(Consumer<? super T> onNext, Consumer<? super Throwable> onError);
}
