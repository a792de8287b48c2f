package cases.second;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Locals never read, dead stores, forgotten collections. */
abstract class Locals extends Svc {

    private CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);
    private final List<CompletableFuture<Void>> started = new ArrayList<>();

    protected abstract void hand(Object o);
    protected abstract CompletableFuture<Void> all(List<? extends CompletionStage<?>> fs);

    private static CompletableFuture<Void> completedNull() {
        return CompletableFuture.completedFuture(null);
    }

    void unread(String id, boolean b) {
        var f = store.save(id); // expect: un-awaited/local-unread
        Object o = store.save(id); // expect: un-awaited/local-unread
        CompletionStage<?> s = store.audit(id); // expect: un-awaited/local-unread
        final Future<String> g = fetch(id); // expect: un-awaited/local-unread
        CompletableFuture<Void> t = b ? store.save(id) : flush(); // expect: un-awaited
        CompletableFuture<String> chained = fetch(id).thenApply(String::trim); // expect: un-awaited
        Future<?> job = pool.submit(() -> compute(id)); // expect: un-awaited/local-unread
    }

    void unreadSwitch(int k) {
        CompletableFuture<Void> f = switch (k) { case 1 -> store.save("a"); default -> store.save("b"); }; // expect: un-awaited
    }

    void hidesTheField(String id) {
        CompletableFuture<Void> pending = store.save(id); // expect: un-awaited/local-unread
        log("saved " + id);
    }

    void usesTheField(String id) {
        pending = store.save(id); // ok: un-awaited
        log("saved " + id);
    }

    void unreadInLambda(List<String> ids) {
        ids.forEach(id -> {
            CompletableFuture<Void> f = store.save(id); // expect: un-awaited/local-unread
        });
    }

    void unreadInLoop(List<String> ids) {
        for (String id : ids) {
            CompletableFuture<Void> f = store.save(id); // expect: un-awaited/local-unread
            log(id);
        }
    }

    CompletableFuture<Void> deadStore(String a, String b) {
        CompletableFuture<Void> f = store.save(a); // expect: un-awaited/overwritten
        f = store.save(b);
        return f;
    }

    CompletableFuture<Void> deadStoreLater(String a, String b) {
        CompletableFuture<Void> f;
        f = store.save(a); // expect: un-awaited/overwritten
        log(a);
        f = store.save(b); // ok: un-awaited
        return f;
    }

    void deadStoreAtEnd(String a, String b) {
        CompletableFuture<Void> f = store.save(a);
        f.join();
        f = store.save(b); // expect: un-awaited
    }

    CompletableFuture<Void> onlyTheLastSurvives(List<String> ids) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (String id : ids) {
            last = store.save(id); // expect: un-awaited/overwritten
        }
        return last;
    }

    void onlyTheLastIsJoined(Iterator<String> it) {
        CompletableFuture<Void> last = completedNull();
        while (it.hasNext()) {
            last = store.save(it.next()); // expect: un-awaited/overwritten
        }
        last.join();
    }

    CompletionStage<Void> onlyTheLastIndexed(String[] ids) {
        CompletionStage<Void> s = completedNull();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != null) {
                s = store.audit(ids[i]); // expect: un-awaited/overwritten
            }
        }
        return s;
    }

    // ------------------------------------------------------------------ read after all

    CompletableFuture<Void> initialValue(String id, boolean b) {
        CompletableFuture<Void> f = CompletableFuture.completedFuture(null); // ok: un-awaited
        if (b) {
            f = store.save(id); // ok: un-awaited
        }
        return f;
    }

    CompletableFuture<Void> initialValueHelper(String id) {
        CompletableFuture<Void> f = completedNull(); // ok: un-awaited
        f = store.save(id); // ok: un-awaited
        return f;
    }

    CompletableFuture<Void> chainedInLoop(List<String> ids) {
        CompletableFuture<Void> f = completedNull();
        for (String id : ids) {
            f = f.thenCompose(v -> store.save(id)); // ok: un-awaited
        }
        return f;
    }

    CompletionStage<Void> chainedOrStarted(List<String> ids) {
        CompletionStage<Void> f = null;
        for (String id : ids) {
            f = f == null ? store.audit(id) : f.thenCompose(v -> store.audit(id)); // ok: un-awaited
        }
        return f == null ? flush() : f;
    }

    CompletableFuture<Void> lazyStart(List<String> ids) {
        CompletableFuture<Void> f = null;
        for (String id : ids) {
            if (f == null) f = store.save(id); // ok: un-awaited
        }
        return f == null ? flush() : f;
    }

    CompletableFuture<Void> firstMatch(List<String> ids) {
        CompletableFuture<Void> f = completedNull();
        for (String id : ids) {
            if (id.startsWith("x")) {
                f = store.save(id); // ok: un-awaited
                break;
            }
        }
        return f;
    }

    CompletableFuture<Void> collectedInLoop(List<String> ids) {
        List<CompletableFuture<Void>> fs = new ArrayList<>();
        CompletableFuture<Void> f;
        for (String id : ids) {
            f = store.save(id); // ok: un-awaited
            fs.add(f); // ok: un-awaited
        }
        return all(fs);
    }

    CompletableFuture<String> retries(String id) {
        CompletableFuture<String> attempt = fetch(id); // ok: un-awaited
        for (int i = 0; i < 3; i++) {
            attempt = attempt.handle((v, t) -> t == null ? CompletableFuture.completedFuture(v) : fetch(id)).thenCompose(f -> f); // ok: un-awaited
        }
        return attempt;
    }

    CompletableFuture<String> retriesComposed(String id) {
        CompletableFuture<String> attempt = fetch(id); // ok: un-awaited
        for (int i = 0; i < 3; i++) {
            attempt = attempt.exceptionallyCompose(t -> { log("again", t); return fetch(id); }); // ok: un-awaited
        }
        return attempt;
    }

    void doubleBuffer(List<String> ids) {
        CompletableFuture<Void> previous = completedNull();
        for (String id : ids) {
            CompletableFuture<Void> next = previous.thenCompose(v -> store.save(id)); // ok: un-awaited
            previous = next; // ok: un-awaited
        }
        previous.join();
    }

    CompletableFuture<Void> branches(int k) {
        CompletableFuture<Void> f;
        if (k == 0) {
            f = store.save("a"); // ok: un-awaited
        } else if (k == 1) {
            f = flush(); // ok: un-awaited
        } else {
            f = closeAsync(); // ok: un-awaited
        }
        return f.thenRun(this::done);
    }

    CompletableFuture<Void> alias(String id) {
        CompletableFuture<Void> f = store.save(id); // ok: un-awaited
        CompletionStage<Void> g = f; // ok: un-awaited
        return g.toCompletableFuture();
    }

    Runnable captured(String id) {
        var f = store.save(id); // ok: un-awaited
        return () -> f.cancel(true);
    }

    Runnable capturedByClass(String id) {
        final CompletableFuture<Void> f = store.save(id); // ok: un-awaited
        class Stop implements Runnable {
            @Override
            public void run() {
                f.join();
            }
        }
        return new Stop();
    }

    Object[] inAnArray(String id) {
        var a = store.save(id); // ok: un-awaited
        var b = flush(); // ok: un-awaited
        return new Object[] {a, b};
    }

    void named(String id) {
        var unused = store.save(id); // ok: un-awaited
        CompletableFuture<Void> unusedResult = store.save(id); // ok: un-awaited
        CompletableFuture<?> ignored = fetch(id); // ok: un-awaited
        CompletionStage<Void> ignore = store.audit(id); // ok: un-awaited
        Future<?> ignoredFuture = pool.submit(() -> compute(id)); // ok: un-awaited
    }

    void heldNotRead(Map<String, CompletableFuture<Void>> m) {
        CompletableFuture<Void> old = m.remove("x"); // ok: un-awaited
        CompletableFuture<Void> first = started.get(0); // ok: un-awaited
        CompletableFuture<Void> mine = pending; // ok: un-awaited
    }

    void loopOverHeld(List<CompletableFuture<Void>> fs) {
        for (CompletableFuture<Void> f : fs) { // ok: un-awaited
            log("one");
        }
        for (CompletableFuture<Void> f : fs) {
            f.join(); // ok: un-awaited
        }
    }

    void handedOn(String id) {
        CompletableFuture<Void> f = store.save(id); // ok: un-awaited
        hand(f); // ok: un-awaited
        CompletableFuture<Void> g = store.save(id); // ok: un-awaited
        started.add(g); // ok: un-awaited
        CompletableFuture<Void> h = store.save(id); // ok: un-awaited
        this.pending = h; // ok: un-awaited
        CompletableFuture<Void> i = store.save(id), j = i.thenRun(this::done); // ok: un-awaited
        j.join();
    }

    // ------------------------------------------------------------------ collections

    void forgottenCollections(List<String> ids, String a, String b) {
        ids.stream().map(store::save).toList(); // expect: un-awaited
        ids.stream().map(id -> store.save(id)).collect(Collectors.toList()); // expect: un-awaited
        ids.stream().collect(Collectors.toMap(id -> id, store::save)); // expect: un-awaited
        List.of(store.save(a), store.save(b)); // expect: un-awaited
        Arrays.asList(store.save(a), store.save(b)); // expect: un-awaited
        Optional.of(a).map(store::save); // expect: un-awaited
    }

    void forgottenLocalCollections(List<String> ids, String a, String b) {
        List<CompletableFuture<Void>> list = ids.stream().map(store::save).toList(); // expect: un-awaited
        CompletableFuture<?>[] array = {store.save(a), fetch(b)}; // expect: un-awaited
        var map = Map.of(a, fetch(a), b, fetch(b)); // expect: un-awaited
        var maybe = Optional.ofNullable(a).map(this::save); // expect: un-awaited
    }

    void onlyAddedTo(List<String> ids) {
        List<CompletableFuture<Void>> fs = new ArrayList<>(); for (String id : ids) fs.add(store.save(id)); // expect: un-awaited
    }

    void onlyAddedToByLambda(List<String> ids) {
        var fs = new ArrayList<CompletionStage<Void>>(); ids.forEach(id -> fs.add(store.audit(id))); // expect: un-awaited
    }

    CompletableFuture<Void> addedAndUsed(List<String> ids) {
        List<CompletableFuture<?>> fs = new ArrayList<>();
        for (String id : ids) {
            fs.add(store.save(id)); // ok: un-awaited
        }
        return CompletableFuture.allOf(fs.toArray(new CompletableFuture[0]));
    }

    List<CompletableFuture<Void>> addedAndReturned(List<String> ids) {
        var fs = new ArrayList<CompletableFuture<Void>>();
        ids.forEach(id -> fs.add(store.save(id))); // ok: un-awaited
        return fs;
    }

    void addedAndHanded(List<String> ids) {
        List<CompletableFuture<Void>> fs = new ArrayList<>();
        fs.add(flush()); // ok: un-awaited
        all(fs).join();
    }

    void addedAndStored(List<String> ids) {
        List<CompletableFuture<Void>> fs = new ArrayList<>();
        for (String id : ids) fs.add(store.save(id)); // ok: un-awaited
        started.addAll(fs);
    }

    void addedToParameter(List<? super CompletableFuture<Void>> out, Map<String, Object> attributes) {
        out.add(flush()); // ok: un-awaited
        attributes.put("flush", flush()); // ok: un-awaited
    }

    void mapReadBack(List<String> ids) {
        Map<String, CompletableFuture<String>> m = new HashMap<>();
        for (String id : ids) {
            m.put(id, fetch(id)); // ok: un-awaited
        }
        for (var e : m.entrySet()) {
            log(e.getKey() + e.getValue().join()); // ok: un-awaited
        }
    }

    List<String> streamed(List<String> ids) {
        List<CompletableFuture<String>> fs = ids.stream().map(this::fetch).toList(); // ok: un-awaited
        return fs.stream().map(CompletableFuture::join).toList(); // ok: un-awaited
    }

    Stream<CompletableFuture<String>> lazily(Stream<String> ids) {
        return ids.map(this::fetch); // ok: un-awaited
    }

    void streamOfHeld(List<CompletableFuture<String>> fs) {
        fs.stream().map(CompletableFuture::join).forEach(this::log); // ok: un-awaited
        fs.stream().filter(CompletableFuture::isDone).toList(); // ok: un-awaited
        List.copyOf(fs); // ok: un-awaited
    }

    Optional<CompletableFuture<Void>> optional(Optional<String> id) {
        return id.map(store::save); // ok: un-awaited
    }

    CompletableFuture<Void> optionalOr(Optional<String> id) {
        return id.map(store::save).orElseGet(this::flush); // ok: un-awaited
    }

    void arrays(String a) {
        CompletableFuture<?>[] fs = new CompletableFuture<?>[2];
        fs[0] = store.save(a); // ok: un-awaited
        fs[1] = fetch(a); // ok: un-awaited
        CompletableFuture.allOf(fs).join();
    }

    // ------------------------------------------------------------------ only looked at

    void lookedAt(String id) {
        log("started " + store.save(id)); // expect: un-awaited/looked-at
        System.out.println(store.save(id)); // expect: un-awaited/looked-at
        String s = fetch(id).toString(); // expect: un-awaited/looked-at
        if (store.save(id) != null) { // expect: un-awaited/looked-at
            log(s);
        }
        boolean b = store.save(id) == pending; // expect: un-awaited/looked-at
        if (flush().isDone() || b) { // expect: un-awaited/looked-at
            log("flushed");
        }
        while (null == fetch(id)) { // expect: un-awaited/looked-at
            log("again");
        }
    }

    boolean lookedAtReturned(String id) {
        return store.move(id, "x").isDone(); // expect: un-awaited/looked-at
    }

    CompletableFuture<Void> getPending() {
        return pending;
    }

    CompletableFuture<Void> pendingOf() {
        return this.pending;
    }

    record Ticket(String id, CompletableFuture<Void> done) {
        Ticket {
            java.util.Objects.requireNonNull(done); // ok: un-awaited
        }

        boolean finished() {
            return done.isDone(); // ok: un-awaited
        }
    }

    boolean heldLookedAt(CompletableFuture<Void> f, Map<String, CompletableFuture<Void>> m, Ticket t) {
        boolean a = f == null; // ok: un-awaited
        boolean b = f.isDone() && !f.isCancelled(); // ok: un-awaited
        boolean c = m.get("x") == null; // ok: un-awaited
        boolean d = m.get("y") != null && m.get("y").isDone(); // ok: un-awaited
        boolean e = getPending().isDone(); // ok: un-awaited
        boolean g = pendingOf() != null; // ok: un-awaited
        boolean h = t.done().isDone(); // ok: un-awaited
        boolean i = started.get(0).isCompletedExceptionally(); // ok: un-awaited
        boolean j = pending == f; // ok: un-awaited
        boolean k = started.contains(f); // ok: un-awaited
        getPending().whenComplete((v, x) -> done()); // ok: un-awaited
        new Ticket("x", store.save("x")); // ok: un-awaited
        return a || b || c || d || e || g || h || i || j || k;
    }
}
