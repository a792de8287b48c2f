package cases;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: the reasons periodic, netty and constructor; submit; Guava's futures. */
public abstract class ReasonCases {
    private static final Logger log = LoggerFactory.getLogger(ReasonCases.class);

    private final ScheduledExecutorService scheduler;
    private final ExecutorService executor;
    private ScheduledFuture<?> heartbeat;

    protected ReasonCases(ScheduledExecutorService scheduler, ExecutorService executor) {
        this.scheduler = scheduler;
        this.executor = executor;
    }

    abstract void poll();

    abstract void prepare();

    abstract void cleanUp() throws Exception;

    // case+ un-awaited | Reasons: periodic (info): nobody can await it
    void startPolling() {
        scheduler.scheduleAtFixedRate(this::poll, 1, 1, TimeUnit.SECONDS); // expect: un-awaited/periodic
    }

    // case- un-awaited | A periodic task whose future is a field, to be cancelled
    void startHeartbeat() {
        heartbeat = scheduler.scheduleAtFixedRate(this::poll, 1, 1, TimeUnit.SECONDS);
    }

    void stopHeartbeat() {
        heartbeat.cancel(false);
    }

    // case+ un-awaited | A one-shot schedule is not periodic
    void pollSoon() {
        scheduler.schedule(this::poll, 5, TimeUnit.SECONDS); // expect: un-awaited/statement
    }

    // case- un-awaited | A submit whose body catches everything is no finding
    void cleanUpInBackground() {
        executor.submit(() -> {
            try {
                cleanUp();
            } catch (Throwable t) {
                log.error("cleaning up failed", t);
            }
        });
    }

    // case+ un-awaited | A submit whose body catches everything, but only from its second statement on
    void prepareAndCleanUp() {
        executor.submit(() -> { // expect: un-awaited/statement
            prepare();
            try {
                cleanUp();
            } catch (Throwable t) {
                log.error("cleaning up failed", t);
            }
        });
    }

    // case+ un-awaited | A submit whose body catches everything and throws it again
    void cleanUpWrapped() {
        executor.submit(() -> { // expect: un-awaited/statement
            try {
                cleanUp();
            } catch (Throwable t) {
                throw new IllegalStateException("cleaning up failed", t);
            }
        });
    }

    // case+ un-awaited | A submit whose body catches one kind only
    void cleanUpAgain() {
        executor.submit(() -> { // expect: un-awaited/statement
            try {
                prepare();
            } catch (IllegalStateException e) {
                log.warn("not prepared", e);
            }
        });
    }

    // case- un-awaited | execute is not submit: the pool's handler sees what is thrown
    void prepareInBackground() {
        executor.execute(() -> prepare());
    }

    // case+ un-awaited | Reasons: netty (info), its own future types
    void reply(ChannelHandlerContext context, Object message) {
        context.writeAndFlush(message); // expect: un-awaited/netty
    }

    // case+ un-awaited | Reasons: netty (info), in a void lambda
    Runnable closer(Channel channel) {
        return () -> channel.close(); // expect: un-awaited/netty
    }

    // case- un-awaited | Netty methods that give no future, or whose future is returned
    ChannelFuture forward(ChannelHandlerContext context, Object message) {
        context.fireChannelRead(message);
        return context.writeAndFlush(message);
    }

    static class ReloadTask extends FutureTask<String> {
        ReloadTask(Callable<String> body, Executor executor) {
            super(body);
            executor.execute(this);
        }
    }

    // case+ un-awaited | Reasons: constructor, new on a future class outside java.*
    void reload(Callable<String> body) {
        new ReloadTask(body, executor); // expect: un-awaited/constructor
    }

    // case+ un-awaited | Reasons: constructor, an anonymous subclass
    void reloadQuietly(Callable<String> body) {
        new ReloadTask(body, executor) { // expect: un-awaited/constructor
            @Override
            protected void done() {
                log.info("reloaded");
            }
        };
    }

    // case- un-awaited | Constructor whose object is returned, or given to an executor
    FutureTask<String> reloadAndTell(Callable<String> body) {
        executor.execute(new ReloadTask(body, Runnable::run));
        return new ReloadTask(body, executor);
    }

    static final class NamedPromise extends CompletableFuture<String> {
        private final String name;

        // case- un-awaited | super(..) and this(..) of a future class are no dropped futures
        NamedPromise(String name) {
            super();
            this.name = name;
        }

        NamedPromise() {
            this("nameless");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    abstract ListenableFuture<String> lookUp(String key);

    // case+ un-awaited | A subtype of java.util.concurrent.Future (Guava), dropped transform of a held one
    void transform(ListenableFuture<String> found) {
        Futures.transform(found, value -> value.length(), executor); // expect: un-awaited
    }

    // case- un-awaited | Guava: addCallback takes it, addListener returns void
    void callback(String key, Runnable after) {
        ListenableFuture<String> found = lookUp(key);
        found.addListener(after, executor);
        Futures.addCallback(lookUp(key + "2"), new FutureCallback<>() {
            @Override
            public void onSuccess(String value) {
                log.info("{}", value);
            }

            @Override
            public void onFailure(Throwable t) {
                log.warn("{}", key, t);
            }
        }, executor);
    }
}
