package dev.trestle.bridge;

import java.util.concurrent.Executor;

public interface EventLoop extends Executor {
    boolean isCurrent();
}
