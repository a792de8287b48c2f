package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Thread-locals in callbacks: read or cleared there, captured before, set there, carried along. */
class ContextLostTest {
  private static final String RULE = "context-lost";

  @Test
  void aCallbackThatReadsOrClearsWhatItDidNotSet() {
    MarkedSource.members(
            """
            static final ThreadLocal<String> USER = new ThreadLocal<>();
            final InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
            void snippet() {
              use(held.thenApply(x -> USER.get())); // finding: context-lost
              use(held.thenApply(x -> x + Snippet.USER.get())); // finding: context-lost
              use(held.thenRun(() -> use(tenant.get()))); // finding: context-lost
              use(held.whenComplete((v, t) -> USER.remove())); // finding: context-lost
              use(held.thenRun(USER::remove)); // finding: context-lost
              use(CompletableFuture.supplyAsync(() -> USER.get())); // finding: context-lost
              use(CompletableFuture.supplyAsync(USER::get)); // finding: context-lost
              use(CompletableFuture.supplyAsync(() -> USER.get(), executor)); // finding: context-lost
              use(held.thenApplyAsync(x -> USER.get(), executor)); // finding: context-lost
              use(held.thenAccept(x -> items.forEach(i -> use(i, USER.get())))); // finding: context-lost
              use(CompletableFuture.completedFuture(1).thenApplyAsync(x -> USER.get())); // finding: context-lost
              use(held.thenApply(x -> { tenant.set(x); return USER.get(); })); // finding: context-lost
              ThreadLocal<String> own = new ThreadLocal<>();
              use(held.thenApply(x -> own.get())); // finding: context-lost
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theLoggersContextIsOneTooo() {
    MarkedSource.members(
            """
            void snippet() {
              use(held.thenApply(x -> org.slf4j.MDC.get("id"))); // finding: context-lost
              use(held.thenRun(() -> org.slf4j.MDC.clear())); // finding: context-lost
              use(held.thenRun(org.slf4j.MDC::clear)); // finding: context-lost
              use(held.whenComplete((v, t) -> org.slf4j.MDC.remove("id"))); // finding: context-lost
              use(CompletableFuture.runAsync(() -> use(org.slf4j.MDC.getCopyOfContextMap()))); // finding: context-lost
              org.slf4j.MDC.get("id");
              org.slf4j.MDC.clear();
              use(held.thenRun(() -> org.slf4j.MDC.put("id", "x")));
              use(held.thenRun(() -> { org.slf4j.MDC.put("id", "x"); use(1); org.slf4j.MDC.remove("id"); }));
              var id = org.slf4j.MDC.get("id");
              use(held.thenApply(x -> id));
              var all = org.slf4j.MDC.getCopyOfContextMap();
              use(held.thenRun(() -> {
                var before = org.slf4j.MDC.getCopyOfContextMap();
                org.slf4j.MDC.setContextMap(all);
                try { use(org.slf4j.MDC.get("id")); } finally { org.slf4j.MDC.setContextMap(before); }
              }));
            }
            """)
        .with(Libraries.MDC)
        .only(RULE)
        .check();
  }

  @Test
  void capturedSetThereCachedOrCarriedIsFine() {
    MarkedSource.members(
            """
            static final ThreadLocal<String> USER = new ThreadLocal<>();
            static final ThreadLocal<StringBuilder> BUFFER = ThreadLocal.withInitial(StringBuilder::new);
            static final ThreadLocal<int[]> COUNT = new ThreadLocal<>() {
              @Override protected int[] initialValue() { return new int[1]; }
            };
            static final AtomicReference<String> SHARED = new AtomicReference<>();
            static final Executor CARRYING = dev.trestle.context.Context.wrapExecutor(Runnable::run);
            interface ContextExecutor extends Executor {}
            void snippet(ThreadLocal<String> given, ContextExecutor contextual, dev.trestle.context.Context context) {
              USER.get();
              USER.remove();
              String user = USER.get();
              use(held.thenApply(x -> user));
              use(held.thenRun(() -> { USER.set(user); try { use(USER.get()); } finally { USER.remove(); } }));
              use(held.thenRun(() -> {
                String before = USER.get();
                USER.set(user);
                try { use(1); } finally { if (before == null) { USER.remove(); } else { USER.set(before); } }
              }));
              use(held.thenApply(x -> BUFFER.get().append(x)));
              use(held.thenApply(x -> COUNT.get()[0]++));
              use(held.thenRun(BUFFER::remove));
              use(held.thenApply(x -> SHARED.get()));
              use(held.thenApply(x -> given.get()));
              use(held.thenApply(context.wrapFunction(x -> USER.get())));
              use(held.thenRun(context.wrap(() -> use(USER.get()))));
              use(held.thenRun(() -> context.run(() -> use(USER.get()))));
              use(held.thenRun(() -> { try (var scope = context.enter()) { use(USER.get()); } }));
              use(CompletableFuture.supplyAsync(context.wrapSupplier(() -> USER.get()), executor));
              use(CompletableFuture.supplyAsync(() -> USER.get(), CARRYING));
              use(CompletableFuture.supplyAsync(() -> USER.get(), dev.trestle.context.Context.wrapExecutor(executor)));
              use(CompletableFuture.supplyAsync(() -> USER.get(), contextual));
              use(CompletableFuture.completedFuture(1).thenApply(x -> USER.get()));
              use(dev.trestle.bridge.SyncToAsync.concurrent().call(() -> USER.get()));
              use(dev.trestle.bridge.SyncToAsync.concurrent().call(() -> 1).thenApply(x -> USER.get()));
              items.forEach(x -> use(USER.get()));
              Supplier<String> later = () -> USER.get();
              Supplier<String> reference = USER::get;
            }
            """)
        .with(Libraries.CONTEXT)
        .with(Libraries.SYNC_TO_ASYNC)
        .only(RULE)
        .check();
  }

  @Test
  void theMessageNamesTheVariableAndTheCall() {
    assertThat(
            MarkedSource.members(
                    "ThreadLocal<String> user = new ThreadLocal<>();"
                        + " void go() { use(held.thenApply(x -> user.get())); }")
                .only(RULE)
                .messages())
        .singleElement()
        .asString()
        .contains("user.get(..)", "thenApply(..)", "Context.capture()");
  }
}
