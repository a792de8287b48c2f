package cases;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** wrapped-async. */
public abstract class WrappedAsyncCases {
    interface Client {
        CompletableFuture<String> fetch(String id);

        CompletionStage<Void> save(String value);
    }

    interface Dao {
        String load(String id) throws java.sql.SQLException;

        List<String> all();
    }

    private final Client client;
    private final Dao dao;
    private final SyncToAsync blocking;

    protected WrappedAsyncCases(Client client, Dao dao, Executor executor) {
        this.client = client;
        this.dao = dao;
        this.blocking = SyncToAsync.on(executor);
    }

    // case+ wrapped-async | a function that returns a future given to SyncToAsync.call (lambda)
    CompletableFuture<?> fetched(String id) {
        return SyncToAsync.concurrent().call(() -> client.fetch(id)); // expect: wrapped-async
    }

    // case+ wrapped-async | a function that returns a future given to SyncToAsync.wrap (method reference)
    Function<String, ? extends CompletionStage<?>> saver() {
        return blocking.wrap(client::save); // expect: wrapped-async
    }

    // case+ wrapped-async | a function that always blocks given to AsyncToSync: its stage is finished when it starts
    String loaded(EventLoop loop, String id) {
        return AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture(client.fetch(id).join())); // expect: wrapped-async // allow: blocking-in-async
    }

    // case- wrapped-async | blocking code given to SyncToAsync
    CompletableFuture<String> read(String id) {
        return SyncToAsync.threadSensitive().call(() -> dao.load(id));
    }

    // case- wrapped-async | blocking code given to SyncToAsync: the future is awaited in the body
    CompletableFuture<Integer> fetchedLength(String id) {
        return blocking.call(() -> client.fetch(id).join().length());
    }

    // case- wrapped-async | async code given to AsyncToSync, by lambda and by method reference
    String fetchNow(String id) {
        Function<String, String> fetch = AsyncToSync.create().wrap(client::fetch);
        return fetch.apply(id) + AsyncToSync.create().call(() -> client.fetch(id).thenApply(String::trim));
    }

    // case- wrapped-async | a bridge in a bridge: SyncToAsync's future is what AsyncToSync awaits
    List<String> allOn(EventLoop loop) {
        return AsyncToSync.on(loop).call(() -> SyncToAsync.concurrent().call(() -> dao.all()));
    }

    // case- wrapped-async | wrap of blocking code by method reference
    Function<String, CompletableFuture<String>> reader() {
        return SyncToAsync.concurrent().wrap(dao::load);
    }
}
