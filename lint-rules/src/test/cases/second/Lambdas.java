package cases.second;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Lambdas and method references whose function type returns void, and those whose does not. */
abstract class Lambdas extends Svc {

    interface Listener<E> {
        void on(E event);
    }

    interface AsyncListener<E> {
        CompletionStage<Void> on(E event);
    }

    interface Events {
        void listen(Listener<String> l);
        void listenAsync(AsyncListener<String> l);
        <R> void ask(Function<String, R> f);
    }

    abstract static class Base<T> {
        abstract void each(Consumer<? super T> c);
        abstract <R> List<R> collect(Function<? super T, ? extends R> f);
    }

    private final ConcurrentMap<String, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> pending = new ArrayList<>();

    private final Runnable onClose = () -> closeAsync(); // expect: un-awaited/void-lambda
    private final Runnable onFlush = this::flush; // expect: un-awaited/method-ref
    private final Supplier<CompletableFuture<Void>> flusher = this::flush; // ok: un-awaited
    private final Consumer<String> sink = s -> store.save(s); // expect: un-awaited/void-lambda
    private final Function<String, CompletionStage<Void>> asyncSink = s -> store.audit(s); // ok: un-awaited

    void typed() {
        Consumer<String> a = store::save; // expect: un-awaited/method-ref
        Function<String, CompletableFuture<Void>> b = store::save; // ok: un-awaited
        BiConsumer<String, String> c = store::move; // expect: un-awaited/method-ref
        BiFunction<String, String, CompletableFuture<Boolean>> d = store::move; // ok: un-awaited
        IntConsumer e = i -> store.save("row " + i); // expect: un-awaited/void-lambda
        Listener<String> f = ev -> publish("x", ev); // expect: un-awaited/void-lambda
        AsyncListener<String> g = ev -> publish("x", ev); // ok: un-awaited
        Callable<CompletableFuture<Void>> h = () -> store.save("x"); // ok: un-awaited
        UnaryOperator<CompletableFuture<Void>> u = p -> p.thenRun(this::done); // ok: un-awaited
        use(a, b, c, d, e, f, g, h, u);
    }

    protected abstract void use(Object... all);

    void iterate(List<String> ids, Map<String, String> renames, Optional<String> one) {
        ids.forEach(store::save); // expect: un-awaited/method-ref
        ids.forEach(id -> store.save(id)); // expect: un-awaited/void-lambda
        ids.forEach(id -> { store.save(id); }); // expect: un-awaited
        renames.forEach(store::move); // expect: un-awaited/method-ref
        renames.forEach((k, v) -> store.move(k, v)); // expect: un-awaited/void-lambda
        one.ifPresent(this::save); // expect: un-awaited/method-ref
        one.ifPresentOrElse(this::log, this::flush); // expect: un-awaited/method-ref
        ids.stream().filter(s -> !s.isEmpty()).forEachOrdered(this::fetch); // expect: un-awaited/method-ref
        ids.forEach(this::log); // ok: un-awaited
        ids.forEach(id -> pending.add(store.save(id))); // ok: un-awaited
        ids.forEach(id -> inFlight.put(id, store.save(id))); // ok: un-awaited
        ids.forEach(id -> inFlight.computeIfAbsent(id, store::save)); // ok: un-awaited
        ids.forEach(inFlight::remove); // ok: un-awaited
        ids.forEach(id -> inFlight.merge(id, store.save(id), (x, y) -> x.thenCompose(v -> y))); // ok: un-awaited
        pending.forEach(CompletableFuture::join); // ok: un-awaited
        pending.forEach(f -> f.cancel(true)); // ok: un-awaited
        pending.removeIf(CompletableFuture::isDone); // ok: un-awaited
        inFlight.values().forEach(f -> f.completeExceptionally(new IllegalStateException("closed"))); // ok: un-awaited
        inFlight.forEach((id, f) -> f.cancel(false)); // ok: un-awaited
    }

    CompletableFuture<Void> iterateWell(List<String> ids, Optional<String> one) {
        one.map(store::save).ifPresent(pending::add); // ok: un-awaited
        one.map(store::save).ifPresent(f -> pending.add(f)); // ok: un-awaited
        CompletableFuture<?>[] all = ids.stream().map(store::save).toArray(CompletableFuture[]::new); // ok: un-awaited
        return CompletableFuture.allOf(all); // ok: un-awaited
    }

