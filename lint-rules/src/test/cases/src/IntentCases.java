package cases;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: signs that dropping the future is meant; and suppression. */
public abstract class IntentCases {
    private static final Logger log = LoggerFactory.getLogger(IntentCases.class);

    interface Client {
        CompletableFuture<Void> save(String id);

        CompletionStage<String> fetch(String id);
    }

    interface Metrics {
        @CanIgnoreReturnValue
        CompletableFuture<Void> emit(String name);

        CompletableFuture<Long> read(String name);
    }

    // case- un-awaited | Intent: @CanIgnoreReturnValue on the method, as a statement and as a void method reference
    void emit(Metrics metrics, List<String> names) {
        metrics.emit("start");
        names.forEach(metrics::emit);
    }

    // case+ un-awaited | Intent: the annotation is on another method of the same interface
    void readAll(Metrics metrics, List<String> names) {
        names.forEach(metrics::read); // expect: un-awaited/method-ref
    }

    abstract static class RemoteMetrics implements Metrics {
        @Override
        public CompletableFuture<Void> emit(String name) {
            return read(name).thenAccept(n -> log.info("{} {}", name, n));
        }
    }

    // case- un-awaited | Intent: @CanIgnoreReturnValue on the super-method
    void emitRemotely(RemoteMetrics metrics) {
        metrics.emit("start");
    }

    @CanIgnoreReturnValue
    abstract static class Telemetry {
        abstract CompletionStage<Void> event(String name);

        @CheckReturnValue
        abstract CompletionStage<Void> flush();
    }

    // case- un-awaited | Intent: @CanIgnoreReturnValue on the class
    void event(Telemetry telemetry) {
        telemetry.event("opened");
    }

    // case+ un-awaited | Intent: @CheckReturnValue on the method undoes the class's annotation
    void eventAndFlush(Telemetry telemetry) {
        telemetry.event("closed");
        telemetry.flush(); // expect: un-awaited/statement
    }

    static final class Own {
        @interface CanIgnoreReturnValue {}

        interface Mailer {
            @CanIgnoreReturnValue
            CompletableFuture<Void> mail(String to);

            CompletableFuture<Void> mailAll(List<String> to);
        }
    }

    // case- un-awaited | Intent: @CanIgnoreReturnValue of any package (here home-made)
    void mail(Own.Mailer mailer, String to) {
        mailer.mail(to);
    }

    // case+ un-awaited | Intent: the mailer's other method has no annotation
    void mailAll(Own.Mailer mailer, List<String> to) {
        mailer.mailAll(to); // expect: un-awaited/statement
    }

    // case- un-awaited | Intent: locals named unused* and ignore*
    void save(Client client, String id) {
        CompletableFuture<Void> unused = client.save(id);
        var unusedCopy = client.save(id + "-copy");
        CompletionStage<String> ignored = client.fetch(id);
        try {
            log.info("saving {}", id);
        } finally {
            var ignoreResult = client.fetch("after");
        }
    }

    // case+ un-awaited | Intent: a name that only contains the word does not count
    void saveNamed(Client client, String id) {
        CompletableFuture<Void> dontIgnore = client.save(id); // expect: un-awaited/local-unread
        log.info("saving {}", id);
    }

    // case- un-awaited | Intent: assertThrows-like function types
    void rejectsNull(Client client) {
        assertThrows(NullPointerException.class, () -> client.save(null));
        assertThatThrownBy(() -> client.fetch(null).thenApply(String::trim)).isInstanceOf(NullPointerException.class);
    }

    // case+ un-awaited | Intent: the call before the assertion is an ordinary statement
    void rejectsSecond(Client client) {
        client.save("a"); // expect: un-awaited/statement
        assertThrows(IllegalStateException.class, () -> client.save("a"));
    }

    // case- un-awaited | Intent: Mockito verify(..) and when(..)
    void savesOnce() {
        Client client = mock(Client.class);
        when(client.save("a")).thenReturn(CompletableFuture.completedFuture(null));
        doReturn(CompletableFuture.completedFuture("x")).when(client).fetch("a");
        new Service(client).run("a");
        verify(client).save("a");
        verify(client, times(2)).fetch("a");
        InOrder order = inOrder(client);
        order.verify(client).save("a");
        order.verify(client).fetch("a");
    }

    record Service(Client client) {
        void run(String id) {
            client.save(id).join();
        }
    }

    interface Tokens {
        CompletableFuture<Boolean> verify(String token);

        Client when(String condition);
    }

    // case+ un-awaited | Lessons: exempt by owner, not by name: a verify and a when that are not Mockito's
    void check(Tokens tokens, String token) {
        tokens.verify(token); // expect: un-awaited/statement
        tokens.when("valid").save(token); // expect: un-awaited/statement
    }

    // case- un-awaited | Suppression: on the method
    @SuppressWarnings("un-awaited")
    void fireAndForget(Client client, String id) {
        client.save(id);
    }

    // case- un-awaited | Suppression: on a local variable's declaration, and honoured FutureReturnValueIgnored
    void fireAndForgetLocal(Client client, String id) {
        @SuppressWarnings("un-awaited")
        CompletableFuture<Void> write = client.save(id);
        log.info("saving {}", id);
    }

    // case- un-awaited | Suppression: FutureReturnValueIgnored is honoured, among others, on a class
    @SuppressWarnings({"unused", "FutureReturnValueIgnored"})
    static final class Legacy {
        void save(Client client, List<String> ids) {
            ids.forEach(client::save);
            client.fetch("done");
        }
    }

    // case+ un-awaited | Suppression: // comments never; another rule's name neither
    @SuppressWarnings("null-future")
    void commented(Client client, String id) {
        // noinspection un-awaited
        client.save(id); // NOSONAR un-awaited // expect: un-awaited/statement
    }
}
