package dev.trestle.context;

import java.util.concurrent.Callable;

public final class Context {
    public static Context capture() { throw new UnsupportedOperationException(); }
    public Runnable wrap(Runnable r) { throw new UnsupportedOperationException(); }
    public <R> Callable<R> wrap(Callable<R> c) { throw new UnsupportedOperationException(); }
}
