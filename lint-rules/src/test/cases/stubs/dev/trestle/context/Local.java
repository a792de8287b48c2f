package dev.trestle.context;

public final class Local<T> {
    public static <T> Local<T> named(String name) { throw new UnsupportedOperationException(); }
    public T get() { throw new UnsupportedOperationException(); }
    public void set(T value) { throw new UnsupportedOperationException(); }
}
