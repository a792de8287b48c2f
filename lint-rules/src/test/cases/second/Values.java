package cases.second;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.context.Local;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mockito.stubbing.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** context-lost, lost-future-type, future-as-value, wrapped-async. */
abstract class Values extends Svc {

    private static final Logger LOG = LoggerFactory.getLogger(Values.class);
    private static final ThreadLocal<String> USER = new ThreadLocal<>();
    private static final Local<String> LOCALE = Local.named("locale");

    // ------------------------------------------------------------------ context-lost

    CompletableFuture<String> c1(String id) {
        return fetch(id).thenApply(v -> v + USER.get()); // expect: context-lost
    }

    CompletableFuture<String> c2(String id) {
        return fetch(id).thenApply(v -> v + MDC.get("request")); // expect: context-lost
    }

    CompletionStage<String> c3(String id) {
        MDC.put("id", id);
        return load(id).whenComplete((v, t) -> MDC.remove("id")); // expect: context-lost
    }

    CompletableFuture<Void> c4(String id) {
        USER.set(id);
        return fetch(id).thenAccept(v -> {
            LOG.info("fetched {}", v);
            USER.remove(); // expect: context-lost
        });
    }

    CompletableFuture<Void> c5(String id) {
        return fetch(id).thenCompose(v -> store.save(USER.get() + v)); // expect: context-lost
    }

    CompletableFuture<String> c6(String id) {
        return fetch(id).thenApplyAsync(v -> {
            String user = USER.get(); // expect: context-lost
            return user == null ? v : user + v;
        }, pool);
    }

    CompletableFuture<String> c7(String id) {
        return fetch(id).handle((v, t) -> {
            if (t != null) {
                LOG.warn("failed", t);
            }
            MDC.clear(); // expect: context-lost
            return v;
        });
    }

    CompletableFuture<String> d1(String id) {
        String user = USER.get(); // ok: context-lost
        return fetch(id).thenApply(v -> v + user); // ok: context-lost
    }

    CompletableFuture<String> d2(String id) {
        String request = MDC.get("request"); // ok: context-lost
        return fetch(id).thenApply(v -> {
            MDC.put("request", request);
            try {
                LOG.info("request {}", MDC.get("request")); // ok: context-lost
                return v;
            } finally {
                MDC.remove("request"); // ok: context-lost
            }
        });
    }

    CompletableFuture<Void> d3(String id) {
        String user = USER.get(); // ok: context-lost
        return fetch(id).thenAccept(v -> {
            USER.set(user);
            try {
                log(v + USER.get()); // ok: context-lost
            } finally {
                USER.remove(); // ok: context-lost
            }
        });
    }

    CompletableFuture<String> d4(String id) {
        return fetch(id).thenApply(v -> v + LOCALE.get()); // ok: context-lost
    }

    String d5(String id) {
        return USER.get() + MDC.get(id); // ok: context-lost
    }

    void d6(List<String> ids, Map<String, String> m) {
        ids.forEach(id -> log(id + USER.get())); // ok: context-lost
        m.computeIfAbsent("user", k -> USER.get()); // ok: context-lost
        ids.stream().map(id -> id + MDC.get("request")).forEach(this::log); // ok: context-lost
    }

    void d7(String id) {
        MDC.put("id", id);
        try {
            log(fetch(id).join()); // ok: context-lost
        } finally {
            MDC.remove("id"); // ok: context-lost
        }
    }

    CompletableFuture<String> d8(String id, Map<String, String> ctx) {
        return fetch(id).thenApply(v -> v + ctx.get("request")); // ok: context-lost
    }

    CompletableFuture<String> d9(String id, Supplier<String> user) {
        return fetch(id).thenApply(v -> v + user.get()); // ok: context-lost
    }

    CompletableFuture<String> d10(String id) {
        return fetch(MDC.get("request") + id).thenApply(String::trim); // ok: context-lost
    }

    CompletableFuture<Void> d11(String id) {
        return fetch(id).thenAccept(v -> {
            MDC.put("v", v); // ok: context-lost
            LOG.info("fetched");
            MDC.remove("v"); // ok: context-lost
        });
    }

    // ------------------------------------------------------------------ lost-future-type

