package cases;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

public abstract class NestedFutureCases {
    record Basket(String id, List<String> items) {}

    record Ticket(String id, CompletableFuture<Void> done) {}

    private final ExecutorService pool;
    private final Executor delivery;

    protected NestedFutureCases(ExecutorService pool, Executor delivery) {
        this.pool = pool;
        this.delivery = delivery;
    }

    abstract CompletableFuture<Basket> load(String id);

    abstract CompletableFuture<Void> save(Basket basket);

    abstract CompletableFuture<Basket> merge(Basket a, Basket b);

    abstract CompletionStage<Void> compensate(Throwable t);

    abstract CompletableFuture<Integer> price(String item);

    abstract <T> T retrying(Callable<T> call);

    // case+ nested-future | thenApply(x -> saveAsync(x)), the type hidden as ?
    CompletionStage<?> loadAndSave(String id) {
        return load(id)
                .thenApply(basket -> save(basket)); // expect: nested-future
    }

    // case+ nested-future | thenApply by method reference
    CompletableFuture<CompletableFuture<Void>> loadAndSaveNested(String id) {
        return load(id).thenApply(this::save); // expect: nested-future
    }

    // case+ nested-future | handle whose branches are futures, the type hidden as ?
    CompletableFuture<?> loadOrCompensate(String id) {
        return load(id).handle((basket, t) -> t == null ? save(basket) : compensate(t)); // expect: nested-future
    }

    // case+ nested-future | supplyAsync(() -> fetch()), executor named
    CompletableFuture<?> loadElsewhere(String id) {
        return CompletableFuture.supplyAsync(() -> load(id), delivery); // expect: nested-future
    }

    // case+ nested-future | submit(() -> save()): the lambda is a Callable, get() waits for the start only
    Future<?> saveInPool(Basket basket) {
        return pool.submit(() -> save(basket)); // expect: nested-future
    }

    // case+ nested-future | thenCombine whose combiner is async
    CompletableFuture<?> mergeBoth(String a, String b) {
        return load(a).thenCombine(load(b), (x, y) -> merge(x, y)); // expect: nested-future
    }

    // case- nested-future | flattened at once by thenCompose(f -> f)
    CompletableFuture<Basket> mergeBothFlat(String a, String b) {
        return load(a).thenCombine(load(b), (x, y) -> merge(x, y)).thenCompose(f -> f);
    }

    // case- nested-future | flattened at once by thenCompose(Function.identity()), after handle
    CompletableFuture<Void> loadOrCompensateFlat(String id) {
        return load(id)
                .<CompletionStage<Void>>handle((basket, t) -> t == null ? save(basket) : compensate(t))
                .thenCompose(Function.identity());
    }

    // case- nested-future | suppliers and callables of futures
    CompletableFuture<Void> saveRetrying(Basket basket) {
        Supplier<CompletableFuture<Void>> save = () -> save(basket);
        return retrying(() -> save.get());
    }

    // case- nested-future | a value that is a list of futures, awaited in the next stage
    CompletableFuture<Integer> total(String id) {
        return load(id)
                .thenApply(basket -> basket.items().stream().map(this::price).toList())
                .thenCompose(prices -> CompletableFuture.allOf(prices.toArray(new CompletableFuture<?>[0]))
                        .thenApply(v -> prices.stream().mapToInt(CompletableFuture::join).sum()));
    }

    // case- nested-future | a value that is a record holding a future
    CompletableFuture<Ticket> ticket(String id) {
        return load(id).thenApply(basket -> new Ticket(basket.id(), save(basket)));
    }

    // case- nested-future | a value that is a supplier of a future
    CompletableFuture<Supplier<CompletableFuture<Void>>> saver(String id) {
        return load(id).thenApply(basket -> () -> save(basket));
    }

    // case- nested-future | thenCompose and exceptionallyCompose are made for it
    CompletableFuture<Void> saveOrCompensate(String id) {
        return load(id).thenCompose(this::save).exceptionallyCompose(this::compensate);
    }
}
