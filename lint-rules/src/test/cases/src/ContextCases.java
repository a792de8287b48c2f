package cases;

import dev.trestle.context.Context;
import dev.trestle.context.Local;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** context-lost. */
public abstract class ContextCases {
    private static final Logger log = LoggerFactory.getLogger(ContextCases.class);
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
    private static final Local<String> USER = Local.named("user");

    private final Executor executor;

    protected ContextCases(Executor executor) {
        this.executor = executor;
    }

    abstract CompletableFuture<String> fetch(String id);

    abstract CompletionStage<Void> save(String tenant, String value);

    abstract void audit(String who, String value);

    // case+ context-lost | a ThreadLocal read in a callback
    CompletableFuture<Void> fetchAndSave(String id) {
        return fetch(id)
                .thenCompose(value -> save(TENANT.get(), value)); // expect: context-lost
    }

    // case+ context-lost | MDC read in a callback, on another executor
    CompletableFuture<Void> fetchAndAudit(String id) {
        return fetch(id).thenAcceptAsync(value -> {
            String request = MDC.get("request"); // expect: context-lost
            audit(request, value);
        }, executor);
    }

    // case+ context-lost | MDC cleared in a callback that did not set it
    CompletableFuture<String> fetchWithMdc(String id) {
        MDC.put("id", id);
        return fetch(id).whenComplete((value, t) -> MDC.remove("id")); // expect: context-lost
    }

    // case+ context-lost | a ThreadLocal removed in a callback, set before on the caller's thread
    CompletionStage<Void> saveAs(String tenant, String value) {
        TENANT.set(tenant);
        return save(tenant, value).thenRun(() -> TENANT.remove()); // expect: context-lost
    }

    // case- context-lost | captured before
    CompletableFuture<Void> fetchAndSaveCaptured(String id) {
        String tenant = TENANT.get();
        return fetch(id).thenCompose(value -> save(tenant, value));
    }

    // case- context-lost | set there, and cleared there
    CompletableFuture<Void> fetchAndAuditSet(String id) {
        String request = MDC.get("request");
        return fetch(id).thenAcceptAsync(value -> {
            MDC.put("request", request);
            try {
                log.info("auditing {}", value);
                audit(MDC.get("request"), value);
            } finally {
                MDC.remove("request");
            }
        }, executor);
    }

    // case- context-lost | carried by Context
    CompletableFuture<Void> fetchAndAuditCarried(String id) {
        Context context = Context.capture();
        return fetch(id).thenRun(context.wrap(() -> audit(TENANT.get(), id)));
    }

    // case- context-lost | a Local follows the call, a ThreadLocalRandom is nobody's context
    CompletableFuture<String> fetchSalted(String id) {
        return fetch(id).thenApply(value -> USER.get() + value + ThreadLocalRandom.current().nextInt());
    }

    // case- context-lost | read and cleared on the caller's thread, around the start
    CompletableFuture<String> fetchScoped(String id) {
        MDC.put("id", id);
        try {
            return fetch(id + MDC.get("region"));
        } finally {
            MDC.remove("id");
        }
    }
}