    Object e1(String id) {
        return store.save(id); // expect: lost-future-type
    }

    Supplier<Object> e2(String id) {
        return () -> fetch(id); // expect: lost-future-type
    }

    Function<String, Object> e3() {
        return this::fetch; // expect: lost-future-type
    }

    Object e4(String id) {
        if (id.isEmpty()) {
            return "empty";
        }
        return load(id).thenApply(String::trim); // expect: lost-future-type
    }

    Function<String, Object> e5() {
        return id -> {
            log(id);
            return store.audit(id); // expect: lost-future-type
        };
    }

    void e6(Map<String, Function<String, Object>> commands) {
        commands.put("save", store::save); // expect: lost-future-type
        commands.put("fetch", id -> store.fetch(id)); // expect: lost-future-type
        commands.put("size", id -> store.size()); // ok: lost-future-type
        commands.put("trim", String::trim); // ok: lost-future-type
    }

    CompletionStage<Void> f1(String id) {
        return store.audit(id); // ok: lost-future-type
    }

    static class Remote implements InvocationHandler {
        private final Store store;

        Remote(Store store) {
            this.store = store;
        }

        @Override
        public Object invoke(Object proxy, Method m, Object[] args) {
            return store.save(m.getName()); // ok: lost-future-type
        }
    }

    InvocationHandler f2() {
        return (proxy, m, args) -> store.save(m.getName()); // ok: lost-future-type
    }

    Answer<Object> f3() {
        return inv -> store.save("x"); // ok: lost-future-type
    }

    Answer<?> f4() {
        return inv -> CompletableFuture.completedFuture("x"); // ok: lost-future-type
    }

    DataFetcher<Object> f5() {
        return env -> store.fetch(env.<String>getArgument("id")); // ok: lost-future-type
    }

    static class ById implements DataFetcher<Object> {
        private final Store store;

        ById(Store store) {
            this.store = store;
        }

        @Override
        public Object get(DataFetchingEnvironment env) {
            return store.fetch(env.getArgument("id")); // ok: lost-future-type
        }
    }

    protected abstract <T> T traced(String name, Supplier<T> body);

    String f6(String id) {
        return traced("save", () -> store.fetch(id)).join(); // ok: lost-future-type
    }

    Object f7(String id) {
        return fetch(id).join(); // ok: lost-future-type
    }

    Supplier<CompletableFuture<Void>> f8(String id) {
        return () -> store.save(id); // ok: lost-future-type
    }

    Object f9(Method m, Object target) throws Exception {
        return m.invoke(target); // ok: lost-future-type
    }

    <T extends CompletionStage<?>> T f10(T stage) {
        return stage; // ok: lost-future-type
    }

    Object f11(String id) {
        CompletableFuture<String> f = fetch(id);
        return f.getNow("none"); // ok: lost-future-type
    }

    // ------------------------------------------------------------------ future-as-value

    boolean g1(CompletableFuture<String> f, String s) {
        return f.equals(s); // expect: future-as-value
    }

    String g2(CompletableFuture<String> f) {
        return "value: " + f; // expect: future-as-value
    }

    boolean g3(CompletionStage<String> f, String s) {
        return Objects.equals(f, s); // expect: future-as-value
    }

    void g4(CompletableFuture<Integer> total) {
        log("total: " + total + " rows"); // expect: future-as-value
    }

    boolean g5(CompletableFuture<Integer> total, Integer limit) {
        if (total.equals(limit)) { // expect: future-as-value
            return true;
        }
        return Objects.equals(limit, total); // expect: future-as-value
    }

    String g6(String id) {
        CompletableFuture<String> name = fetch(id);
        name.join();
        return "Hello " + name; // expect: future-as-value
    }

    boolean h1(CompletableFuture<String> f, CompletableFuture<String> g) {
        return f.equals(g); // ok: future-as-value
    }

    boolean h2(CompletableFuture<String> f, CompletionStage<String> g) {
        return Objects.equals(f, g); // ok: future-as-value
    }

    boolean h3(CompletableFuture<String> f, CompletableFuture<String> g) {
        return f == g || f != null; // ok: future-as-value
    }

    String h4(CompletableFuture<String> f) {
        return "value: " + f.join(); // ok: future-as-value
    }

