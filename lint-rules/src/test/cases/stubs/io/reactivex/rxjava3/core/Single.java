package io.reactivex.rxjava3.core;

import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.functions.Consumer;
import io.reactivex.rxjava3.functions.Function;

public abstract class Single<T> {
    public abstract <R> Single<R> map(Function<? super T, ? extends R> f);
    public abstract Completable flatMapCompletable(Function<? super T, ? extends Completable> f);
    public abstract Disposable subscribe(Consumer<? super T> onSuccess, Consumer<? super Throwable> onError);
}