    void listeners(Events events, Timer timer, Base<String> rows) {
        events.listen(e -> store.save(e)); // expect: un-awaited/void-lambda
        events.listen(store::audit); // expect: un-awaited/method-ref
        events.listen(this::log); // ok: un-awaited
        events.listenAsync(e -> store.audit(e)); // ok: un-awaited
        events.listenAsync(store::save); // ok: un-awaited
        events.ask(store::save); // ok: un-awaited
        events.ask(e -> store.save(e)); // ok: un-awaited
        rows.each(r -> publish("row", r)); // expect: un-awaited/void-lambda
        rows.collect(r -> publish("row", r)).forEach(s -> s.toCompletableFuture().cancel(true)); // ok: un-awaited
        timer.schedule(new TimerTask() {
            @Override
            public void run() {
                flush(); // expect: un-awaited/statement
            }
        }, 1000);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAsync())); // expect: un-awaited/void-lambda
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAsync().join())); // ok: un-awaited
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAsync)); // expect: un-awaited/method-ref
        pool.execute(() -> flush()); // expect: un-awaited/void-lambda
        pool.execute(this::flush); // expect: un-awaited/method-ref
        pool.execute(() -> flush().join()); // ok: un-awaited
        pool.execute(() -> importAll("x")); // ok: un-awaited
    }

    CompletionStage<Void> stages(String id) {
        return fetch(id).thenAccept(v -> store.save(v)); // expect: un-awaited/void-lambda
    }

    CompletionStage<Void> stagesRef(String id) {
        return fetch(id).thenAccept(this::save); // expect: un-awaited/method-ref
    }

    CompletionStage<String> stagesWhen(String id) {
        return fetch(id).whenComplete((v, t) -> publish("fetched", id)); // expect: un-awaited/void-lambda
    }

    CompletionStage<Void> stagesRun(String id) {
        return load(id).thenRun(this::flush); // expect: un-awaited/method-ref
    }

    CompletionStage<Void> stagesBoth(String a, String b) {
        return fetch(a).thenAcceptBoth(fetch(b), store::move); // expect: un-awaited/method-ref
    }

    CompletionStage<Void> stagesBlock(String id) {
        return fetch(id).thenAcceptAsync(v -> {
            if (v.isEmpty()) {
                return;
            }
            store.save(v); // expect: un-awaited/statement
        }, pool);
    }

    CompletionStage<Void> runOnPool(String id) {
        return CompletableFuture.runAsync(() -> store.save(id), pool); // expect: un-awaited/void-lambda
    }

    CompletionStage<Void> stagesOk(String id) {
        return fetch(id).thenCompose(v -> store.save(v)); // ok: un-awaited
    }

    CompletionStage<Void> stagesOkRef(String id) {
        return fetch(id).thenCompose(this::save).thenAccept(v -> log(id)); // ok: un-awaited
    }

    CompletionStage<Void> stagesOkAdd(String id) {
        return fetch(id).thenAccept(v -> pending.add(store.save(v))); // ok: un-awaited
    }

    CompletionStage<Void> stagesOkPut(String id) {
        return fetch(id).thenAccept(v -> inFlight.put(v, store.save(v))); // ok: un-awaited
    }

    CompletionStage<Void> stagesOkCombine(String a, String b) {
        return fetch(a).thenCombine(fetch(b), (x, y) -> x + y).thenCompose(store::save); // ok: un-awaited
    }

    Callable<Void> callable(String id) {
        return () -> {
            store.save(id); // expect: un-awaited/statement
            return null;
        };
    }

    Callable<Void> callableOk(String id) {
        return () -> store.save(id).get(); // ok: un-awaited
    }

    Supplier<Supplier<CompletableFuture<Void>>> curried(String id) {
        return () -> () -> store.save(id); // ok: un-awaited
    }

    Supplier<Runnable> curriedBad(String id) {
        return () -> () -> store.save(id); // expect: un-awaited/void-lambda
    }

    Runnable conditional(boolean b, String id) {
        return b ? () -> store.save(id) : this::done; // expect: un-awaited/void-lambda
    }

    Runnable switched(int k, String id) {
        return switch (k) {
            case 0 -> this::done; // ok: un-awaited
            case 1 -> this::flush; // expect: un-awaited/method-ref
            default -> () -> importAll(id); // ok: un-awaited
        };
    }
}
