package cases;

import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: methods that give back their receiver or argument. */
public abstract class GiveBackCases {
    private static final Logger log = LoggerFactory.getLogger(GiveBackCases.class);

    private final ExecutorService executor;
    private final Executor delivery;
    private final List<FutureTask<String>> queued = new ArrayList<>();

    protected GiveBackCases(ExecutorService executor, Executor delivery) {
        this.executor = executor;
        this.delivery = delivery;
    }

    abstract CompletableFuture<String> fetch(String id);

    abstract String read(String id);

    // case+ un-awaited | Give-backs: orTimeout on a fresh receiver
    void fetchWithin(String id) {
        fetch(id).orTimeout(2, TimeUnit.SECONDS); // expect: un-awaited
    }

    // case- un-awaited | Give-backs: orTimeout on a held receiver
    CompletableFuture<String> fetchLimited(String id) {
        CompletableFuture<String> answer = fetch(id);
        answer.orTimeout(2, TimeUnit.SECONDS);
        return answer;
    }

    // case+ un-awaited | Give-backs: completeOnTimeout on a fresh receiver, last link on its own line
    void fetchOrDefault(String id) {
        fetch(id)
                .thenApply(String::trim)
                .completeOnTimeout("", 2, TimeUnit.SECONDS); // expect: un-awaited
    }

    // case- un-awaited | Give-backs: completeOnTimeout on a held receiver (parameter)
    void defaultAfter(CompletableFuture<String> answer, String fallback) {
        answer.completeOnTimeout(fallback, 2, TimeUnit.SECONDS);
    }

    // case- un-awaited | Give-backs: completeAsync on a held promise
    CompletableFuture<String> readAsync(String id) {
        CompletableFuture<String> promise = new CompletableFuture<>();
        promise.completeAsync(() -> read(id), delivery);
        return promise;
    }

    static final class Sum extends RecursiveTask<Long> {
        private final long[] values;
        private final int from;
        private final int to;

        Sum(long[] values, int from, int to) {
            this.values = values;
            this.from = from;
            this.to = to;
        }

        // case- un-awaited | Give-backs: fork on a held task
        @Override
        protected Long compute() {
            if (to - from < 1_000) {
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += values[i];
                }
                return sum;
            }
            int middle = (from + to) >>> 1;
            Sum left = new Sum(values, from, middle);
            left.fork();
            long right = new Sum(values, middle, to).compute();
            return left.join() + right;
        }
    }

    // case+ un-awaited | Give-backs: fork on a fresh task
    void sumInBackground(long[] values) {
        new Sum(values, 0, values.length).fork(); // expect: un-awaited
    }

    // case- un-awaited | Give-backs: fork on a fresh task whose result is joined through the same chain
    long sumNow(long[] values) {
        return new Sum(values, 0, values.length).fork().join();
    }

    // case- un-awaited | Give-backs: submit(futureTask), the argument is held
    FutureTask<String> enqueue(String id) {
        FutureTask<String> task = new FutureTask<>(() -> read(id));
        executor.submit(task);
        return task;
    }

    // case- un-awaited | Give-backs: submit(futureTask), the argument is held by a field's list
    void enqueueAll() {
        for (FutureTask<String> task : queued) {
            executor.submit(task);
        }
    }

    // case- un-awaited | Give-backs: a pool that hands back the task it was given, held
    long sumIn(ForkJoinPool pool, long[] values) {
        Sum task = new Sum(values, 0, values.length);
        pool.submit(task);
        return task.join();
    }

    // case+ un-awaited | submit of a plain method: the future is fresh, not given back
    void enqueueRead(String id) {
        executor.submit(() -> read(id)); // expect: un-awaited/statement
    }

    // case- un-awaited | Give-backs: Netty addListener on a held future (parameter)
    void logWrite(ChannelFuture write, String id) {
        write.addListener(done -> {
            if (!done.isSuccess()) {
                log.warn("writing {} failed", id, done.cause());
            }
        });
    }

    // case- un-awaited | Give-backs: Netty sync on a held future (local), closed later
    void writeAndWait(io.netty.channel.Channel channel, Object message) throws InterruptedException {
        ChannelFuture write = channel.writeAndFlush(message);
        write.sync();
    }

    static final class Upload extends CompletableFuture<Long> {
        private final List<String> tags = new ArrayList<>();
        private int attempts = 1;

        // case- un-awaited | Lessons: a method that returns this hands back what was held
        Upload attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        Upload tag(String tag) {
            tags.add(attempts + tag);
            return this;
        }
    }

    // case- un-awaited | Lessons: fluent methods that return this, as statements on a held future
    Future<Long> configure(Upload upload, List<String> tags) {
        upload.attempts(3);
        for (String tag : tags) {
            upload.tag(tag);
        }
        return upload;
    }

    static <F extends Future<?>> F tracked(List<Future<?>> live, F future) {
        live.add(future);
        return future;
    }

    // case- un-awaited | Lessons: a method that returns its argument; the argument was passed on and kept
    void fetchTracked(String id, List<Future<?>> live) {
        tracked(live, fetch(id));
    }
}
