package cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: expression statements, wherever the language allows one. */
public abstract class StatementCases {
    private static final Logger log = LoggerFactory.getLogger(StatementCases.class);

    enum Kind { CREATED, CHANGED, DELETED }

    record Order(String id, int cents, Kind kind) {}

    interface Audit {
        CompletableFuture<Void> logMessage(String message);

        CompletionStage<String> publish(String topic, byte[] body);

        Future<Integer> purge(String tenant);

        void flush();
    }

    private final Audit audit;
    private Future<Integer> purging;

    protected StatementCases(Audit audit) {
        this.audit = audit;
    }

    abstract int calculate(Order order);

    abstract void detach(String tenant);

    // case+ un-awaited | The bug: result = calculate(); logMessage(m), nothing waits
    int settle(Order order) {
        int total = calculate(order);
        audit.logMessage("settled " + order.id() + " for " + total); // expect: un-awaited/statement
        return total;
    }

    // case- un-awaited | Fine: join
    int settleAndWait(Order order) {
        int total = calculate(order);
        audit.logMessage("settled " + order.id() + " for " + total).join();
        return total;
    }

    // case+ un-awaited | Dropped: an expression statement anywhere (finally block; typed Future)
    void closeTenant(String tenant) {
        try {
            detach(tenant);
        } finally {
            audit.purge(tenant); // expect: un-awaited/statement
        }
    }

    // case- un-awaited | Fine: stored in a field (finally block)
    void closeTenantLater(String tenant) {
        try {
            detach(tenant);
        } finally {
            purging = audit.purge(tenant);
        }
    }

