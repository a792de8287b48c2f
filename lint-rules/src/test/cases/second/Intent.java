package cases.second;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mockito.InOrder;

/** What the author said on purpose: annotations, suppressions, tests. */
abstract class Intent extends Svc {

    interface Audit {
        @CanIgnoreReturnValue
        CompletableFuture<Void> note(String s);

        @cases.second.ann.CanIgnoreReturnValue
        CompletionStage<Void> hint(String s);

        CompletableFuture<Void> record(String s);
    }

    abstract static class FileAudit implements Audit {
        @Override
        public abstract CompletableFuture<Void> note(String s);

        @Override
        public abstract CompletableFuture<Void> record(String s);
    }

    @CanIgnoreReturnValue
    abstract static class Metrics {
        abstract CompletableFuture<Void> push(String m);

        @CheckReturnValue
        abstract CompletableFuture<Void> query(String m);
    }

    void annotated(Audit a, FileAudit fa, Metrics m, List<String> ids) {
        a.note("x"); // ok: un-awaited
        a.hint("x"); // ok: un-awaited
        fa.note("x"); // ok: un-awaited
        m.push("x"); // ok: un-awaited
        ids.forEach(a::note); // ok: un-awaited
        ids.forEach(id -> a.note(id)); // ok: un-awaited
        ids.forEach(m::push); // ok: un-awaited
        a.record("x"); // expect: un-awaited/statement
        fa.record("x"); // expect: un-awaited/statement
        m.query("x"); // expect: un-awaited/statement
        ids.forEach(m::query); // expect: un-awaited/method-ref
    }

    @SuppressWarnings("un-awaited")
    void suppressed(String id) {
        store.save(id); // ok: un-awaited
        pool.execute(() -> flush()); // ok: un-awaited
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void suppressedTheirs(String id) {
        store.save(id); // ok: un-awaited
    }

    @SuppressWarnings({"unchecked", "un-awaited"})
    void suppressedList(List<String> ids) {
        ids.forEach(store::save); // ok: un-awaited
    }

    @SuppressWarnings("un-awaited")
    private final Runnable quiet = () -> flush(); // ok: un-awaited

    @SuppressWarnings("un-awaited")
    static class Quiet {
        void run(Store s, List<String> ids) {
            ids.forEach(id -> { s.save(id); }); // ok: un-awaited
        }
    }

    void suppressedLocal(String id) {
        @SuppressWarnings("un-awaited")
        CompletableFuture<Void> f = store.save(id); // ok: un-awaited
    }

    @SuppressWarnings("default-executor")
    void suppressedAnother(String id) {
        store.save(id); // expect: un-awaited/statement
    }

    static class StoreTest {
        private final Store store = mock(Store.class);

        void stubs() {
            when(store.save("a")).thenReturn(CompletableFuture.completedFuture(null)); // ok: un-awaited
            when(store.audit("a")).thenAnswer(inv -> CompletableFuture.completedFuture(null)); // ok: un-awaited
            doReturn(CompletableFuture.completedFuture("v")).when(store).fetch("a"); // ok: un-awaited
        }

        void verifies() {
            verify(store).save("a"); // ok: un-awaited
            verify(store, times(2)).audit("a"); // ok: un-awaited
            InOrder order = inOrder(store);
            order.verify(store).warmUp(); // ok: un-awaited
            order.verify(store).move("a", "b"); // ok: un-awaited
        }

        void fails() {
            assertThrows(IllegalArgumentException.class, () -> store.save("")); // ok: un-awaited
            assertThrows(IllegalStateException.class, store::warmUp); // ok: un-awaited
            assertThatThrownBy(() -> store.fetch("")).isInstanceOf(IllegalArgumentException.class); // ok: un-awaited
        }
    }
}
