package io.reactivex.rxjava3.core;

import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.functions.Action;
import io.reactivex.rxjava3.functions.Consumer;

public abstract class Completable {
    public abstract Completable andThen(Completable next);
    public abstract Completable doOnComplete(Action a);
    public abstract Disposable subscribe(Action onComplete, Consumer<? super Throwable> onError);
    public abstract void blockingAwait();
}
