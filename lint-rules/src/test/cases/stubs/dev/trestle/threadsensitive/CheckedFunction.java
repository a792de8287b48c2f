package dev.trestle.threadsensitive;

@FunctionalInterface
public interface CheckedFunction<T, R> {
    R apply(T value) throws Exception;
}