    // case+ un-awaited | Dropped: an expression statement anywhere (catch block; typed CompletionStage, which Error Prone misses)
    byte[] read(Path path) throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            audit.publish("errors", e.getMessage().getBytes()); // expect: un-awaited/statement
            throw e;
        }
    }

    // case+ un-awaited | Dropped: an expression statement anywhere (if without braces)
    void route(Order order, List<Order> backlog) {
        if (order.cents() > 10_000)
            audit.publish("urgent", order.id().getBytes()); // expect: un-awaited/statement
        else
            backlog.add(order);
    }

    // case+ un-awaited | Dropped: an expression statement anywhere (arms of a switch statement, arrow form)
    void dispatch(Order order, byte[] body) {
        switch (order.kind()) {
            case CREATED -> audit.publish("created", body); // expect: un-awaited/statement
            case DELETED -> audit.flush();
            default -> {
                audit.logMessage("nothing to do"); // expect: un-awaited/statement
            }
        }
    }

    // case+ un-awaited | Dropped: an expression statement anywhere (old switch group)
    void dispatchOld(int code, byte[] body) {
        switch (code) {
            case 1:
                audit.flush();
                break;
            case 2:
                audit.publish("two", body); // expect: un-awaited/statement
                break;
            default:
                log.warn("unknown code {}", code);
        }
    }

    // case- un-awaited | Fine: returned, through a switch expression with arrows and yield
    CompletionStage<?> dispatchAndTell(Order order, byte[] body) {
        return switch (order.kind()) {
            case CREATED -> audit.publish("created", body);
            case CHANGED -> {
                audit.flush();
                yield audit.publish("changed", body);
            }
            default -> CompletableFuture.completedFuture(null);
        };
    }

    // case+ un-awaited | Dropped: for-initialiser and for-update
    void drain(Iterator<Order> orders) {
        for (audit.logMessage("drain starts"); // expect: un-awaited/statement
                orders.hasNext();
                audit.publish("drained", new byte[0])) { // expect: un-awaited/statement
            calculate(orders.next());
        }
    }

    abstract CompletableFuture<String> firstPage();

    abstract CompletableFuture<String> nextPage(CompletableFuture<String> previous);

    // case- un-awaited | For-initialiser and for-update that store what they start and read it
    List<CompletableFuture<String>> pages(int limit) {
        List<CompletableFuture<String>> pages = new ArrayList<>();
        for (CompletableFuture<String> page = firstPage(); pages.size() < limit; page = nextPage(page)) {
            pages.add(page);
            if (pages.size() == limit) {
                break;
            }
        }
        return pages;
    }

    interface AuditLog {
        CompletionStage<Void> append(String line);

        // case+ un-awaited | Dropped: an expression statement anywhere (default method of an interface)
        default void appendAll(Iterable<String> lines) {
            for (String line : lines) {
                append(line); // expect: un-awaited/statement
            }
        }
    }

    static final class Warmup {
        static CompletableFuture<Void> preload(String region) {
            return CompletableFuture.runAsync(() -> log.info("warm {}", region), Runnable::run);
        }

        // case+ un-awaited | Dropped: an expression statement anywhere (static initialiser)
        static {
            preload("eu"); // expect: un-awaited/statement
        }
    }

    // case+ un-awaited | Dropped: an expression statement anywhere (compact constructor of a record)
    record Session(String user, AuditLog trail) {
        Session {
            trail.append("login " + user); // expect: un-awaited/statement
        }
    }

    abstract static class Connection {
        abstract CompletableFuture<Void> release();

        CompletableFuture<Void> closeAsync() {
            return release();
        }
    }

    abstract static class PooledConnection extends Connection {
        abstract CompletableFuture<Void> returnToPool();

        // case+ un-awaited | Dropped: an expression statement anywhere (super call of an overridden async method)
        @Override
        CompletableFuture<Void> closeAsync() {
            super.closeAsync(); // expect: un-awaited/statement
            return returnToPool();
        }
    }

    abstract static class TrackedConnection extends Connection {
        abstract CompletableFuture<Void> untrack();

        // case- un-awaited | Fine: the super call's future is part of what is returned
        @Override
        CompletableFuture<Void> closeAsync() {
            return super.closeAsync().thenCompose(v -> untrack());
        }
    }

    // case+ un-awaited | Dropped: a statement in the block body of a value-returning stage callback
    CompletableFuture<Integer> total(CompletableFuture<Order> order) {
        return order.thenApply(o -> {
            audit.logMessage("priced " + o.id()); // expect: un-awaited/statement
            return o.cents();
        });
    }

    // case+ un-awaited | Dropped: a statement in a method of an anonymous class
    Thread closer(String tenant) {
        return new Thread() {
            @Override
            public void run() {
                audit.purge(tenant); // expect: un-awaited/statement
            }
        };
    }

    // case- un-awaited | Fine: an anonymous Callable returns it
    Callable<Future<Integer>> purgeLater(String tenant) {
        return new Callable<>() {
            @Override
            public Future<Integer> call() {
                return audit.purge(tenant);
            }
        };
    }

    abstract <T> T timed(String name, Supplier<T> body);

    // case+ un-awaited | Judge the expression's type: the result is a future only by inference
    void timedPublish(byte[] body) {
        timed("publish", () -> audit.publish("metrics", body)); // expect: un-awaited/statement
    }

    // case- un-awaited | Judge the expression's type: the same generic method, inferred as int
    void timedPricing(Order order) {
        timed("price", () -> calculate(order));
    }

    interface Starter<F> {
        F start();
    }

    // case+ un-awaited | Any subtype, through bounds of type variables
    <F extends CompletionStage<?>> void fire(Starter<F> starter) {
        log.info("firing {}", starter.getClass());
        starter.start(); // expect: un-awaited/statement
    }

    // case+ un-awaited | Any subtype, through wildcards and capture
    void fireAll(List<Starter<? extends Future<?>>> starters) {
        for (Starter<? extends Future<?>> starter : starters) {
            starter.start(); // expect: un-awaited/statement
        }
    }

    abstract static class Dao<R> {
        abstract R write(String row);
    }

    abstract static class AsyncDao extends Dao<CompletableFuture<Long>> {}

    abstract static class JdbcDao extends Dao<Long> {}

    // case+ un-awaited | Judge the expression's type: R of the super-class is a future in this subclass
    void insert(AsyncDao dao, String row) {
        dao.write(row); // expect: un-awaited/statement
    }

    // case- un-awaited | Judge the expression's type: the same inherited method, R is a Long
    void insert(JdbcDao dao, String row) {
        dao.write(row);
    }

    interface Queue {
        void publish(String event);

        CompletableFuture<Void> publish(String event, int priority);
    }

    // case+ un-awaited | The overload with a priority is async
    void announceUrgent(Queue queue, Order order) {
        queue.publish(order.id(), 9); // expect: un-awaited/statement
    }

    // case- un-awaited | The overload without a priority returns void
    void announce(Queue queue, Order order) {
        queue.publish(order.id());
    }

    // case+ un-awaited | Lessons: a statement failedFuture(..) is a forgotten return
    CompletionStage<String> publishChecked(Order order, byte[] body) {
        if (body.length > 1 << 20) {
            CompletableFuture.failedFuture(new IllegalArgumentException("too big: " + order.id())); // expect: un-awaited/statement
        }
        return audit.publish("orders", body);
    }

    // case- un-awaited | Lessons: failedFuture with its return in place
    CompletionStage<String> publishGuarded(Order order, byte[] body) {
        if (body.length > 1 << 20) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("too big: " + order.id()));
        }
        return audit.publish("orders", body);
    }

    // case+ un-awaited | Dropped: a statement; allOf of futures is itself a future
    void announceAll(List<Order> orders) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (Order order : orders) {
            sent.add(audit.logMessage(order.id()));
        }
        CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])); // expect: un-awaited/statement
    }

    // case- un-awaited | Fine: allOf joined
    void announceAllAndWait(List<Order> orders) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (Order order : orders) {
            sent.add(audit.logMessage(order.id()));
        }
        CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).join();
    }

    // case+ un-awaited | Dropped: a statement in a synchronized block and a labelled loop
    void sweep(List<String> tenants, Object lock) {
        synchronized (lock) {
            next:
            for (String tenant : tenants) {
                for (char c : tenant.toCharArray()) {
                    if (c == '#') {
                        continue next;
                    }
                }
                audit.purge(tenant); // expect: un-awaited/statement
            }
        }
    }
}
