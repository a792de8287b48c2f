package dev.trestle.threadsensitive;

@FunctionalInterface
public interface CheckedRunnable {
    void run() throws Exception;
}
