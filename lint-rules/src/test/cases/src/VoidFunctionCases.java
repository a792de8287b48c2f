package cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: lambdas, method and constructor references whose function type returns void. */
public abstract class VoidFunctionCases {
    private static final Logger log = LoggerFactory.getLogger(VoidFunctionCases.class);

    record User(String id, String mail) {}

    private final Executor executor;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> pending = new ArrayList<>();

    protected VoidFunctionCases(Executor executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<Void> save(String id);

    abstract CompletionStage<Void> logMessage(String message);

    abstract CompletableFuture<Integer> flushAsync();

    abstract CompletableFuture<User> load(String id);

    abstract void report(Void nothing, Throwable failure);

    abstract void count(User user);

    // case+ un-awaited | Dropped: method reference whose function type returns void, forEach(this::logMessage)
    void logAll(List<String> messages) {
        messages.forEach(this::logMessage); // expect: un-awaited/method-ref
    }

    // case+ un-awaited | Dropped: body of a void lambda (BiConsumer of Map.forEach), last link on its own line
    void notifyAll(Map<String, User> users) {
        users.forEach((id, user) ->
                logMessage(id + " -> " + user.mail())); // expect: un-awaited/void-lambda
    }

    // case+ un-awaited | Dropped: body of a void lambda, Optional.ifPresentOrElse, both functions
    void touch(Optional<User> user, String id) {
        user.ifPresentOrElse(
                found -> save(found.id()), // expect: un-awaited/void-lambda
                () -> logMessage("no user " + id)); // expect: un-awaited/void-lambda
    }

    // case+ un-awaited | Dropped: a Runnable kept in a field
    private final Runnable flusher = () -> flushAsync(); // expect: un-awaited/void-lambda

    // case- un-awaited | A Supplier kept in a field hands the future to whoever calls it
    private final Supplier<CompletableFuture<Integer>> flushing = () -> flushAsync();

    // case+ un-awaited | Dropped: method reference as a Runnable (shutdown hook ends before the flush does)
    void installHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::flushAsync, "flush")); // expect: un-awaited/method-ref
    }

    // case- un-awaited | Fine: the hook waits
    void installWaitingHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> flushAsync().join(), "flush"));
    }

    // case+ un-awaited | Dropped: a void stage callback, thenAccept(x -> saveAsync(x)), although the chain is returned
    CompletableFuture<Void> refresh(String id) {
        return load(id)
                .thenAccept(user -> save(user.id())); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | thenCompose instead of thenAccept
    CompletableFuture<Void> refreshAndWait(String id) {
        return load(id).thenCompose(user -> save(user.id()));
    }

    // case+ un-awaited | Dropped: a void stage callback by method reference (thenRun)
    CompletableFuture<Void> saveAndFlush(String id) {
        return save(id).thenRun(this::flushAsync); // expect: un-awaited/method-ref
    }

    // case- un-awaited | A void stage callback whose body is not a future
    CompletableFuture<Void> loadAndCount(String id) {
        return load(id).thenAccept(user -> count(user));
    }

    // case+ un-awaited | Dropped: execute(Runnable) on a named executor
    void saveLater(String id) {
        executor.execute(() -> save(id)); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | The executor's own thread waits
    void saveLaterAndWait(String id) {
        executor.execute(() -> save(id).join());
    }

    interface Listener<E> extends Consumer<E> {
        default Listener<E> named(String name) {
            return this;
        }
    }

    abstract <E> void subscribe(Class<E> type, Listener<? super E> listener);

    // case+ un-awaited | Dropped: the target's one abstract method is inherited (getAllMembers)
    void subscribeUsers() {
        subscribe(User.class, user -> save(user.id())); // expect: un-awaited/void-lambda
    }

    // case+ un-awaited | Dropped: AutoCloseable by method reference, try-with-resources does not wait
    void batch(List<User> users) throws Exception {
        try (AutoCloseable flush = this::flushAsync) { // expect: un-awaited/method-ref
            for (User user : users) {
                count(user);
            }
        }
    }

    // case+ un-awaited | Dropped: the inner of two lambdas is a Runnable
    Function<String, Runnable> savers() {
        return id -> () -> save(id); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | The inner of two lambdas is a Supplier of the future
    Function<String, Supplier<CompletableFuture<Void>>> suppliers() {
        return id -> () -> save(id);
    }

    // case+ un-awaited | Dropped: a lambda in one branch of ?: with a void function type
    Consumer<String> sink(boolean dryRun) {
        return dryRun
                ? id -> log.info("would save {}", id)
                : id -> save(id); // expect: un-awaited/void-lambda
    }

    interface Step<R> {
        R execute();
    }

    // case+ un-awaited | Trap: Type::method with a raw qualifier, the result comes from the target's type argument
    void runAll(List<Step<CompletableFuture<Void>>> steps) {
        steps.forEach(Step::execute); // expect: un-awaited/method-ref
    }

    // case- un-awaited | Trap: the same reference where R is a String
    void runAllBlocking(List<Step<String>> steps) {
        steps.forEach(Step::execute);
    }

    static final class RefreshTask extends FutureTask<String> {
        RefreshTask(String id) {
            super(() -> "refreshed " + id);
        }
    }

    // case+ un-awaited | Dropped: a constructor reference whose function type returns void
    void refreshTasks(List<String> ids) {
        ids.forEach(RefreshTask::new); // expect: un-awaited
    }

    // case- un-awaited | The same constructor reference as a Function, results returned
    List<RefreshTask> tasks(List<String> ids) {
        return ids.stream().map(RefreshTask::new).collect(Collectors.toList());
    }

    interface Template {
        void with(Consumer<Session> body);

        <R> R inTransaction(Function<Session, R> body);
    }

    interface Session {
        CompletionStage<Long> executeAsync(String sql);
    }

    // case+ un-awaited | Dropped: a template whose callback is a Consumer
    void upsert(Template template, String sql) {
        template.with(session -> session.executeAsync(sql)); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | Returned: a template whose callback is a Function
    CompletionStage<Long> upsertInTransaction(Template template, String sql) {
        return template.inTransaction(session -> session.executeAsync(sql));
    }

    // case+ un-awaited | Dropped: peek(this::save) in a stream whose result is used
    List<String> saved(Stream<String> ids) {
        return ids.peek(this::save) // expect: un-awaited/method-ref
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toList());
    }

    // case- un-awaited | Lessons: map.put hands back what was held; the fresh one is stored
    void saveEach(List<String> ids) {
        ids.forEach(id -> inFlight.put(id, save(id)));
    }

    // case- un-awaited | Lessons: map.remove hands back what was held, also as a method reference
    void forget(List<String> ids) {
        ids.forEach(inFlight::remove);
    }

    // case- un-awaited | Held: compute hands back what the map now holds
    void restart(String id) {
        inFlight.compute(id, (key, old) -> old == null ? save(key) : old.thenCompose(v -> save(key)));
    }

    // case- un-awaited | Give-backs: fork on held tasks, by method reference
    int sum(List<ForkJoinTask<Integer>> tasks) {
        tasks.forEach(ForkJoinTask::fork);
        int sum = 0;
        for (ForkJoinTask<Integer> task : tasks) {
            sum += task.join();
        }
        return sum;
    }

    // case- un-awaited | Give-backs: orTimeout on held futures, in a void lambda
    void limitPending() {
        pending.forEach(f -> f.orTimeout(5, TimeUnit.SECONDS));
    }

    interface Retry {
        void run(Supplier<? extends CompletionStage<?>> action);

        void run(String name, Runnable action);
    }

    // case- un-awaited | The overload taken is the one with a Supplier
    void saveWithRetry(Retry retry, String id) {
        retry.run(() -> save(id));
    }

    // case+ un-awaited | The overload taken is the one with a Runnable
    void saveWithNamedRetry(Retry retry, String id) {
        retry.run("save", () -> save(id)); // expect: un-awaited/void-lambda
    }

    // case- un-awaited | Stored in a collection that is a field, add returns boolean
    void collect(List<String> ids) {
        ids.stream().map(this::save).forEach(pending::add);
    }

    // case- un-awaited | The last link decides: handled by exceptionally with a used throwable, in a void lambda
    void saveAllLogged(List<String> ids) {
        ids.forEach(id -> save(id).exceptionally(t -> {
            log.warn("saving {} failed", id, t);
            return null;
        }));
    }

    // case- un-awaited | The last link decides: whenComplete by method reference, in a void lambda
    void saveAllReported(List<String> ids) {
        ids.forEach(id -> save(id).whenComplete(this::report));
    }

    // case+ un-awaited | Dropped: void lambda whose chain was handled and then continued; the finding stands on the last link
    void saveAllAndFlush(List<String> ids) {
        ids.forEach(id -> save(id).whenComplete(this::report).thenCompose(v -> flushAsync())); // expect: un-awaited
    }
}
