package org.assertj.core.api;

public class ThrowableAssert {
    @FunctionalInterface
    public interface ThrowingCallable {
        void call() throws Throwable;
    }

    public ThrowableAssert isInstanceOf(Class<?> type) { throw new UnsupportedOperationException(); }
}