    String h5(CompletableFuture<String> f) {
        return "done: " + f.isDone() + f.getNow(""); // ok: future-as-value
    }

    boolean h6(CompletableFuture<String> f, String s) {
        return f.join().equals(s); // ok: future-as-value
    }

    boolean h7(CompletableFuture<String> f, String s) {
        return Objects.equals(f.join(), s); // ok: future-as-value
    }

    boolean h8(List<CompletableFuture<String>> fs, CompletableFuture<String> f) {
        return fs.contains(f) || fs.indexOf(f) > 2; // ok: future-as-value
    }

    CompletableFuture<Boolean> h9(CompletableFuture<String> f, String s) {
        return f.thenApply(s::equals); // ok: future-as-value
    }

    CompletableFuture<String> h10(CompletableFuture<String> f) {
        return f.thenApply(v -> "value: " + v); // ok: future-as-value
    }

    boolean h11(Map<CompletableFuture<String>, String> names, CompletableFuture<String> f) {
        return "x".equals(names.get(f)); // ok: future-as-value
    }

    // ------------------------------------------------------------------ wrapped-async

    private final Function<String, CompletableFuture<CompletableFuture<Void>>> wrapped = SyncToAsync.concurrent().wrap(s -> store.save(s)); // expect: wrapped-async

    CompletableFuture<CompletableFuture<Void>> i1(String id) {
        return SyncToAsync.concurrent().call(() -> store.save(id)); // expect: wrapped-async
    }

    CompletableFuture<CompletionStage<Void>> i2(String id) {
        return SyncToAsync.threadSensitive().call(() -> store.audit(id)); // expect: wrapped-async
    }

    Function<String, CompletableFuture<CompletableFuture<String>>> i3() {
        return SyncToAsync.on(pool).wrap(this::fetch); // expect: wrapped-async
    }

    CompletableFuture<CompletableFuture<Void>> i4() {
        return SyncToAsync.concurrent().call(this::flush); // expect: wrapped-async
    }

    CompletableFuture<CompletableFuture<String>> i5(String id) {
        SyncToAsync bridge = SyncToAsync.threadSensitive();
        return bridge.call(() -> fetch(id).thenApply(String::trim)); // expect: wrapped-async
    }

    Function<String, CompletableFuture<CompletionStage<String>>> i6() {
        return SyncToAsync.concurrent().wrap(this::load); // expect: wrapped-async
    }

    CompletableFuture<String> j1(String id) {
        return SyncToAsync.concurrent().call(() -> compute(id)); // ok: wrapped-async
    }

    Function<String, CompletableFuture<String>> j2() {
        return SyncToAsync.threadSensitive().wrap(this::compute); // ok: wrapped-async
    }

    CompletableFuture<Void> j3(String id) {
        return SyncToAsync.concurrent().run(() -> importAll(id)); // ok: wrapped-async
    }

    String j4(String id) {
        return AsyncToSync.create().call(() -> fetch(id)); // ok: wrapped-async
    }

    Function<String, String> j5() {
        return AsyncToSync.create().wrap(this::fetch); // ok: wrapped-async
    }

    Function<String, Void> j6() {
        return AsyncToSync.create().wrap(s -> store.audit(s)); // ok: wrapped-async
    }

    Void j7(String id) {
        return AsyncToSync.create().call(() -> fetch(id).thenCompose(store::save)); // ok: wrapped-async
    }

    CompletableFuture<Integer> j8() {
        return SyncToAsync.on(pool).call(store::size); // ok: wrapped-async
    }

    CompletableFuture<Void> j9() {
        return SyncToAsync.threadSensitive().run(this::done); // ok: wrapped-async
    }

    CompletableFuture<Integer> j10(String id) {
        return SyncToAsync.concurrent().call(() -> compute(id)).thenApply(String::length); // ok: wrapped-async
    }

    CompletableFuture<Void> j11(String id) {
        return SyncToAsync.concurrent().call(() -> compute(id)).thenCompose(store::save); // ok: wrapped-async
    }

    String j12(String id) {
        return AsyncToSync.create().call(() -> SyncToAsync.concurrent().call(() -> compute(id))); // ok: wrapped-async
    }
}
